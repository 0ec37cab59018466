from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models.person import Person
from accounts.models.rights import Role
from opium.models import Record


class MotionQuerySet(models.QuerySet["Motion"]):
    def open_now(self) -> "MotionQuerySet":
        return self.filter(ended_at=None, expires_at__gt=timezone.now())


class Motion(Record):
    """What one person proposes and a second one has to confirm before it counts."""

    class Kind(models.TextChoices):
        ADMINISTRATOR = "administrator", "rola administratora"
        PROVIDER = "provider", "sposób logowania"
        FACTORS = "factors", "usunięcie drugiego składnika"
        ADDRESS = "address", "zmiana adresu do logowania"
        PASSWORD = "password", "odnośnik do nowego hasła"

    class Outcome(models.TextChoices):
        CONFIRMED = "confirmed", "potwierdzono"
        REFUSED = "refused", "odmówiono"
        WITHDRAWN = "withdrawn", "wycofano"
        LAPSED = "lapsed", "bez decyzji w terminie"
        VOID = "void", "straciło ważność"

    kind = models.CharField(max_length=15, choices=Kind)
    proposer = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    """Who is to have the role, or whose way in is to change."""
    role = models.ForeignKey(
        Role, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    role_name = models.CharField(max_length=100, blank=True, default="")
    """What a role was called that is deleted; what ended before stays readable."""
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    provider_code = models.CharField(max_length=60, blank=True, default="")
    """Which provider is to let people in; another change of it is another motion."""
    address = models.EmailField(blank=True, default="")
    """Where the person is to sign in with from now on."""
    known_address = models.EmailField(blank=True, default="")
    """What the person signed in with when it was proposed."""
    known_factors = ArrayField(models.BigIntegerField(), default=list, blank=True)
    """Which factors and recovery codes the person had then, by id, sorted."""
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True, default="")
    decided_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )

    objects = MotionQuerySet.as_manager()

    obstacle: str
    """Set by `selectors.with_obstacles`: why the one who looks may not decide, in Polish; or ""."""

    class Meta:
        verbose_name = "sprawa do potwierdzenia"
        verbose_name_plural = "sprawy do potwierdzenia"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "person", "role", "provider_code"],
                condition=Q(ended_at=None),
                name="one_open_motion_for_the_same",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="motion_ends_with_an_outcome",
                condition=Q(ended_at=None, outcome="")
                | (Q(ended_at__isnull=False) & ~Q(outcome="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        match self.kind:
            case self.Kind.PROVIDER:
                return f"Sposób logowania „{self.provider_code}”"
            case self.Kind.FACTORS:
                return f"Usunięcie drugiego składnika: {self.person}"
            case self.Kind.ADDRESS:
                return f"Nowy adres do logowania {self.address}: {self.person}"
            case self.Kind.PASSWORD:
                return f"Odnośnik do nowego hasła na adres {self.known_address}: {self.person}"
        return f"Rola „{self.role or self.role_name}” w całym mieście: {self.person}"

    @property
    def is_open(self) -> bool:
        return self.ended_at is None and self.expires_at > timezone.now()

    @property
    def state(self) -> str:
        """`waiting` or what came of it; one whose day has passed is `lapsed` at once."""
        if self.outcome:
            return self.outcome
        return "waiting" if self.is_open else self.Outcome.LAPSED


RECOVERIES = (Motion.Kind.FACTORS, Motion.Kind.ADDRESS, Motion.Kind.PASSWORD)
"""How somebody with more rights than the proposer is let back in."""

MOTION_STATES = ["waiting", *Motion.Outcome.values]
"""What `Motion.state` says."""
