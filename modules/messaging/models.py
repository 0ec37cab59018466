from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from opium.models import Record

PERSON = settings.AUTH_USER_MODEL


class Message(Record):
    """What somebody of the office writes; once sent, it never changes."""

    class State(models.TextChoices):
        DRAFT = "draft", "szkic"
        PENDING = "pending", "do akceptacji"
        SENT = "sent", "wysłana"

    subject = models.CharField("temat", max_length=200, blank=True, default="")
    body = models.TextField("treść", blank=True, default="")
    """Plain text; a line break is a line break."""
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    author = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    sent_at = models.DateTimeField(null=True, editable=False)
    frozen_recipients = models.JSONField(null=True, editable=False)
    """Whom it goes to ({units: [id], people: [id]}), settled when its acceptance was asked for."""
    trouble = models.CharField(max_length=1000, default="", blank=True, editable=False)
    """What the background could not do for it, as a sentence: who was not reached, and why."""
    search = models.TextField(default="", editable=False)
    """Subject and body, folded: what a search compares."""

    class Meta:
        verbose_name = "wiadomość"
        verbose_name_plural = "wiadomości"
        constraints = [
            models.CheckConstraint(
                name="message_sent_has_a_date_and_a_sender",
                condition=Q(state__in=["draft", "pending"], sent_at=None, sent_by=None)
                | Q(state="sent", sent_at__isnull=False, sent_by__isnull=False),
            ),
            models.CheckConstraint(
                name="message_pending_has_its_recipients",
                condition=~Q(state="pending") | Q(frozen_recipients__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="message_by_author", fields=["author", "-updated_at"]),
            models.Index(name="message_by_date", fields=["-sent_at"], condition=Q(state="sent")),
        ]

    def __str__(self) -> str:
        return self.subject or "(bez tematu)"


class Audience(Record):
    """Whom the author chose, as chosen; sending turns it into deliveries."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="audience")
    all_units = models.BooleanField(default=False)
    units = ArrayField(models.UUIDField(), default=list, blank=True)
    kinds = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    groups = ArrayField(models.UUIDField(), default=list, blank=True)
    people = ArrayField(models.UUIDField(), default=list, blank=True)

    def __str__(self) -> str:
        return f"Adresaci: {self.message}"


class Attachment(Record):
    """A file that goes out with the message."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey("files.File", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["message", "file"], name="one_attachment_per_file")
        ]

    def __str__(self) -> str:
        return str(self.file)


