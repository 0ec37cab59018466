"""Questions about units, sections, people and groups."""

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple, cast
from uuid import UUID

from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, QuerySet, When

from accounts import selectors as accounts
from modules.directory.permissions import Permission
from opium.models import words_begin
from opium.permissions import Actor, Reach
from opium.polish import fold
from opium.prepared import Beside, Prepared
from units.models import (
    Group,
    Membership,
    RegisterEntry,
    Section,
    Unit,
    UnitKind,
    UnitQuerySet,
)
from units.selectors import Home, homes_of

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
    except_units: Collection[UUID] = (),
) -> Recipients:
    """Everyone named, each once, but the excepted units, however they are named. Two queries.

    Closed units and closed accounts are left out.

    `kinds` are codes. It decides nothing about rights: the caller has asked what the actor may do.
    """
    chosen = units_addressed(
        units=units, kinds=kinds, groups=groups, all_units=all_units, except_units=except_units
    )
    asked = Q(pk__in=people) | Q(pk__in=_people_in(groups))
    return Recipients(
        units=list(chosen.in_order().values_list("pk", flat=True)),
        people=list(accounts.active_people().filter(asked).values_list("pk", flat=True)),
    )


def units_addressed(
    *,
    units: Collection[UUID] = (),
    kinds: Collection[str] = (),
    groups: Collection[UUID] = (),
    all_units: bool = False,
    except_units: Collection[UUID] = (),
) -> UnitQuerySet:
    """The open units that an audience means today, in no order; as `resolve_audience` has them."""
    named = Q(pk__in=units) | Q(kind__code__in=kinds) | Q(pk__in=_units_in(groups))
    open_units = Unit.objects.open_now().exclude(pk__in=except_units)
    return open_units.filter(Q() if all_units else named)


def _units_in(groups: Collection[UUID]) -> QuerySet[Group, UUID]:
    return Group.objects.filter(pk__in=groups).values_list("units", flat=True)


def _people_in(groups: Collection[UUID]) -> QuerySet[Group, UUID]:
    return Group.objects.filter(pk__in=groups).values_list("people", flat=True)


def units_visible_to(actor: Actor) -> UnitQuerySet:
    """Units, closed ones too, where the actor may view them, with kind and register entries."""
    return cast("UnitQuerySet", _units.queryset(reach=actor.reach(Permission.VIEW_UNITS)))


def unit_rows_visible_to(actor: Actor) -> UnitQuerySet:
    """As `units_visible_to`, without what their list does not show."""
    return cast("UnitQuerySet", _rows.queryset(reach=actor.reach(Permission.VIEW_UNITS)))


def _in_order(reach: Reach) -> UnitQuerySet:
    return _within(reach).select_related("kind").order_by("sort_key", "pk")


_ENTRIES = Prepared(
    lambda owners: RegisterEntry.objects.filter(unit_id__among=owners).order_by("rspo")
)
_units = Prepared(_in_order, beside=[Beside("entries", _ENTRIES, by="unit_id")])
_rows = Prepared(
    lambda reach: _in_order(reach).defer(
        *("created_at", "updated_at", "register_values", "search", "sort_key"),
        *("kind__created_at", "kind__updated_at", "kind__name_plural", "kind__position"),
    ),
    beside=[Beside("entries", _ENTRIES, by="unit_id")],
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
    return Unit.objects.all() if reach.everywhere else Unit.objects.filter(pk__among=reach.units)


def units_matching(units: UnitQuerySet, text: str) -> UnitQuerySet:
    """Those in which every word of `text` begins a word of names, address, kind or RSPO number.

    Case and diacritics do not count. First comes the unit of exactly this short name, then those
    whose short name begins so, then the others, each in Polish order. One query for the kinds.
    """
    sought = fold(text)
    kinds = list(UnitKind.objects.all()) if sought else []
    for word in sought.split():
        numbered = RegisterEntry.objects.filter(unit=OuterRef("pk"), rspo__startswith=word)
        called = [kind.pk for kind in kinds if kind.is_called(word)]
        units = units.filter(words_begin("search", [word]) | Exists(numbered) | Q(kind__in=called))
    rank = Case(
        When(search__startswith=f"{sought} ", then=0),
        When(search__startswith=sought, then=1),
        default=2,
    )
    return units.order_by(rank, "sort_key", "pk") if sought else units


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


def groups_visible_to(actor: Actor) -> QuerySet[Group]:
    """The city's groups with `unit_count` and `person_count`, for whoever views the whole city."""
    if not actor.reach(Permission.VIEW_UNITS).everywhere:
        return Group.objects.none()
    return (
        Group.objects.annotate(
            unit_count=Count("units", distinct=True), person_count=Count("people", distinct=True)
        )
        .prefetch_related("units", "people")
        .order_by("sort_key", "pk")
    )


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
