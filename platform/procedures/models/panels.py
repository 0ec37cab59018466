from django.conf import settings
from django.db import models
from django.db.models import F, Q

from opium.models import Record
from procedures.models.cases import Case

PERSON = settings.AUTH_USER_MODEL


class Panel(Record):
    """A committee that plays one function in matters referred to it, instead of its holders.

    A module keeps it, such as a call its committees, and says who sits in it from when until when.
    """

    owner_kind = models.CharField(max_length=60)
    """`<module>.<noun>` of the record that keeps it."""
    owner_id = models.UUIDField()
    key = models.CharField(max_length=40)
    """Tells it from the others of its owner."""
    name = models.CharField("nazwa", max_length=200)
    function = models.CharField("funkcja", max_length=60)
    kind_id = models.UUIDField()
    """The kind of its matters, for roles held for one: the procedure."""
    each_to = models.PositiveSmallIntegerField("do ilu osób każda sprawa", null=True, blank=True)
    """To how many members each matter is allotted; None: to all."""

    class Meta:
        verbose_name = "komisja"
        verbose_name_plural = "komisje"
        constraints = [
            models.UniqueConstraint(
                fields=["owner_kind", "owner_id", "key"], name="one_panel_per_key_of_an_owner"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Phase(Record):
    """What is hidden from those who score in a panel, from a moment until another, to the second.

    The applicant with everything that tells who it is, or the members from one another.
    """

    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="phases")
    from_at = models.DateTimeField("od")
    to_at = models.DateTimeField("do", null=True, blank=True)
    """The first moment when it counts no more; None: until further notice."""
    hides_applicant = models.BooleanField("ukrywa wnioskodawcę", default=False)
    hides_members = models.BooleanField("ukrywa członków", default=False)

    class Meta:
        verbose_name = "okres oceny w ciemno"
        verbose_name_plural = "okresy oceny w ciemno"
        constraints = [
            models.CheckConstraint(
                name="phase_ends_after_it_begins",
                condition=Q(to_at=None) | Q(to_at__gt=F("from_at")),
            ),
            models.CheckConstraint(
                name="phase_hides_something",
                condition=Q(hides_applicant=True) | Q(hides_members=True),
            ),
        ]
        indexes = [models.Index(name="phase_by_panel", fields=["panel", "from_at"])]

    def __str__(self) -> str:
        return f"{self.panel}: od {self.from_at}"


class Nick(Record):
    """What a matter is called where its applicant is hidden: „Wniosek A-07”, for good.

    Drawn by lot, so that it tells neither who applies nor who was first.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="nick_row")
    owner_kind = models.CharField(max_length=60)
    owner_id = models.UUIDField()
    """Whose panels it is before: among the matters of these no other has the name."""
    name = models.CharField(max_length=40)

    class Meta:
        verbose_name = "kryptonim wniosku"
        verbose_name_plural = "kryptonimy wniosków"
        constraints = [
            models.UniqueConstraint(
                fields=["owner_kind", "owner_id", "name"], name="one_matter_per_nick"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Seat(Record):
    """Somebody's place in a panel, from a moment until another: it counts to the second."""

    class Part(models.TextChoices):
        MEMBER = "member", "członek"
        CHAIR = "chair", "przewodniczący"
        DEPUTY = "deputy", "zastępca przewodniczącego"
        SECRETARY = "secretary", "sekretarz (nie ocenia)"

    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    part = models.CharField("rola", max_length=10, choices=Part, default=Part.MEMBER)
    from_at = models.DateTimeField("od")
    to_at = models.DateTimeField("do", null=True, blank=True)
    """The first moment when it counts no more; None: until further notice."""

    is_allotted: bool
    """Set by `seating`: whether the matter that was asked about is theirs to score."""

    class Meta:
        verbose_name = "miejsce w komisji"
        verbose_name_plural = "miejsca w komisjach"
        constraints = [
            models.CheckConstraint(
                name="seat_ends_after_it_begins",
                condition=Q(to_at=None) | Q(to_at__gt=F("from_at")),
            ),
            models.UniqueConstraint(
                fields=["panel", "person", "from_at"], name="one_seat_from_a_moment"
            ),
        ]
        indexes = [models.Index(name="seat_by_person", fields=["person", "panel"])]

    def __str__(self) -> str:
        return f"{self.person}: {self.panel}"


class Referral(Record):
    """A matter before a panel, which plays the function in it from then on."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="referrals")
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="referrals")
    function = models.CharField(max_length=60)

    class Meta:
        verbose_name = "skierowanie do komisji"
        verbose_name_plural = "skierowania do komisji"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "function"], name="one_referral_per_case_and_function"
            ),
        ]
        indexes = [models.Index(name="referral_by_panel", fields=["panel", "case"])]

    def __str__(self) -> str:
        return f"{self.panel}: {self.case}"


class Allotment(Record):
    """A matter that is one member's to score; ended ones stay, with the reason."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="allotments")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    is_by_hand = models.BooleanField(default=False)
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    """None where the panel's rule made it."""
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField("powód", max_length=400, blank=True, default="")
    """Why it ended."""

    class Meta:
        verbose_name = "przydział"
        verbose_name_plural = "przydziały"
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "person"],
                condition=Q(ended_at=None),
                name="allotted_once",
            ),
        ]
        indexes = [models.Index(name="allotment_by_person", fields=["person", "referral"])]

    def __str__(self) -> str:
        return f"{self.person}: {self.referral}"


class Tie(Record):
    """Somebody's declared nearness to a unit or a person: they take no part in their matters.

    What sort of nearness it is nobody has to say, and nothing keeps it.
    """

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="ties")
    unit_id = models.UUIDField(null=True, blank=True)
    other = models.ForeignKey(
        PERSON, on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    name = models.CharField(max_length=300)
    """Of the unit or the person, as it was when they were declared."""
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "powiązanie"
        verbose_name_plural = "powiązania"
        constraints = [
            models.CheckConstraint(
                name="tie_is_to_a_unit_or_a_person",
                condition=Q(unit_id=None, other__isnull=False)
                | Q(unit_id__isnull=False, other=None),
            ),
            models.UniqueConstraint(
                fields=["person", "unit_id", "other"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
                name="one_tie_to_each",
            ),
        ]

    def __str__(self) -> str:
        return "powiązanie"  # the log names it so: to whom somebody is near is nobody's to read
