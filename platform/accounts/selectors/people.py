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

from accounts.models import FACTORS, Assignment, Link, Person
from accounts.permissions import Permission, may_manage, oversees, people_within, require_any
from opium.models import annotated, prefetched, words_begin
from opium.permissions import Actor
from opium.polish import fold
from units.selectors import homes_of

_LETTERS = ("ĄĆĘŁŃÓŚŹŻąćęłńóśźż", "acelnoszzacelnoszz")
"""Both cases, since the database's own `lower` may know only the English letters."""


def active_people() -> QuerySet[Person]:
    """Everybody whose account is open, in Polish order of their surnames."""
    return Person.objects.filter(is_active=True).order_by("sort_key", "pk")


def people_visible_to(actor: Actor) -> QuerySet[Person]:
    """The accounts that the actor looks after, in Polish order of surnames, with their roles.

    Whoever works for the whole city sees everybody, a unit's head the people of own units. Each
    with `held` (the roles of today), `has_second_factor` and `is_seen_whole`: a head gets to know
    the telephone and how somebody signs in of nobody else.
    """
    whole: Expression = Value(value=True)
    if oversees(actor):
        people = Person.objects.all()
    else:
        whole = ExpressionWrapper(Q(pk=actor.pk), output_field=BooleanField())
        require_any(actor, (Permission.MANAGE_UNIT_PEOPLE,))
        people = people_within(actor.reach(Permission.MANAGE_UNIT_PEOPLE))
    held = Assignment.objects.in_force().select_related("role").order_by("role__sort_key")
    factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
    people = people.order_by("sort_key", "pk")
    people = annotated(people, has_second_factor=Exists(factors), is_seen_whole=whole)
    return prefetched(people, "assignments", held, to="held")


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


def with_homes(people: Sequence[Person]) -> Sequence[Person]:
    """The same people, each with `homes`: where they belong today; one question for all."""
    homes = homes_of([person.pk for person in people])
    for person in people:
        person.homes = homes.get(person.pk, [])
    return people


def names_of(people: Collection[UUID]) -> dict[UUID, str]:
    """Person -> display name, of closed accounts too; for whoever already knows the ids."""
    found = Person.objects.filter(pk__in=people)
    return {person.pk: person.display_name for person in found}


def deeds_to(actor: Actor, person: Person) -> list[str]:
    """What the actor may do to this account now; for the screen's buttons."""
    if not may_manage(actor, person):
        return []
    if not person.is_active:
        return ["change", "reopen"]
    return ["change", "sign_out", *(["close"] if actor.pk != person.pk else [])]


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
