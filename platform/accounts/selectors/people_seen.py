"""Questions about people."""

from collections.abc import Collection, Sequence
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import (
    BooleanField,
    CharField,
    Exists,
    Expression,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Concat, Lower

from accounts.models import FACTORS, Assignment, AssignmentQuerySet, Link, Person
from accounts.permissions import (
    Permission,
    may_manage,
    oversees,
    people_within,
    proposes_recovery,
    recovery_is_beyond,
    require_any,
    stands_within,
)
from opium.models import annotated, prefetched, words_begin
from opium.permissions import Actor, Reach
from opium.polish import fold
from units.selectors import Home, homes_of

_LETTERS = ("ĄĆĘŁŃÓŚŹŻąćęłńóśźż", "acelnoszzacelnoszz")
"""Both cases, since the database's own `lower` may know only the English letters."""


def active_people() -> QuerySet[Person]:
    """Everybody whose account is open, in Polish order of their surnames."""
    return Person.objects.filter(is_active=True).order_by("sort_key", "pk")


def people_visible_to(actor: Actor) -> QuerySet[Person]:
    """The accounts that the actor looks after, in Polish order of surnames, with their roles.

    Whoever works for the whole city sees everybody, a unit's head the people of own units. Each
    with `held` (the roles of today), `has_second_factor` and `is_seen_whole`: a head gets to know
    of nobody else the telephone, how somebody signs in, or the roles held in other places.
    """
    whole: Expression = Value(value=True)
    if oversees(actor):
        people = Person.objects.all()
    else:
        whole = ExpressionWrapper(Q(pk=actor.pk), output_field=BooleanField())
        require_any(actor, (Permission.MANAGE_UNIT_PEOPLE,))
        people = people_within(actor.reach(Permission.MANAGE_UNIT_PEOPLE))
    held = roles_seen(actor).select_related("role").order_by("role__sort_key")
    factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
    people = people.order_by("sort_key", "pk")
    people = annotated(people, has_second_factor=Exists(factors), is_seen_whole=whole)
    return prefetched(people, "assignments", held, to="held")


def roles_seen(actor: Actor) -> AssignmentQuerySet:
    """The roles of today that the actor sees of people: all, or the own and those in own places."""
    held = Assignment.objects.in_force()
    if oversees(actor):
        return held
    reach = actor.reach(Permission.MANAGE_UNIT_PEOPLE)
    return held.filter(stands_within(reach) | Q(person=actor.pk))


def homes_seen(actor: Actor, people: Collection[UUID]) -> dict[UUID, list[Home]]:
    """Person -> where they belong today, as far as the actor sees it; as `roles_seen`."""
    found = homes_of(people)
    if oversees(actor):
        return found
    reach = actor.reach(Permission.MANAGE_UNIT_PEOPLE)
    return {
        person: [
            home
            for home in homes
            if person == actor.pk or reach.everywhere or home.id in reach.units | reach.sections
        ]
        for person, homes in found.items()
    }


def people_of_unit(actor: Actor, unit: UUID) -> QuerySet[Person]:
    """Who belongs to the unit today, for whoever sees its people; nobody for others."""
    reach = actor.reach(Permission.MANAGE_UNIT_PEOPLE)
    if oversees(actor) is None and not reach.everywhere and unit not in reach.units:
        return Person.objects.none()
    return people_within(Reach(units=frozenset([unit])))


def people_matching(people: QuerySet[Person], text: str) -> QuerySet[Person]:
    """Those in whose name or e-mail every word of `text` begins a word, as folded."""
    written = Concat(
        F("first_name"),
        Value(" "),
        F("last_name"),
        Value(" "),
        F("email"),
        output_field=CharField(),
    )
    people = people.alias(folded=Lower(Func(written, *map(Value, _LETTERS), function="translate")))
    return people.filter(words_begin("folded", fold(text).split()))


def with_homes(actor: Actor, people: Sequence[Person]) -> Sequence[Person]:
    """The same people, each with `homes`, as `homes_seen`; one question for all."""
    homes = homes_seen(actor, [person.pk for person in people])
    for person in people:
        person.homes = homes.get(person.pk, [])
    return people


def names_of(people: Collection[UUID]) -> dict[UUID, str]:
    """Person -> display name, of closed accounts too; for whoever already knows the ids."""
    found = Person.objects.filter(pk__in=people)
    return {person.pk: person.display_name for person in found}


def deeds_to(actor: Actor, person: Person) -> list[str]:
    """What the actor may do to this account now; for the screen's buttons.

    `recover` is done at once, `propose_recovery` waits for a second person.
    """
    proposed = ["propose_recovery"] if person.is_active and proposes_recovery(actor, person) else []
    if not may_manage(actor, person):
        return proposed
    if not person.is_active:
        return ["change", "reopen"]
    if actor.pk == person.pk:
        return ["change", "sign_out"]
    is_beyond_own = recovery_is_beyond(actor, person) is not None
    return ["change", "sign_out", "close", *(proposed if is_beyond_own else ["recover"])]


def factors_of(person: Person) -> list[str]:
    """The kinds of second factor that the person has set, each once: `totp`, `webauthn`."""
    found = Authenticator.objects.filter(user=person, type__in=FACTORS)
    return sorted(set(found.values_list("type", flat=True)))


def letter_trouble(person: Person) -> str:
    """Why the newest letter with a link did not reach the person; "" where nothing went wrong.

    A newer letter of that kind, or one tried again, settles it.
    """
    told = Link.objects.filter(person=person, ended_at=None).exclude(trouble="")
    return told.order_by("-created_at").values_list("trouble", flat=True).first() or ""
