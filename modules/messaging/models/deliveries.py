from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from modules.messaging.models.messages import AnswerRequest, Message
from opium.models import Record
from opium.polish import format_date

PERSON = settings.AUTH_USER_MODEL


class Delivery(Record):
    """The message as one unit or one person has it.

    What happened last is written beside it in the transaction of the event, so that a list is
    one query.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+", null=True)
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    own_due_at = models.DateTimeField(null=True)
    """Its own deadline, where that differs from the message's; `due_in` says which counts."""
    own_locks_at = models.DateTimeField(null=True)
    """The closing that belongs to the own deadline; None where the message has none."""
    delivered_at = models.DateTimeField(null=True)
    recalled_at = models.DateTimeField(null=True)
    """When it was taken back from a recipient who had not opened it: they do not see it any more,
    and it counts nowhere but among the recalled."""
    recalled_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    handed_to = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    """Whose matter it is within the unit, where somebody gave it to a colleague."""
    handed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    handed_at = models.DateTimeField(null=True)
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

    # There where a selector has read them, each set by the one that it names.
    late: bool | None
    """`selectors.deliveries_of`: whether the answer is late, or the deadline passed without one."""
    opened_at: datetime | None
    """`selectors.inbox_of`: when this very reader opened it."""

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
                name="delivery_recalled_was_never_opened",
                condition=Q(recalled_at=None, recalled_by=None)
                | Q(recalled_at__isnull=False, first_opened_at=None, answer_version=0),
            ),
            models.CheckConstraint(
                name="delivery_handed_knows_by_whom_and_when",
                condition=Q(handed_to=None, handed_by=None, handed_at=None)
                | Q(
                    handed_to__isnull=False,
                    handed_by__isnull=False,
                    handed_at__isnull=False,
                    unit__isnull=False,
                ),
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

    def due_in(self, request: AnswerRequest) -> datetime | None:
        """The recipient's deadline: an own one, or the message's."""
        return self.own_due_at or request.due_at

    def lock_in(self, request: AnswerRequest) -> datetime | None:
        """From when on nothing is accepted from this recipient."""
        return self.own_locks_at or request.locks_at

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
    """What a recipient sent back; a correction is a new version, and the newest counts.

    One with a ground is no recipient's own: its author, of the office, entered for the unit what
    came on paper, by telephone or by e-mail.
    """

    class Ground(models.TextChoices):
        LETTER = "letter", "pismo"
        EMAIL = "email", "e-mail"
        PHONE = "phone", "rozmowa telefoniczna"

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="answers")
    version = models.PositiveSmallIntegerField()
    text = models.TextField("treść", blank=True, default="")
    author = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    is_late = models.BooleanField(default=False)
    despite_problems = models.BooleanField(default=False)
    """Sent although the workbook could not be read, as the sender of the answer decided."""
    problem = models.CharField(max_length=1000, blank=True, default="")
    ground = models.CharField("podstawa", max_length=10, choices=Ground, blank=True, default="")
    """On what it was entered for the unit; empty where the recipient answered."""
    ground_on = models.DateField("dzień podstawy", null=True, blank=True)
    ground_words = models.CharField("znak albo rozmówca", max_length=200, blank=True, default="")

    in_order: "list[AnswerFile]"
    """Set by `selectors.with_files`."""

    class Meta:
        verbose_name = "odpowiedź"
        constraints = [
            models.UniqueConstraint(fields=["delivery", "version"], name="one_answer_per_version"),
            models.CheckConstraint(name="answers_count_from_one", condition=Q(version__gte=1)),
            models.CheckConstraint(
                name="answer_with_a_problem_was_meant",
                condition=Q(problem="") | Q(despite_problems=True),
            ),
            models.CheckConstraint(
                name="answer_entered_has_its_whole_ground",
                condition=Q(ground="", ground_on=None, ground_words="")
                | (
                    Q(ground__in=["letter", "email", "phone"], ground_on__isnull=False)
                    & ~Q(ground_words="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delivery}, wersja {self.version}"

    def entered_for(self, name: str) -> str:
        """By whom and on what ground it was entered for the recipient; empty for an own answer."""
        if self.ground_on is None:
            return ""
        author = self.author.display_name
        return told_ground(self.ground, self.ground_on, self.ground_words, whose=name, by=author)


def told_ground(ground: str, on: date, words: str, *, whose: str, by: str) -> str:
    """The one sentence by which an answer entered for a unit is told from an own one."""
    label = Answer.Ground(ground).label
    return (
        f"Wpisane w imieniu {whose}, na podstawie: {label} z dnia {format_date(on)}, {words}. "
        f"Wpisał(a): {by}."
    )


class FileRequest(Record):
    """The sender asked for a new file in place of one that could not be merged.

    As long as that answer counts, its recipient may send another, also where answers are closed.
    """

    answer = models.OneToOneField(Answer, on_delete=models.CASCADE, related_name="file_request")
    reason = models.CharField("powód", max_length=1000)
    """Why the file could not be merged, as the report of the merge says it."""
    asked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        verbose_name = "prośba o nowy plik"

    def __str__(self) -> str:
        return f"Prośba o nowy plik: {self.answer}"


class AnswerFile(Record):
    class Role(models.TextChoices):
        FILE = "file", "plik"
        WORKBOOK = "workbook", "wypełniony arkusz"
        SCAN = "scan", "skan podstawy"

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
            models.UniqueConstraint(
                fields=["answer"], name="one_scan_per_answer", condition=Q(role="scan")
            ),
        ]

    def __str__(self) -> str:
        return str(self.file)
