"""The kinds of units: a city starts with these and makes them its own."""

from typing import TYPE_CHECKING, cast

from django.db import transaction

from audit import services as audit
from modules.directory.deeds import Deed
from modules.directory.errors import KindTaken
from modules.directory.permissions import Permission
from opium.constraints import refusing
from opium.permissions import Actor, require
from opium.registry import current_city
from units.models import UnitKind

if TYPE_CHECKING:
    from django.db.models import Model

STARTING_KINDS = (
    ("przedszkole", "Przedszkole", "Przedszkola"),
    ("szkola-podstawowa", "Szkoła podstawowa", "Szkoły podstawowe"),
    ("szkola-ponadpodstawowa", "Szkoła ponadpodstawowa", "Szkoły ponadpodstawowe"),
    ("zespol-szkol", "Zespół szkół", "Zespoły szkół"),
    (
        "zespol-szkolno-przedszkolny",
        "Zespół szkolno-przedszkolny",
        "Zespoły szkolno-przedszkolne",
    ),
    ("placowka-specjalna", "Placówka specjalna", "Placówki specjalne"),
    ("bursa", "Bursa lub schronisko", "Bursy i schroniska"),
    (
        "placowka-wychowania-pozaszkolnego",
        "Placówka wychowania pozaszkolnego",
        "Placówki wychowania pozaszkolnego",
    ),
    (
        "poradnia",
        "Poradnia psychologiczno-pedagogiczna",
        "Poradnie psychologiczno-pedagogiczne",
    ),
    (
        "biblioteka-doskonalenie",
        "Biblioteka lub placówka doskonalenia nauczycieli",
        "Biblioteki i placówki doskonalenia nauczycieli",
    ),
    ("inna", "Inna jednostka", "Inne jednostki"),
)
"""Code, name and plural, in the order of the screens."""


@transaction.atomic
def add_starting_kinds(*, actor: Actor) -> list[UnitKind]:
    """Give the city the kinds that it lacks; those it has stay as it made them. Safe to repeat."""
    require(actor, Permission.CHANGE_UNITS, UnitKind())
    known = set(UnitKind.objects.values_list("code", flat=True))
    added = UnitKind.objects.bulk_create(
        [
            UnitKind(code=code, name=name, name_plural=plural, position=position)
            for position, (code, name, plural) in enumerate(STARTING_KINDS, start=1)
            if code not in known
        ],
        ignore_conflicts=True,
    )
    if added:
        audit.record(
            actor=actor,
            deed=Deed.ADD_STARTING_KINDS,
            right=Permission.CHANGE_UNITS,
            target=cast("Model", current_city()),
            after={"codes": [kind.code for kind in added]},
        )
    return added


@transaction.atomic
def add_kind(
    *, actor: Actor, code: str, name: str, name_plural: str, position: int = 0
) -> UnitKind:
    """Add a kind of the city's own. Raises `KindTaken`."""
    kind = UnitKind(code=code, name=name, name_plural=name_plural, position=position)
    require(actor, Permission.CHANGE_UNITS, kind)
    with refusing(one_kind_per_code=KindTaken(code=code)):
        kind.save()
    audit.record(
        actor=actor,
        deed=Deed.ADD_KIND,
        right=Permission.CHANGE_UNITS,
        target=kind,
        after={"code": code},
    )
    return kind


@transaction.atomic
def change_kind(
    *,
    actor: Actor,
    kind: UnitKind,
    name: str | None = None,
    name_plural: str | None = None,
    position: int | None = None,
) -> UnitKind:
    """Rename or move the kind; its code stays, since audiences name it."""
    require(actor, Permission.CHANGE_UNITS, kind)
    given = {"name": name, "name_plural": name_plural, "position": position}
    changes = {
        field: value
        for field, value in given.items()
        if value is not None and getattr(kind, field) != value
    }
    before = {field: getattr(kind, field) for field in changes}
    for field, value in changes.items():
        setattr(kind, field, value)
    if changes:
        kind.save()
        audit.record(
            actor=actor,
            deed=Deed.CHANGE_KIND,
            right=Permission.CHANGE_UNITS,
            target=kind,
            before=before,
            after=changes,
        )
    return kind
