from django.conf import settings
from django.db import models
from django.db.models import Q

from opium.models import Record

PERSON = settings.AUTH_USER_MODEL
LONGEST = 5_000
"""Characters of one post."""


class Side(models.TextChoices):
    """On which side of the matter somebody stands."""

    OUTSIDE = "outside", "adresat albo wnioskodawca"
    OFFICE = "office", "urząd"


class Thread(Record):
    """What the two sides of one matter have asked each other and answered."""

    subject_kind = models.CharField(max_length=60)
    """What it is about, `<module>.<noun>`; `registry.Subject` tells the rest."""
    subject_id = models.UUIDField()
    group_id = models.UUIDField(null=True)
    """What several matters have in common, such as the message that they are deliveries of."""
    title = models.CharField(max_length=300)
    outside = models.CharField(max_length=200)
    """How the side that is no office is called."""

    waits_for_office: bool
    posts_count: int
    """Set by `selectors.threads_of_group`."""

    class Meta:
        verbose_name = "pytania i odpowiedzi"
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"], name="one_thread_per_matter"
            )
        ]
        indexes = [models.Index(name="thread_by_group", fields=["group_id"])]

    def __str__(self) -> str:
        return self.title


class Post(Record):
    """One thing that somebody asked or answered; nobody changes it any more."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="posts")
    side = models.CharField(max_length=10, choices=Side)
    author = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=200)
    text = models.TextField(blank=True, default="")
    wants_answer = models.BooleanField(default=False)
    shown_at = models.DateTimeField(null=True)
    """Since when the whole group sees it, without the name of who asked."""
    shown_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+", null=True)
    shown_question = models.CharField(max_length=2_000, blank=True, default="")
    """To what it is an answer, in the words in which the whole group reads it."""

    in_order: "list[PostFile]"
    """Set by `selectors`."""

    class Meta:
        verbose_name = "wpis"
        constraints = [
            models.CheckConstraint(
                name="post_shown_is_an_answer_of_the_office_to_a_question",
                condition=Q(shown_at=None, shown_by=None, shown_question="")
                | (
                    Q(shown_at__isnull=False, shown_by__isnull=False, side="office")
                    & ~Q(shown_question="")
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.author_name}: {self.text[:60]}"


class PostFile(Record):
    """A file that was said with a post."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey("files.File", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "file"], name="one_post_file_per_file")
        ]

    def __str__(self) -> str:
        return str(self.file)
