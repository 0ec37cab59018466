"""Questions about units, sections, people and groups."""

from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    Func,
    Model,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Concat, Lower

from accounts import selectors as accounts
from accounts.places import Home
from accounts.scopes import Places
from modules.directory.models import (
    Group,
    Membership,
    RegisterEntry,
    Section,
    Unit,
    UnitKind,
    UnitQuerySet,
)
from modules.directory.permissions import Permission
from opium.errors import NotFound
from opium.permissions import Actor, Reach
from opium.polish import fold

if TYPE_CHECKING:
    from accounts.models import Person


class Recipients(NamedTuple):
    """Whom an audience means today: open units and people with open accounts, in Polish order."""

    units: list[UUID]
    people: list[UUID]


def resolve_audience(
    *,
    units: Collection[UUID] = (),
    kinds: Collection[str] = (),
    groups: Collection[UUID] = (),
    people: Collection[UUID] = (),
    all_units: bool = False,
) -> Recipients:
    """Everyone named, each once; closed units and closed accounts are left out. Two queries.

    `kinds` are codes. It decides nothing about rights: the caller has asked what the actor may do.
    """
    named = Q(pk__in=units) | Q(kind__code__in=kinds) | Q(pk__in=_units_in(groups))
    chosen = Unit.objects.open_now().filter(Q() if all_units else named)
    asked = Q(pk__in=people) | Q(pk__in=_people_in(groups))
    return Recipients(
        units=list(chosen.in_order().values_list("pk", flat=True)),
        people=list(accounts.active_people().filter(asked).values_list("pk", flat=True)),
    )


def _units_in(groups: Collection[UUID]) -> QuerySet[Group, UUID]:
    return Group.objects.filter(pk__in=groups).values_list("units", flat=True)


def _people_in(groups: Collection[UUID]) -> QuerySet[Group, UUID]:
    return Group.objects.filter(pk__in=groups).values_list("people", flat=True)


def units_of(person: "Person") -> UnitQuerySet:
    """The open units that the person belongs to today, in Polish order."""
    mine = Membership.objects.in_force().filter(person=person, unit__isnull=False)
    return Unit.objects.open_now().filter(pk__in=mine.values("unit")).in_order()


def people_of_units(unit_ids: Collection[UUID]) -> "QuerySet[Person]":
    """Everybody with an open account who belongs to any of the units today, each once."""
    members = Membership.objects.in_force().filter(unit__in=unit_ids)
    return accounts.active_people().filter(pk__in=members.values("person"))


def short_names(unit_ids: Collection[UUID]) -> list[str]:
    """What people call the units, in Polish order; for whoever already knows the ids."""
    units = Unit.objects.filter(pk__in=unit_ids).in_order()
    return list(units.values_list("short_name", flat=True))


def units_visible_to(actor: Actor) -> UnitQuerySet:
    """Units, closed ones too, where the actor may view them, with kind and register entries."""
    return (
        _within(actor.reach(Permission.VIEW_UNITS))
        .select_related("kind")
        .prefetch_related(Prefetch("entries", RegisterEntry.objects.order_by("rspo")))
        .in_order()
    )


def unit_pages_visible_to(actor: Actor) -> UnitQuerySet:
    """As `units_visible_to`, each with `people_today`: the memberships in force, by surname."""
    members = (
        Membership.objects.in_force()
        .filter(person__is_active=True)
        .select_related("person")
        .order_by("person__sort_key")
    )
    return units_visible_to(actor).prefetch_related(
        Prefetch("memberships", members, to_attr="people_today")
    )


def _within(reach: Reach) -> UnitQuerySet:
    return Unit.objects.all() if reach.everywhere else Unit.objects.filter(pk__in=reach.units)


def units_matching(units: UnitQuerySet, text: str) -> UnitQuerySet:
    """Those with every word of `text` in their names or address, or as the start of an RSPO number.

    Case and diacritics do not count.
    """
    for word in fold(text).split():
        numbered = RegisterEntry.objects.filter(unit=OuterRef("pk"), rspo__startswith=word)
        units = units.filter(Q(search__contains=word) | Exists(numbered))
    return units


