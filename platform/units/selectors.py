"""Questions about places and who belongs where; none decides about rights: the caller has asked.

Operators have no units, so whatever is asked of people answers "nowhere" in their console.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from opium.errors import NotFound
from opium.permissions import Reach
from opium.polish import fold
from opium.prepared import Beside, Prepared
from opium.registry import in_console
from units.models import (
    COUNTED,
    Group,
    Membership,
    RegisterEntry,
    Section,
    Unit,
    UnitKind,
    UnitQuerySet,
)


@dataclass(frozen=True, slots=True)
class Home:
    """A unit or a section that a person belongs to today."""

    kind: str
    id: UUID
    name: str
    is_open: bool = True
    """Whether the place is not closed yet."""


def units_of(person: UUID | None) -> UnitQuerySet:
    """The open units that the person belongs to today, in Polish order."""
    if in_console() or person is None:
        return Unit.objects.none()
    return cast("UnitQuerySet", _units_of.queryset(person=person, today=timezone.localdate()))


def open_units_of(person: UUID, today: date) -> UnitQuerySet:
    """As `units_of`, of that day; for the condition of a prepared question."""
    mine = Membership.objects.in_force_on(today).filter(person=person, unit__isnull=False)
    return Unit.objects.open_on(today).filter(pk__in=mine.values("unit")).in_order()


_units_of = Prepared(open_units_of)


def is_member(person: UUID | None, unit: UUID) -> bool:
    """Whether the person belongs today to the unit, and the unit is open."""
    if in_console() or person is None:
        return False
    return _membership.exists(person=person, unit=unit, today=timezone.localdate())


_membership = Prepared(
    lambda person, unit, today: open_units_of(person, today).filter(pk=unit).order_by()
)


def people_around(person: UUID) -> list[tuple[str, set[UUID]]]:
    """The units to which the person belongs today: the name, and who belongs to it; two queries."""
    units = {unit.pk: unit.short_name for unit in units_of(person)}
    people: dict[UUID, set[UUID]] = {}
    pairs = Membership.objects.in_force().filter(unit__in=units).values_list("unit", "person")
    for unit, member in pairs:
        people.setdefault(unit, set()).add(member)
    return [(name, people.get(unit, set())) for unit, name in units.items()]


def memberships_of(unit_ids: Collection[UUID]) -> QuerySet[Membership]:
    """Who belongs to which of the units today, with their people; for telling them of something."""
    return _members.queryset(ids=frozenset(unit_ids), today=timezone.localdate())


_members = Prepared(
    lambda ids, today: (
        Membership.objects.in_force_on(today)
        .filter(unit_id__among=ids, person__is_active=True)
        .select_related("person")
        .order_by("person__sort_key")
    )
)


def members_within(reach: Reach) -> QuerySet[Membership, UUID]:
    """Ids of those who belong today to a unit or a section within the reach."""
    if in_console():
        return Membership.objects.none().values_list("person", flat=True)
    within = Q(unit__in=reach.units) | Q(section__in=reach.sections)
    return Membership.objects.in_force().filter(within).values_list("person", flat=True)


def homes_of(people: Collection[UUID]) -> dict[UUID, list[Home]]:
    """Person -> the units and sections to which that person belongs today, in Polish order."""
    if in_console():
        return {}
    if not people:
        return {}
    found: dict[UUID, dict[UUID, Home]] = {}
    today = timezone.localdate()
    for person, unit, name, closed_on, section, of_section in _homes.rows(
        people=list(people), today=today
    ):
        home = (
            Home("unit", unit, name, is_open=closed_on is None or closed_on > today)
            if unit
            else Home("section", section, of_section)
        )
        found.setdefault(person, {})[home.id] = home
    return {person: list(homes.values()) for person, homes in found.items()}


_homes = Prepared(
    lambda people, today: (
        Membership.objects.in_force_on(today)
        .filter(Q(unit__isnull=False) | Q(section__isnull=False), person_id__among=people)
        .order_by("unit__sort_key", "section__sort_key")
        .values_list(
            *("person", "unit", "unit__short_name", "unit__closed_on", "section", "section__name")
        )
    )
)


def homes_named(texts: Collection[str]) -> dict[str, Home]:
    """Text -> the open unit with that RSPO number or short name; two queries for any number."""
    if not texts or in_console():
        return {}
    wanted = {text: fold(text) for text in texts}
    units = Unit.objects.open_now()
    numbered = RegisterEntry.objects.filter(rspo__in=wanted.values(), unit__in=units)
    found = {
        fold(short_name): Home("unit", pk, short_name)
        for pk, short_name in units.values_list("pk", "short_name")
    } | {
        entry.rspo: Home("unit", entry.unit.pk, entry.unit.short_name)
        for entry in numbered.select_related("unit")
    }
    return {text: found[key] for text, key in wanted.items() if key in found}


def units_named(texts: Collection[str]) -> dict[str, UUID]:
    """Text -> the open unit with that RSPO number or short name; two queries for any number."""
    return {text: home.id for text, home in homes_named(texts).items()}


def short_names(unit_ids: Collection[UUID]) -> list[str]:
    """What people call the units, in Polish order; for whoever already knows the ids."""
    units = Unit.objects.filter(pk__in=unit_ids).in_order()
    return list(units.values_list("short_name", flat=True))


def kinds_of(unit_ids: Collection[UUID]) -> list[tuple[int, tuple[str, ...] | None]]:
    """How many of the units are of each kind, in the order of the city.

    Beside each how people say 1, 2 and 5 of them, and one after „do”; None for a kind of whose
    name that is not known. One query.
    """
    rows = Unit.objects.filter(pk__in=unit_ids).values("kind__position", "kind__code")
    counted = rows.annotate(units=Count("pk")).order_by("kind__position", "kind__code")
    return [(one["units"], COUNTED.get(one["kind__code"])) for one in counted]


def section_named(section_id: UUID) -> Section:
    """The section of that id; for whoever has asked for the right. Raises `NotFound`."""
    section = Section.objects.filter(pk=section_id).first()
    if section is None:
        raise NotFound
    return section


def reach_of_units(ids: Collection[UUID]) -> dict[UUID, Reach]:
    """Unit -> itself."""
    return {pk: Reach(units=frozenset({pk})) for pk in ids}


def reach_of_sections(ids: Collection[UUID]) -> dict[UUID, Reach]:
    """Section -> itself."""
    return {pk: Reach(sections=frozenset({pk})) for pk in ids}


def reach_of_groups(ids: Collection[UUID]) -> dict[UUID, Reach]:
    """Group -> the units in it today."""
    return _reach_of_each(Unit.objects.filter(groups__in=ids).values_list("groups", "pk"))


def reach_of_kinds(ids: Collection[UUID]) -> dict[UUID, Reach]:
    """Kind of units -> the units of that kind today."""
    return _reach_of_each(Unit.objects.filter(kind__in=ids).values_list("kind", "pk"))


def _reach_of_each(pairs: Iterable[tuple[UUID, UUID]]) -> dict[UUID, Reach]:
    units: dict[UUID, set[UUID]] = {}
    for place, unit in pairs:
        units.setdefault(place, set()).add(unit)
    return {place: Reach(units=frozenset(within)) for place, within in units.items()}


def names_of_units(ids: Collection[UUID]) -> dict[UUID, str]:
    """Unit -> its short name, closed ones too."""
    return dict(Unit.objects.filter(pk__in=ids).values_list("pk", "short_name"))


def names_of_sections(ids: Collection[UUID]) -> dict[UUID, str]:
    return dict(Section.objects.filter(pk__in=ids).values_list("pk", "name"))


def names_of_groups(ids: Collection[UUID]) -> dict[UUID, str]:
    return dict(Group.objects.filter(pk__in=ids).values_list("pk", "name"))


def names_of_kinds(ids: Collection[UUID]) -> dict[UUID, str]:
    """Kind of units -> its name in the plural."""
    return dict(UnitKind.objects.filter(pk__in=ids).values_list("pk", "name_plural"))


UNIT_LABELS = {
    "name": "Nazwa",
    "short_name": "Nazwa skrócona",
    "kind": "Rodzaj (kod)",
    "kind_name": "Rodzaj",
    "street": "Ulica i numer",
    "postal_code": "Kod pocztowy",
    "city": "Miejscowość",
    "address": "Adres",
    "phone": "Telefon",
    "email": "E-mail",
    "website": "Strona internetowa",
    "nip": "NIP",
    "regon": "REGON",
    "rspo": "Numer RSPO",
    "edoreczenia": "Adres do e-Doręczeń",
    "head": "Dyrektor",
}
"""What forms, procedures and letters may quote of a unit; always text, empty where unknown."""


def unit_facts(unit_ids: Collection[UUID]) -> dict[UUID, dict[str, str]]:
    """Unit -> its `UNIT_LABELS`; three queries for any number of units."""
    if not unit_ids:
        return {}
    units = _with_entries.all(ids=frozenset(unit_ids))
    heads: dict[UUID | None, str] = {}
    for one in _members.all(ids=frozenset(unit_ids), today=timezone.localdate()):
        if fold(one.position).startswith("dyrektor"):
            heads.setdefault(one.unit_id, one.person.display_name)
    return {unit.pk: _facts(unit, heads.get(unit.pk, "")) for unit in units}


_with_entries = Prepared(
    lambda ids: Unit.objects.filter(pk__among=ids).select_related("kind"),
    beside=[
        Beside(
            "entries",
            Prepared(
                lambda owners: RegisterEntry.objects.filter(unit_id__among=owners).order_by(
                    "-is_main", "rspo"
                )
            ),
            by="unit_id",
        )
    ],
)


def _facts(unit: Unit, head: str) -> dict[str, str]:
    number = f"{unit.building}/{unit.flat}" if unit.flat else unit.building
    street = f"{unit.street} {number}".strip()
    place = f"{unit.postal_code} {unit.city}".strip()
    main = next(iter(unit.entries.all()), None)
    return {
        "name": unit.name,
        "short_name": unit.short_name,
        "kind": unit.kind.code,
        "kind_name": unit.kind.name,
        "street": street,
        "postal_code": unit.postal_code,
        "city": unit.city,
        "address": ", ".join(filter(None, (street, place))),
        "phone": unit.phone,
        "email": unit.email,
        "website": unit.website,
        "nip": unit.nip,
        "regon": unit.regon,
        "rspo": main.rspo if main else "",
        "edoreczenia": unit.edoreczenia,
        "head": head,
    }
