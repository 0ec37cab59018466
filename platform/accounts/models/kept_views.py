from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.models.person import Person
from opium.models import Record


class KeptView(Record):
    """How one person looks at one list: which columns, in which order of rows, narrowed by what.

    `screen` (which list) and `columns` are the screens' own stable names; the server compares them
    with nothing, so one that a later edition does not know is passed over where it is shown.
    Without a name it is how the list stands whenever no other is chosen: one for each list.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    screen = models.CharField(max_length=60)
    name = models.CharField(max_length=60, default="", blank=True)
    columns = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    """None of them: as the list comes."""
    ordering = models.CharField(max_length=100, default="", blank=True)
    filters = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = "widok listy"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "screen", "name"], name="one_kept_view_of_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name or "układ kolumn"
