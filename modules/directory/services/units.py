"""The verbs of units. The register's own verb, `import_units`, stands in `importing`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from audit import services as audit
from modules.directory.deeds import Deed
from modules.directory.errors import (
    RegisterNumberTaken,
    ShortNameTaken,
    UnitAlreadyClosed,
    UnknownKind,
    WrongUnitDetails,
)
from modules.directory.permissions import Permission
from opium import identifiers
from opium.constraints import refusing
from opium.errors import FieldError
from opium.permissions import Actor, may, require
from units.models import RegisterEntry, Unit, UnitKind

CONTACT = frozenset({"phone", "email", "website", "edoreczenia"})
"""What the unit itself may change with `CHANGE_CONTACT`."""
DETAILS = CONTACT | {
    "short_name",
    "name",
    "street",
    "building",
    "flat",
    "postal_code",
    "city",
    "nip",
    "regon",
    "opened_on",
}
_COMPACT = ("nip", "regon")


@dataclass(frozen=True, slots=True)
class EntryDetails:
    """One number in the register RSPO that stands for the unit or its part."""

    rspo: str
    name: str = ""
    type: str = ""


@transaction.atomic
def add_unit(
    *,
    actor: Actor,
    kind: str,
    short_name: str,
    name: str,
    entries: Sequence[EntryDetails] = (),
    **details: Any,
) -> Unit:
    """Add a unit of the kind with that code; the first of `entries` stands for the whole unit.

    `details` are other fields in `DETAILS`. Raises `WrongUnitDetails` with the wrong fields,
    `UnknownKind`, `ShortNameTaken`, `RegisterNumberTaken`.
    """
    unit = Unit()
    require(actor, Permission.CHANGE_UNITS, unit)
    unit.kind = _kind(kind)
    given = _tidied(details | {"short_name": short_name, "name": name})
    _check(given)
    for field, value in given.items():
        setattr(unit, field, value)
    _save(unit)
    for position, entry in enumerate(entries):
        _add_entry(unit, entry, is_main=position == 0)
    audit.record(
        actor=actor,
        deed=Deed.ADD_UNIT,
        right=Permission.CHANGE_UNITS,
        target=unit,
        after=given | {"kind": kind, "entries": [entry.rspo for entry in entries]},
    )
    return unit


@transaction.atomic
def change_unit(*, actor: Actor, unit: Unit, kind: str | None = None, **details: Any) -> Unit:
    """Change the given fields; contact data alone needs only `CHANGE_CONTACT`.

    A field changed here is the city's from now on: imports leave it alone. Raises as `add_unit`.
    """
    only_contact = kind is None and details.keys() <= CONTACT
    may_change = may(actor, Permission.CHANGE_UNITS, unit)
    require(
        actor,
        Permission.CHANGE_CONTACT if only_contact and not may_change else Permission.CHANGE_UNITS,
        unit,
    )
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    changes = {
        field: value for field, value in _tidied(details).items() if getattr(unit, field) != value
    }
    _check(changes)
    before = {field: getattr(unit, field) for field in changes}
    if kind is not None and unit.kind.code != kind:
        before["kind"], changes["kind"] = unit.kind.code, kind
        unit.kind = _kind(kind)
    for field in changes.keys() - {"kind"}:
        setattr(unit, field, changes[field])
    if changes:
        _save(unit)
        right = Permission.CHANGE_CONTACT if only_contact else Permission.CHANGE_UNITS
        audit.record(
            actor=actor,
            deed=Deed.CHANGE_UNIT,
            right=right,
            target=unit,
            before=before,
            after=changes,
        )
    return unit


@transaction.atomic
def close_unit(*, actor: Actor, unit: Unit, closed_on: date | None = None) -> Unit:
    """Close the unit from that day (today by default); nothing of it is deleted.

    It leaves every audience from then on. Raises `UnitAlreadyClosed`.
    """
    require(actor, Permission.CHANGE_UNITS, unit)
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if unit.closed_on is not None:
        raise UnitAlreadyClosed(short_name=unit.short_name)
    unit.closed_on = closed_on or timezone.localdate()
    if unit.opened_on and unit.closed_on < unit.opened_on:
        detail = "Dzień zamknięcia nie może być wcześniejszy niż dzień założenia."
        raise WrongUnitDetails(errors=[FieldError("closed_on", detail)])
    unit.save()
    audit.record(
        actor=actor,
        deed=Deed.CLOSE_UNIT,
        right=Permission.CHANGE_UNITS,
        target=unit,
        before={"closed_on": None},
        after={"closed_on": unit.closed_on},
    )
    return unit


def _kind(code: str) -> UnitKind:
    kind = UnitKind.objects.filter(code=code).first()
    if kind is None:
        raise UnknownKind(code=code)
    return kind


def _save(unit: Unit) -> None:
    with refusing(one_open_unit_per_short_name=ShortNameTaken(short_name=unit.short_name)):
        unit.save()


def _add_entry(unit: Unit, entry: EntryDetails, *, is_main: bool) -> None:
    taken = RegisterEntry.objects.filter(rspo=entry.rspo).select_related("unit").first()
    if taken is not None:
        raise RegisterNumberTaken(rspo=entry.rspo, unit=taken.unit.short_name)
    refusal = RegisterNumberTaken(rspo=entry.rspo, unit="?")
    with refusing(one_entry_per_rspo_number=refusal):
        RegisterEntry.objects.create(
            unit=unit,
            rspo=entry.rspo,
            name=entry.name or unit.name,
            type=entry.type,
            is_main=is_main,
        )


def _tidied(details: dict[str, Any]) -> dict[str, Any]:
    unknown = details.keys() - DETAILS
    if unknown:
        raise TypeError(f"not fields of a unit: {sorted(unknown)}")
    trimmed = {
        field: value.strip() if isinstance(value, str) else value
        for field, value in details.items()
    }
    return trimmed | {
        field: identifiers.compact(trimmed[field]) for field in _COMPACT if field in trimmed
    }


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def is_website(text: str) -> bool:
    """Whether it can be a link that a browser opens safely."""
    return text.startswith(("http://", "https://")) and " " not in text


_CHECKS: dict[str, tuple[Callable[[str], bool], str]] = {
    "email": (_is_email, "To nie jest adres e-mail."),
    "website": (is_website, "Adres strony zaczyna się od https:// albo http://."),
    "nip": (identifiers.is_nip, "To nie jest prawidłowy NIP: nie zgadza się cyfra kontrolna."),
    "regon": (
        identifiers.is_regon,
        "To nie jest prawidłowy REGON: nie zgadza się cyfra kontrolna.",
    ),
    "postal_code": (identifiers.is_postal_code, "Kod pocztowy ma postać 85-006."),
    "edoreczenia": (
        identifiers.is_edoreczenia,
        "Adres do e-Doręczeń ma postać AE:PL-12345-67890-ABCDE-12.",
    ),
}


def _check(given: dict[str, Any]) -> None:
    errors = [
        FieldError(field, detail)
        for field, (holds, detail) in _CHECKS.items()
        if given.get(field) and not holds(given[field])
    ]
    errors += [
        FieldError(field, "Podaj nazwę.")
        for field in ("short_name", "name")
        if field in given and not given[field]
    ]
    if errors:
        raise WrongUnitDetails(errors=errors)
