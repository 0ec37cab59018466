from django.conf import settings
from django.db import models

from opium.models import Record

PERSON = settings.AUTH_USER_MODEL


class AcceptanceRule(Record):
    """Whose acceptance a message needs before it leaves: of a section, to a kind of audience.

    What is said for a section goes before what is said for the city, and a kind of audience
    before any.
    """

    class Audience(models.TextChoices):
        ANY = "any", "każdy adresat"
        ALL_UNITS = "all_units", "wszystkie jednostki"
        KINDS = "kinds", "rodzaje jednostek"
        GROUPS = "groups", "grupy"
        UNITS = "units", "wybrane jednostki"
        PEOPLE = "people", "osoby"

    class Chain(models.TextChoices):
        NONE = "none", "bez akceptacji"
        HEAD = "head", "kierownik referatu"
        HEAD_AND_DIRECTOR = "head_and_director", "kierownik referatu, potem dyrektor"

    section = models.ForeignKey(
        "units.Section", on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    """None: the whole city."""
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.ANY)
    chain = models.CharField(max_length=20, choices=Chain)
    allows_links = models.BooleanField("akceptacja z e-maila", default=True)
    """Whether whoever accepts may do so from the letter, without signing in."""

    class Meta:
        verbose_name = "zasada akceptacji"
        verbose_name_plural = "zasady akceptacji"
        constraints = [
            models.UniqueConstraint(
                fields=["section", "audience"],
                name="one_acceptance_rule_per_audience",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.section or 'całe miasto'}, {self.get_audience_display()}"


class AcceptanceChain(Record):
    """The city's own procedure for a chain; made on first need, changed in the editor after."""

    code = models.CharField(max_length=20, choices=AcceptanceRule.Chain, unique=True)
    procedure = models.ForeignKey(
        "procedures.Procedure", on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return self.get_code_display()


class AcceptanceLink(Record):
    """A letter's link that lets one person decide on one message once; its secret is not kept."""

    case_id = models.UUIDField()
    case_version = models.PositiveIntegerField()
    """What the person was asked about: when the case has moved on the link opens nothing."""
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    """When the person's ways in were ended, as at a reset of the password."""

    class Meta:
        verbose_name = "odnośnik do akceptacji"
        constraints = [
            models.UniqueConstraint(
                name="one_acceptance_link_per_step", fields=["case_id", "case_version", "person"]
            )
        ]

    def __str__(self) -> str:
        return str(self.person)
