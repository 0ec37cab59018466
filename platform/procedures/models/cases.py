from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from opium.models import Record
from procedures.models.procedures import Procedure, ProcedureRevision

PERSON = settings.AUTH_USER_MODEL


class Case(Record):
    """One matter on its way through a revision of a procedure; where it stands is stored here.

    Only `services.steps` writes it, each time with a row of `Event` in the same transaction.
    """

    class State(models.TextChoices):
        OPEN = "open", "w toku"
        CLOSED = "closed", "zakończona"

    class Meaning(models.TextChoices):
        NONE = "", "jeszcze bez wyniku"
        POSITIVE = "positive", "załatwiona pozytywnie"
        NEGATIVE = "negative", "załatwiona odmownie"
        WITHDRAWN = "withdrawn", "wycofana"

    class Side(models.TextChoices):
        APPLICANT = "applicant", "wnioskodawca"
        OFFICE = "office", "urząd"
        ASKED = "asked", "zapytani o opinię"
        NOBODY = "nobody", "nikt"

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="cases")
    revision = models.ForeignKey(ProcedureRevision, on_delete=models.PROTECT, related_name="cases")
    stage = models.CharField(max_length=60)
    stage_kind = models.CharField(max_length=60)
    stage_name = models.CharField(max_length=200)
    public_name = models.CharField(max_length=200)
    """What the applicant reads of the stage."""
    round = models.PositiveIntegerField(default=1)
    """How many times this stage has been entered."""
    entered = models.JSONField(default=dict)
    """Stage -> {round, order, at}: how often and when it was entered last; one entry a stage.

    Besides `undone` where the case has gone back over it since.
    """
    facts = models.JSONField(default=dict)
    """Stage -> {fact: value} of its newest round, for conditions and letters."""
    clocks = models.JSONField(default=dict)
    """Stage -> {days, counted}: what was left of its deadline when the clock was stopped."""
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    meaning = models.CharField(max_length=10, choices=Meaning, default=Meaning.NONE, blank=True)
    subject_kind = models.CharField(max_length=60, blank=True, default="")
    """The kind of another module's record that runs through the procedure; "" for none."""
    subject_id = models.UUIDField(null=True, blank=True)
    intake = models.CharField(max_length=60, blank=True, default="")
    """By which way of a module's own it came in (`registry.intake`); "" where by hand."""
    reference_day = models.DateField(null=True, blank=True, editable=False)
    """What its forms reckon ages and school years from, where its intake has said so."""
    is_trial = models.BooleanField(default=False, editable=False)
    """Tried out only: it takes no sign and no money, is counted nowhere, and is thrown away whole.

    The database lets it be neither taken back nor set later (migration 0010).
    """
    unit_id = models.UUIDField(null=True, blank=True)
    unit_name = models.CharField(max_length=200, blank=True, default="")
    """The unit's short name when the matter was opened, for lists."""
    section_id = models.UUIDField(null=True, blank=True)
    applicant = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    """Who applies, where it is a person's matter and not a unit's."""
    opened_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    authors = ArrayField(models.UUIDField(), default=list, blank=True)
    """Who opened, submitted or corrected it: they do not approve their own."""
    sheet = models.ForeignKey(
        "forms.Sheet", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    title = models.CharField("tytuł", max_length=300)
    sign = models.CharField("znak", max_length=100, blank=True, default="")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    """The number of the newest event: whoever acts on an older one is told."""
    ball_side = models.CharField(max_length=10, choices=Side, default=Side.NOBODY)
    ball_since = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    """The end of the day by which the stage should be done."""
    paused_at = models.DateTimeField(null=True, blank=True)
    """Since when the clock of an earlier stage stands, while the other side has the ball."""
    seconds_paused = models.PositiveBigIntegerField(default=0)
    trouble = models.CharField(max_length=1000, blank=True, default="")
    """What the background could not do for it since its last step, as a sentence."""
    search = models.TextField(default="", editable=False)

    events: models.Manager["Event"]

    # Annotations: there where a selector has read them, so each is set by the one that it names.
    waited_for: list[str]
    """`selectors.case_list.with_ball`: the names of whom the case waits for."""
    is_from_office: bool
    """`selectors.case_list.with_sides`: whether the actor sees it as the office does."""
    is_on_applicants_side: bool
    """`selectors.case_list.with_applicants_side`: whether it is the actor's own side."""
    nick: str | None
    """`case_list.whole_case_visible_to`: its name for those from whom the applicant is hidden."""
    hides_members: bool
    """Likewise: whether those who score it are hidden from the actor, who scores it too."""
    is_scored: bool
    scores: int
    """`selectors.scoring.scored_by`: whether the actor has scored it, and how many have."""
    vote_rows: list[dict[str, Any]]
    opinion_rows: list[dict[str, Any]]
    excluded_rows: list[dict[str, Any]]
    """`rows.with_rows`: what `rows.Rows` is made of."""
    allotted_to: list[str]
    """`selectors.panels.matters_before`: ids of those whose it is to score."""
    letter_rows: list[dict[str, Any]]
    last_row: dict[str, Any] | None
    entered_row: dict[str, Any] | None
    """`rows.with_page`."""

    class Meta:
        verbose_name = "sprawa"
        verbose_name_plural = "sprawy"
        constraints = [
            models.CheckConstraint(
                name="case_closed_has_a_date_and_a_meaning",
                condition=Q(state="open", closed_at=None, meaning="")
                | (Q(state="closed", closed_at__isnull=False) & ~Q(meaning="")),
            ),
            models.CheckConstraint(
                name="case_closed_waits_for_nobody",
                condition=Q(state="open") | Q(ball_side="nobody", due_at=None),
            ),
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"],
                condition=Q(state="open") & Q(subject_id__isnull=False),
                name="one_open_case_per_subject",
            ),
        ]
        indexes = [
            models.Index(name="case_by_unit", fields=["unit_id", "-opened_at"]),
            models.Index(name="case_by_procedure", fields=["procedure", "state", "stage"]),
            models.Index(name="case_by_due", fields=["due_at"], condition=Q(state="open")),
            models.Index(name="case_by_opening", fields=["-opened_at", "-id"]),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.sign, self.title)))

    @property
    def kind_id(self) -> UUID:
        """The kind of matter, for roles and functions held for one."""
        return self.procedure_id

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class Opinion(Record):
    """A question to a person or a unit about a case, and the answer."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="opinions")
    stage = models.CharField(max_length=60)
    round = models.PositiveIntegerField()
    person = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    unit_id = models.UUIDField(null=True, blank=True)
    whom = models.CharField(max_length=300)
    """The name of the person or the unit, as it was when they were asked."""
    question = models.TextField("pytanie")
    asked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    asked_at = models.DateTimeField()
    asked_in = models.PositiveIntegerField()
    """The number of the event."""
    due_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_in = models.PositiveIntegerField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    answered_in = models.PositiveIntegerField(null=True, blank=True)
    verdict = models.CharField(max_length=3, blank=True, default="")
    """`yes`, `no`, or "" until it is answered."""
    answer = models.TextField("odpowiedź", blank=True, default="")

    class Meta:
        verbose_name = "opinia"
        verbose_name_plural = "opinie"
        constraints = [
            models.CheckConstraint(
                name="opinion_is_asked_of_a_person_or_a_unit",
                condition=Q(person=None, unit_id__isnull=False)
                | Q(person__isnull=False, unit_id=None),
            ),
            models.CheckConstraint(
                name="opinion_answered_has_a_verdict",
                condition=Q(answered_at=None, verdict="")
                | Q(answered_at__isnull=False, verdict__in=["yes", "no"]),
            ),
        ]
        indexes = [
            models.Index(name="opinion_by_case", fields=["case", "stage", "round"]),
            models.Index(name="opinion_by_person", fields=["person"]),
            models.Index(name="opinion_by_unit", fields=["unit_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.whom}: {self.question[:60]}"


class Event(Record):
    """One step of a case, as it was; the database refuses to change or remove it.

    Names and sentences are kept as they were on the day, so that the whole story reads from these
    rows alone.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    action = models.CharField(max_length=60)
    """A transition's key, an act's code, or `open`, `undo`, `move`, `hand_over`."""
    label = models.CharField(max_length=200)
    from_stage = models.CharField(max_length=60, blank=True, default="")
    from_name = models.CharField(max_length=200, blank=True, default="")
    to_stage = models.CharField(max_length=60, blank=True, default="")
    to_name = models.CharField(max_length=200, blank=True, default="")
    """Where it went; "" where the case stayed."""
    to_public_name = models.CharField(max_length=200, blank=True, default="")
    outcome = models.CharField(max_length=60, blank=True, default="")
    actor = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    actor_name = models.CharField(max_length=201)
    in_place_of = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    in_place_of_name = models.CharField(max_length=201, blank=True, default="")
    part = models.CharField(max_length=60, blank=True, default="")
    """In what part they acted: a function's code, `applicant`, `asked`, or "" for none."""
    function = models.CharField(max_length=150, blank=True, default="")
    """The name of that function."""
    reason = models.TextField("powód", blank=True, default="")
    data: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    details = models.JSONField(default=list)
    """The same for people: [{label, value}]."""
    is_public = models.BooleanField(default=False)
    """Whether the applicant may read it: a step between stages, not a deed inside one."""
    before = models.JSONField(default=dict)
    """What undoing it brings back to the case."""
    is_undoable = models.BooleanField(default=False)
    sheet_version = models.PositiveIntegerField(null=True, blank=True)
    """The version of the application that was submitted with it."""
    undoes = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="undone_by", null=True, blank=True
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = "zdarzenie sprawy"
        verbose_name_plural = "zdarzenia spraw"
        ordering = ["case", "number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_event_per_number"),
            models.CheckConstraint(name="events_count_from_one", condition=Q(number__gte=1)),
        ]
        indexes = [models.Index(name="event_by_actor", fields=["actor", "case"])]

    def __str__(self) -> str:
        return f"{self.number}. {self.label}"