class AnswerRequest(Record):
    """What the sender wants back, and until when."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="answer_request")
    wants_text = models.BooleanField(default=False)
    wants_files = models.BooleanField(default=False)
    wants_workbook = models.BooleanField(default=False)
    template = models.ForeignKey(
        Attachment, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    """The workbook to be filled in; the pattern of the merge."""
    due_at = models.DateTimeField(null=True, blank=True)
    """An answer after this moment is accepted and marked late."""
    locks_at = models.DateTimeField(null=True, blank=True)
    """From this moment on nothing is accepted."""

    def __str__(self) -> str:
        return f"Prośba o odpowiedź: {self.message}"


class Delivery(Record):
    """The message as one unit or one person has it.

    What happened last is written beside it in the transaction of the event, so that a list is
    one query.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+", null=True)
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    delivered_at = models.DateTimeField(null=True)
    first_opened_at = models.DateTimeField(null=True)
    first_opened_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, related_name="+", null=True
    )
    openings = models.PositiveIntegerField(default=0)
    newest = models.OneToOneField(
        "messaging.Answer", on_delete=models.RESTRICT, related_name="+", null=True
    )
    """The answer that counts; the three fields below repeat it, so that lists need no join."""
    answer_version = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(null=True)
    is_late = models.BooleanField(default=False)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "doręczenie"
        constraints = [
            models.CheckConstraint(
                name="delivery_is_to_a_unit_or_a_person",
                condition=Q(unit=None, person__isnull=False) | Q(unit__isnull=False, person=None),
            ),
            models.UniqueConstraint(
                fields=["message", "unit"],
                name="one_delivery_per_unit",
                condition=Q(unit__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["message", "person"],
                name="one_delivery_per_person",
                condition=Q(person__isnull=False),
            ),
            models.CheckConstraint(
                name="delivery_is_opened_after_it_is_delivered",
                condition=Q(first_opened_at=None)
                | Q(delivered_at__isnull=False, first_opened_by__isnull=False, openings__gte=1),
            ),
            models.CheckConstraint(
                name="delivery_answered_has_a_version",
                condition=Q(newest=None, answered_at=None, answer_version=0, is_late=False)
                | Q(newest__isnull=False, answered_at__isnull=False, answer_version__gte=1),
            ),
        ]
        indexes = [
            models.Index(name="delivery_by_unit", fields=["unit"]),
            models.Index(name="delivery_by_person", fields=["person"]),
            models.Index(
                name="delivery_under_way", fields=["message"], condition=Q(delivered_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message}: {self.recipient_name}"

    @property
    def recipient_name(self) -> str:
        """The unit's short name, or the person's."""
        if self.person is not None:
            return self.person.display_name
        return self.unit.short_name if self.unit is not None else ""

    @property
    def url(self) -> str:
        """Where the screens show it to its recipients."""
        return f"/messaging/inbox/{self.pk}"


class Reading(Record):
    """A person opened the delivery, by pressing it, and how often."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="readings")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delivery", "person"], name="one_reading_per_person"),
            models.CheckConstraint(
                name="reading_ends_after_it_begins", condition=Q(last_at__gte=F("first_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.delivery}"


class Reminder(Record):
    """The sender chased a silent recipient."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="reminders")
    sent_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["delivery"],
                name="one_reminder_under_way",
                condition=Q(delivered_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"Ponaglenie: {self.delivery}"


class Answer(Record):
    """What a recipient sent back; a correction is a new version, and the newest counts."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="answers")
    version = models.PositiveSmallIntegerField()
    text = models.TextField("treść", blank=True, default="")
    author = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    is_late = models.BooleanField(default=False)
    despite_problems = models.BooleanField(default=False)
    """Sent although the workbook could not be read, as the sender of the answer decided."""
    problem = models.CharField(max_length=1000, blank=True, default="")

    class Meta:
        verbose_name = "odpowiedź"
        constraints = [
            models.UniqueConstraint(fields=["delivery", "version"], name="one_answer_per_version"),
            models.CheckConstraint(name="answers_count_from_one", condition=Q(version__gte=1)),
            models.CheckConstraint(
                name="answer_with_a_problem_was_meant",
                condition=Q(problem="") | Q(despite_problems=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delivery}, wersja {self.version}"


class AnswerFile(Record):
    class Role(models.TextChoices):
        FILE = "file", "plik"
        WORKBOOK = "workbook", "wypełniony arkusz"

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey("files.File", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=Role, default=Role.FILE)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "file"], name="one_answer_file_per_file"),
            models.UniqueConstraint(
                fields=["answer"],
                name="one_workbook_per_answer",
                condition=Q(role="workbook"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.file)


class Merge(Record):
    """One putting-together of all the newest workbooks of a message."""

    class Mode(models.TextChoices):
        AUTO = "auto", "według szablonu"
        STACK = "stack", "wiersze jeden pod drugim"
        FORM = "form", "jeden wiersz na jednostkę"
        SUM = "sum", "suma komórek"

    class State(models.TextChoices):
        WAITING = "waiting", "czeka"
        RUNNING = "running", "trwa"
        DONE = "done", "gotowe"
        FAILED = "failed", "nie powiodło się"

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="merges")
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.AUTO)
    """As asked for; `mode_used` is what AUTO turned out to be."""
    mode_used = models.CharField(max_length=10, choices=Mode, blank=True, default="")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    progress = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict)
    excerpts = models.JSONField(default=list)
    """What stands around each remarked cell; null for a remark of the report on no cell."""
    failure = models.CharField(max_length=1000, blank=True, default="")
    result = models.ForeignKey("files.File", on_delete=models.PROTECT, related_name="+", null=True)
    started_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "scalenie"
        constraints = [
            models.UniqueConstraint(
                fields=["message"],
                name="one_merge_under_way",
                condition=Q(state__in=["waiting", "running"]),
            ),
            models.CheckConstraint(
                name="merge_done_has_a_result",
                condition=~Q(state="done") | Q(result__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Scalenie: {self.message}"


class AcceptanceRule(Record):
    """Whose acceptance a message needs before it leaves: of a section, to a kind of audience.

    What is said for a section goes before what is said for the city, and a kind of audience
    before any.
    """

    class Audience(models.TextChoices):
        ANY = "any", "każdy odbiorca"
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
