from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.utils import timezone

from accounts import scopes
from opium.models import Record, SortKeyField
from opium.permissions import (
    EVERYWHERE,
    NOWHERE,
    Held,
    Permission,
    Reach,
    all_permissions,
)
from opium.prepared import Prepared
from opium.registry import rooms_here

if TYPE_CHECKING:
    from accounts.models.rights import Assignment
    from units.selectors import Home

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as a second factor; recovery codes only replace one."""


Told = TypeVar("Told")


HeldRow = tuple[list[str], str, UUID | None, bool, bool]
"""Permissions, where, whether the role asks for a second factor, whether it is there."""


def held_columns() -> tuple[str | Exists, ...]:
    """What `HeldRow` says, of an assignment."""
    factors = Authenticator.objects.filter(user=OuterRef("person"), type__in=FACTORS)
    return (
        *("role__permissions", "scope_kind", "scope_id", "role__requires_mfa"),
        Exists(factors),
    )


def _in_force(person: UUID, today: date) -> Any:
    assignments: Any = apps.get_model("accounts", "Assignment")  # its module needs this one
    return assignments.objects.in_force(today).filter(person=person).values_list(*held_columns())


_held = Prepared(_in_force)


class People(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser, Record):
    """Somebody with an account; in the public schema, an operator. An `opium` Actor."""

    email = models.EmailField("e-mail", max_length=254)
    first_name = models.CharField("imię", max_length=100)
    last_name = models.CharField("nazwisko", max_length=100)
    phone = models.CharField("telefon", max_length=30, blank=True, default="")
    is_active = models.BooleanField("konto czynne", default=True)
    closed_at = models.DateTimeField("zamknięto", null=True, blank=True)
    sort_key = SortKeyField(source="sorted_name")

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["first_name", "last_name"]

    limits: frozenset[str] | None = None
    """The permissions of the API token in use; None where the person acts in a session."""

    proved_at: datetime | None = None
    """When the session in use last proved password or factor; None where nothing has."""

    # There where a selector has read them, each set by the one that it names.
    held: "list[Assignment]"
    has_second_factor: bool
    is_seen_whole: bool
    """`selectors.people_visible_to`: the roles of today, whether there is a factor, and whether the
    one who asked may know that, as `permissions.sees_whole` says."""
    key_used_at: datetime | None
    """`selectors.unused_accounts`: the last use of an API token; it sets `held` too."""
    homes: "list[Home]"
    """`selectors.with_homes`."""
    factors: list[str]
    trouble: str
    newest_factor_at: datetime | None
    lost_factor_at: datetime | None
    can: list[str]
    """The page of one account: `factors_of`, `factor_facts_of`, `letter_trouble`, `deeds_to`."""

    class Meta:
        verbose_name = "osoba"
        verbose_name_plural = "osoby"
        constraints = [models.UniqueConstraint(Lower("email"), name="one_person_per_email")]
        indexes = [models.Index(name="person_by_name", fields=["sort_key"])]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.email

    @property
    def sorted_name(self) -> str:
        return f"{self.last_name} {self.first_name}"

    @cached_property
    def _told(self) -> "dict[Callable[[Person], Any], Any]":
        return {}

    def once(self, tell: "Callable[[Person], Told]") -> Told:
        """What `tell` says of the person, asked once in the life of this object: of one request."""
        if tell not in self._told:
            self._told[tell] = tell(self)
        found: Told = self._told[tell]
        return found

    @cached_property
    def _held(self) -> list[HeldRow]:
        return cast("list[HeldRow]", _held.rows(person=self.pk, today=timezone.localdate()))

    def take_rights(
        self,
        held: list[HeldRow],
        *,
        has_factor: bool | None,
        reach_in: Mapping[scopes.Scope, Reach],
    ) -> None:
        """Know the rights of today from what was read for many people at once.

        A factor of which nothing was read (None) is asked about when it matters.
        """
        self.__dict__["_held"] = held
        for known in ("must_enrol", "is_asked_for_factor"):
            self.__dict__.pop(known, None)
        if has_factor is not None:
            self.__dict__["has_factor"] = has_factor
        self.__dict__["_reaches"] = {} if self.must_enrol else self._reaching(reach_in)

    @property
    def has_role(self) -> bool:
        """Whether any role of today is theirs, usable or waiting for a second factor."""
        return bool(self._held)

    @cached_property
    def must_enrol(self) -> bool:
        """Whether all rights wait until the person has a second factor, as a role demands."""
        return any(asks and not has for *_, asks, has in self._held)

    @cached_property
    def is_asked_for_factor(self) -> bool:
        """Whether a role of today demands a second factor of whoever uses its rights."""
        return any(asks for *_, asks, _ in self._held)

    @cached_property
    def has_factor(self) -> bool:
        found: bool = Authenticator.objects.filter(user=self, type__in=FACTORS).exists()
        return found

    @cached_property
    def _reaches(self) -> dict[str, Reach]:
        """Permission -> reach, from the assignments in force.

        One query, and one more for each kind of place among them, however many roles,
        permissions and places there are.
        """
        if self.must_enrol:
            return {}
        return self._reaching(
            scopes.reaches((kind, target) for _, kind, target, _, _ in self._held)
        )

    def _reaching(self, reach_in: Mapping[scopes.Scope, Reach]) -> dict[str, Reach]:
        held: dict[str, set[scopes.Scope]] = {}
        for permissions, kind, target, _, _ in self._held:
            for permission in permissions:
                held.setdefault(permission, set()).add((kind, target))
        known: dict[frozenset[scopes.Scope], Reach] = {}
        found = {}
        for name, places in held.items():
            together = frozenset(places)
            if together not in known:
                known[together] = scopes.together(reach_in[place] for place in places)
            found[name] = known[together]
        return found

    def withholds(self, permission: Permission) -> bool:
        """Whether nobody may use the permission through this account as it is used now.

        Because the account is closed, the key in use does not name it, or the person has not set
        the second factor that one of their roles demands.
        """
        if not self.is_active:
            return True
        if permission.held is Held.IN_PERSON:
            return self.limits is not None
        return (self.limits is not None and permission not in self.limits) or self.must_enrol

    def reach(self, permission: Permission) -> Reach:
        if self.withholds(permission):
            return NOWHERE
        if permission.held is Held.BY_ROLE:
            return self._reaches.get(permission, NOWHERE)
        return EVERYWHERE

    def allows(self, permission: Permission, subject: object | None = None) -> bool:
        if permission.held is Held.IN_PERSON and subject != self:
            return False
        return self.reach(permission).covers(subject)

    @property
    def permissions_held(self) -> list[str]:
        """Every permission held anywhere, sorted; for the screens' menus and for keys.

        Without those that are for the own account alone.
        """
        here = rooms_here()
        return sorted(
            permission
            for permission in all_permissions()
            if permission.held is not Held.IN_PERSON
            and permission.room in here
            and self.reach(permission)
        )