def memberships_of(unit_ids: Collection[UUID]) -> QuerySet[Membership]:
    """Who belongs to which of the units today, with their people; for telling them of something."""
    return (
        Membership.objects.in_force()
        .filter(unit__in=unit_ids, person__is_active=True)
        .select_related("person")
        .order_by("person__sort_key")
    )


def memberships_visible_to(actor: Actor) -> QuerySet[Membership]:
    """Memberships, past ones too, of the units that the actor may view and of the department."""
    reach = actor.reach(Permission.VIEW_UNITS)
    if not reach:
        return Membership.objects.none()
    return Membership.objects.filter(Q(unit__in=_within(reach)) | Q(section__isnull=False))


def kinds_visible_to(actor: Actor) -> QuerySet[UnitKind]:
    """Every kind in the city's order, with `unit_count`: the open units that the actor may view."""
    reach = actor.reach(Permission.VIEW_UNITS)
    visible = Unit.objects.open_now().filter(pk__in=_within(reach).values("pk"))
    return UnitKind.objects.annotate(
        unit_count=Count("units", filter=Q(units__in=visible.values("pk")))
    ).order_by("position", "code")


def section_named(section_id: UUID) -> Section:
    """The section of that id; for whoever has asked for the right. Raises `NotFound`."""
    section = Section.objects.filter(pk=section_id).first()
    if section is None:
        raise NotFound
    return section


def sections_visible_to(actor: Actor) -> QuerySet[Section]:
    """The department's sections, for whoever may view units anywhere."""
    if not actor.reach(Permission.VIEW_UNITS):
        return Section.objects.none()
    return Section.objects.order_by("sort_key")


def people_visible_to(actor: Actor) -> "QuerySet[Person]":
    """Active people of the department and of the units that the actor may view, by surname.

    Whoever views the whole city also sees those who belong nowhere yet.
    """
    reach = actor.reach(Permission.VIEW_UNITS)
    people = accounts.active_people()
    if reach.everywhere:
        return people
    if not reach:
        return people.none()
    known = Membership.objects.in_force().filter(Q(unit__in=reach.units) | ~Q(section=None))
    return people.filter(pk__in=known.values("person"))


_LETTERS = ("ĄĆĘŁŃÓŚŹŻąćęłńóśźż", "acelnoszzacelnoszz")
"""Both cases, since the database's own `lower` may know only the English letters."""


def people_matching(people: "QuerySet[Person]", text: str) -> "QuerySet[Person]":
    """Those with every word of `text` in name or e-mail; case and diacritics do not count."""
    written = Concat(
        F("first_name"),
        Value(" "),
        F("last_name"),
        Value(" "),
        F("email"),
        output_field=CharField(),
    )
    people = people.alias(folded=Lower(Func(written, *map(Value, _LETTERS), function="translate")))
    for word in fold(text).split():
        people = people.filter(folded__contains=word)
    return people


def groups_visible_to(actor: Actor) -> QuerySet[Group]:
    """The city's groups with `unit_count` and `person_count`, for whoever views the whole city."""
    if not actor.reach(Permission.VIEW_UNITS).everywhere:
        return Group.objects.none()
    return (
        Group.objects.annotate(
            unit_count=Count("units", distinct=True), person_count=Count("people", distinct=True)
        )
        .prefetch_related("units", "people")
        .order_by("sort_key")
    )


def _reach_of_units(ids: frozenset[UUID]) -> dict[UUID, Reach]:
    return {pk: Reach(units=frozenset({pk})) for pk in ids}


def _reach_of_sections(ids: frozenset[UUID]) -> dict[UUID, Reach]:
    return {pk: Reach(sections=frozenset({pk})) for pk in ids}


def _reach_of_groups(ids: frozenset[UUID]) -> dict[UUID, Reach]:
    return _reach_of_each(Unit.objects.filter(groups__in=ids).values_list("groups", "pk"))


def _reach_of_kinds(ids: frozenset[UUID]) -> dict[UUID, Reach]:
    return _reach_of_each(Unit.objects.filter(kind__in=ids).values_list("kind", "pk"))


