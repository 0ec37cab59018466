from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from accounts import scopes
from accounts.models.person import Person
from accounts.models.rights import Role
from opium.models import Record


class JoiningQuerySet(models.QuerySet["Joining"]):
    def open_now(self) -> "JoiningQuerySet":
        return self.filter(ended_at=None, expires_at__gt=timezone.now())


class Joining(Record):
    """Somebody asks the owner of an address into a place; nothing counts before that one agrees.

    What it says of the owner is what the asker has typed. `person` is whose account has that
    address, and nobody but that person is told whether there is one.
    """

    class Outcome(models.TextChoices):
        AGREED = "agreed", "zgoda"
        DECLINED = "declined", "odmowa"
        WITHDRAWN = "withdrawn", "wycofana"
        LAPSED = "lapsed", "bez odpowiedzi w terminie"
        VOID = "void", "nieważna"

    asker = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(max_length=254)
    first_name = models.CharField(max_length=100)
    last_name = models.CharField(max_length=100)
    phone = models.CharField(max_length=30, blank=True, default="")
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    role = models.ForeignKey(
        Role, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    scope_kind = models.CharField(max_length=20)
    scope_id = models.UUIDField(null=True, blank=True)
    position = models.CharField(max_length=100, blank=True, default="")
    expires_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True, default="")

    objects = JoiningQuerySet.as_manager()

    scope_name: str
    """Set by `selectors.with_places`: what people call the place."""

    class Meta:
        verbose_name = "prośba o dołączenie"
        verbose_name_plural = "prośby o dołączenie"
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "scope_kind",
                "scope_id",
                condition=Q(ended_at=None),
                name="one_open_joining_per_place",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="joining_ends_with_an_outcome",
                condition=Q(ended_at=None, outcome="")
                | (Q(ended_at__isnull=False) & ~Q(outcome="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.email})"

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.email

    @property
    def is_open(self) -> bool:
        return self.ended_at is None and self.expires_at > timezone.now()

    @property
    def place(self) -> str:
        """What people call the place; one query."""
        return scopes.names([self.scope]).get(self.scope, "—")

    @property
    def sentence(self) -> str:
        """„dołączył(a) do: SP nr 2 (stanowisko: sekretarz), z rolą „Sekretariat””; one query."""
        position = f" (stanowisko: {self.position})" if self.position else ""
        role = f", z rolą „{self.role}”" if self.role is not None else ""
        return f"dołączył(a) do: {self.place}{position}{role}"

    @property
    def scope(self) -> scopes.Scope:
        return self.scope_kind, self.scope_id

    @property
    def state(self) -> str:
        """`waiting` or what came of it; one whose day has passed is `lapsed` at once."""
        if self.outcome:
            return self.outcome
        return "waiting" if self.is_open else self.Outcome.LAPSED


STATES = ["waiting", *Joining.Outcome.values]
"""What `Joining.state` says."""
