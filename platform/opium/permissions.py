"""Authorisation is asked here and nowhere else: the first line of a service is `require`.

Two questions make the answer: does the actor hold the permission here and now, where the subject
belongs (`Actor.allows`), and does the module's own rule (a `rules` predicate over actor and
subject, added with `rule`) let it through. What an actor holds is one composition, made by the
actor itself (`Actor.reach`): own rights or an absent person's, cut down to what the key in use
names, to the days that they count, and to who has set the second factor that their role demands.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Protocol, Self
from uuid import UUID

from rules.predicates import Predicate
from rules.rulesets import RuleSet

from opium.errors import Forbidden


class Held(Enum):
    """By whom a permission is held."""

    BY_ROLE = "by whom a role gives it, where the role counts"
    BY_EVERYBODY = "by everybody, for what is their own; through an API token that names it"
    IN_PERSON = "by everybody, for the own account; by no API token and no substitute"
    """It does not even wait for a second factor: the account is where one is set."""


class Permission(StrEnum):
    """Base of each module's `Permission`: `<module>.<verb>_<noun>`, its Polish name, a sentence.

    What belongs to somebody (an inbox, an upload, an own case) is reached by a permission too,
    `Held.BY_EVERYBODY`: so a key that does not name it reaches nothing of it. Whose the subject is
    the module asks besides, in a `rule` or in its query.
    """

    label: str
    sentence: str
    held: Held
    room: str
    """The label of the app that declares it."""

    def __new__(cls, value: str, label: str, sentence: str, held: Held = Held.BY_ROLE) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.sentence = sentence
        member.held = held
        member.room = value.partition(".")[0]
        return member

    @property
    def is_own(self) -> bool:
        """Whether everybody has it for what is their own, so that no role gives it."""
        return self.held is Held.BY_EVERYBODY


@dataclass(frozen=True, slots=True)
class Reach:
    """Where an actor holds a permission: the whole city, or units, sections, kinds of matters.

    It is the union of its parts: a reach of unit A and of the kind „nagrody” covers every matter
    of unit A, whatever its kind, and every „nagrody” matter, whoever's it is. No part narrows
    another; „nagrody of unit A alone” cannot be said by roles, and is a module's own rule.
    """

    everywhere: bool = False
    units: frozenset[UUID] = field(default_factory=frozenset)
    sections: frozenset[UUID] = field(default_factory=frozenset)
    kinds: frozenset[UUID] = field(default_factory=frozenset)
    """Kinds of matters (a type of application, a procedure); kinds of units are `units` here."""

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.units or self.sections or self.kinds)

    def covers(self, subject: object | None) -> bool:
        """Whether the subject's `unit_id`, `section_id` or `kind_id` lies within it: one suffices.

        Without a subject the question is whether the actor holds the permission anywhere.
        """
        if self.everywhere:
            return True
        if subject is None:
            return bool(self)
        return (
            getattr(subject, "unit_id", None) in self.units
            or getattr(subject, "section_id", None) in self.sections
            or getattr(subject, "kind_id", None) in self.kinds
        )


EVERYWHERE, NOWHERE = Reach(everywhere=True), Reach()


class Actor(Protocol):
    """Whoever acts: a person in a request, or the system in a task."""

    @property
    def pk(self) -> UUID | None: ...

    @property
    def display_name(self) -> str: ...

    def reach(self, permission: Permission) -> Reach:
        """Where the actor holds the permission here and now; what is everybody's, everywhere."""
        ...

    def allows(self, permission: Permission, subject: object | None = None) -> bool:
        """Whether that covers the subject; only `may` asks, for it knows the modules' rules too."""
        ...


class System:
    """The platform itself, in tasks and commands; it may do everything, and the audit says so."""

    pk = None
    display_name = "OPIUM"

    def reach(self, permission: Permission) -> Reach:
        return EVERYWHERE

    def allows(self, permission: Permission, subject: object | None = None) -> bool:
        return True


SYSTEM = System()
WHOLE_CITY = object()
"""The subject of what belongs to no unit: only a role in the whole city covers it."""
_rules = RuleSet()


def rule(permission: Permission, predicate: Predicate) -> None:
    """Let `permission` through only where `predicate(actor, subject)` holds as well."""
    _rules.add_rule(permission, predicate)


def may(actor: Actor, permission: Permission, subject: object | None = None) -> bool:
    """Whether the actor may do this to the subject; what `require` asks, as an answer."""
    if not actor.allows(permission, subject):
        return False
    return permission not in _rules or bool(_rules.test_rule(permission, actor, subject))


def require(actor: Actor, permission: Permission, subject: object | None = None) -> None:
    """Let the service go on, or raise `Forbidden` with the name of the missing permission."""
    if not may(actor, permission, subject):
        raise MissingPermission(permission, subject)


class MissingPermission(Forbidden):
    code = "missing_permission"
    message = "Nie masz uprawnienia „{label}”. Poproś o nie administratora swojego miasta."

    def __init__(self, permission: Permission, subject: object | None = None) -> None:
        super().__init__(label=permission.label)
        self.permission = permission
        self.subject = subject


def all_permissions() -> Iterator[Permission]:
    """Every right of every installed module, in the order of their declaration."""
    return (member for kind in Permission.__subclasses__() for member in kind)