def _reach_of_each(pairs: Iterable[tuple[UUID, UUID]]) -> dict[UUID, Reach]:
    units: dict[UUID, set[UUID]] = {}
    for place, unit in pairs:
        units.setdefault(place, set()).add(unit)
    return {place: Reach(units=frozenset(within)) for place, within in units.items()}


def _names(model: type[Model], field: str) -> Callable[[frozenset[UUID]], dict[UUID, str]]:
    return lambda ids: dict(
        model._default_manager.filter(pk__in=ids).values_list("pk", field)  # noqa: SLF001  # of any model
    )


SCOPES = {
    "unit": Places("jednostka", _reach_of_units, _names(Unit, "short_name"), is_fixed=True),
    "section": Places("referat", _reach_of_sections, _names(Section, "name"), is_fixed=True),
    "group": Places("grupa jednostek", _reach_of_groups, _names(Group, "name")),
    "kind": Places("rodzaj jednostek", _reach_of_kinds, _names(UnitKind, "name_plural")),
}
"""Kinds of places where a role may count, and what it reaches there; one query at most."""


def members_within(reach: Reach) -> QuerySet[Membership, UUID]:
    """Ids of those who belong today to a unit or a section within the reach."""
    within = Q(unit__in=reach.units) | Q(section__in=reach.sections)
    return Membership.objects.in_force().filter(within).values_list("person", flat=True)


def homes_of(people: Collection[UUID]) -> dict[UUID, list[Home]]:
    """Person -> the units and sections to which that person belongs today, in Polish order."""
    found: dict[UUID, dict[UUID, Home]] = {}
    memberships = (
        Membership.objects.in_force()
        .filter(person__in=people)
        .select_related("unit", "section")
        .order_by("unit__sort_key", "section__sort_key")
    )
    for one in memberships:
        home = (
            Home("unit", one.unit.pk, one.unit.short_name, is_open=one.unit.is_open)
            if one.unit
            else Home("section", one.section.pk, one.section.name)
            if one.section
            else None
        )
        if home is not None:
            found.setdefault(one.person_id, {})[home.id] = home
    return {person: list(homes.values()) for person, homes in found.items()}


def homes_visible_to(actor: Actor, people: Collection[UUID]) -> dict[UUID, list[Home]]:
    """As `homes_of`, without the units that the actor may not view."""
    reach = actor.reach(Permission.VIEW_UNITS)
    return {
        person: [
            home
            for home in homes
            if reach.everywhere or home.kind == "section" or home.id in reach.units
        ]
        for person, homes in homes_of(people).items()
    }


def homes_named(texts: Collection[str]) -> dict[str, Home]:
    """Text -> the open unit with that RSPO number or short name; two queries for any number."""
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


FACTS = {
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
    """Unit -> its `FACTS`; three queries for any number of units. Decides nothing about rights."""
    entries = RegisterEntry.objects.order_by("-is_main", "rspo")
    units = (
        Unit.objects.filter(pk__in=unit_ids)
        .select_related("kind")
        .prefetch_related(Prefetch("entries", entries, to_attr="entries_main_first"))
    )
    heads: dict[UUID | None, str] = {}
    for one in memberships_of(unit_ids):
        if fold(one.position).startswith("dyrektor"):
            heads.setdefault(one.unit_id, one.person.display_name)
    return {unit.pk: _facts(unit, heads.get(unit.pk, "")) for unit in units}


def _facts(unit: Unit, head: str) -> dict[str, str]:
    number = f"{unit.building}/{unit.flat}" if unit.flat else unit.building
    street = f"{unit.street} {number}".strip()
    place = f"{unit.postal_code} {unit.city}".strip()
    entries: list[RegisterEntry] = unit.entries_main_first  # type: ignore[attr-defined]  # prefetched
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
        "rspo": entries[0].rspo if entries else "",
        "edoreczenia": unit.edoreczenia,
        "head": head,
    }


def units_named(texts: Collection[str]) -> dict[str, UUID]:
    """Text -> the open unit with that RSPO number or short name; two queries for any number."""
    return {text: home.id for text, home in homes_named(texts).items()}
