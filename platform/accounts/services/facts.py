"""What an entry of the log says of people and places: the name of that moment, and the id."""

from collections.abc import Mapping
from uuid import UUID

from accounts import scopes
from accounts.models import Person, Role


def of_person(field: str, person: Person | None) -> Mapping[str, object]:
    """`field` with the name, `<field>_id` with the id; both None for nobody."""
    return {
        field: person.display_name if person else None,
        f"{field}_id": person.pk if person else None,
    }


def of_role(role: Role | None) -> Mapping[str, object]:
    return {"role": role.name if role else None, "role_id": role.pk if role else None}


def of_scope(kind: str, target: UUID | None) -> Mapping[str, object]:
    """Where: the Polish name of the place (None where it is gone), its kind and id; one query."""
    name = scopes.names([(kind, target)]).get((kind, target))
    return {"scope": name, "scope_kind": kind, "scope_id": target}