class Vote(Record):
    """What one person has said in a stage and round: an approval's verdict, or a score."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="votes")
    stage = models.CharField(max_length=60)
    stage_name = models.CharField(max_length=200)
    round = models.PositiveIntegerField()
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    in_place_of = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    function = models.CharField(max_length=60)
    verdict = models.CharField(max_length=60)
    """An outcome of the stage's kind, or `scored`."""
    verdict_label = models.CharField(max_length=200)
    points = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    reason = models.TextField("powód", blank=True, default="")
    at = models.DateTimeField()
    cast_in = models.PositiveIntegerField()
    """The number of the event."""
    is_valid = models.BooleanField(default=True)
    cancelled_in = models.PositiveIntegerField(null=True, blank=True)
    """The event that took it back: a send-back, or an undoing."""

    class Meta:
        verbose_name = "głos"
        verbose_name_plural = "głosy"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "stage", "round", "person", "function"],
                condition=Q(is_valid=True),
                name="one_valid_vote_per_person_and_function",
            ),
            models.CheckConstraint(
                name="vote_with_points_is_a_score",
                condition=Q(points=None) | Q(verdict="scored"),
            ),
        ]
        indexes = [models.Index(name="vote_by_person", fields=["person", "case"])]

    def __str__(self) -> str:
        return f"{self.person}: {self.verdict_label}"


class Exclusion(Record):
    """Somebody who takes no part in a stage of a case: a conflict of interests."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="exclusions")
    stage = models.CharField(max_length=60)
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=400)
    is_declared = models.BooleanField()
    """Whether they said so themselves; otherwise it is known from data."""
    excluded_in = models.PositiveIntegerField()
    lifted_in = models.PositiveIntegerField(null=True, blank=True)

    title: str
    """`selectors.reopening.own_conflicts`: what the case is called to them."""

    class Meta:
        verbose_name = "wyłączenie"
        verbose_name_plural = "wyłączenia"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "stage", "person"],
                condition=Q(lifted_in=None),
                name="one_exclusion_per_person_and_stage",
            ),
            models.CheckConstraint(
                name="exclusion_is_lifted_after_it_was_made",
                condition=Q(lifted_in=None) | Q(lifted_in__gte=F("excluded_in")),
            ),
        ]
        indexes = [models.Index(name="exclusion_by_person", fields=["person", "case"])]

    def __str__(self) -> str:
        return f"{self.person}: {self.reason}"
