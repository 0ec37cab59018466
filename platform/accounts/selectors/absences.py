"""Who is absent today, and who takes their matters."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils import timezone

from accounts.models import Person, Substitution
from opium.prepared import Prepared

_of_day = Prepared(
    lambda today: (
        Substitution.objects.in_force_on(today)
        .filter(substitute__is_active=True)
        .select_related("person", "substitute")
    )
)


class Absences:
    """Everybody's substitutes of today, read once: one query for any number of questions."""

    def __init__(self) -> None:
        rows = _of_day.all(today=timezone.localdate())
        self._absent = {one.person_id: one.person for one in rows}
        self._substitutes = {one.person_id: one.substitute for one in rows}

    def present(self, person: Person) -> Person:
        """Who has the person's matters: they themselves, or the last of a chain of substitutes."""
        return self._present(person.pk) or person

    def stood_in_for(self, people: Collection[Person]) -> Mapping[UUID, list[Person]]:
        """Person -> everybody whose matters come to them, in Polish order of surnames."""
        found: dict[UUID, list[Person]] = {one.pk: [] for one in people}
        for pk, absent in sorted(self._absent.items(), key=lambda one: one[1].sort_key):
            stand_in = self._present(pk)
            if stand_in is not None and stand_in.pk in found and stand_in.pk != pk:
                found[stand_in.pk].append(absent)
        return found

    def _present(self, absent: UUID) -> Person | None:
        """None for somebody who is there; whoever closes a circle of substitutes has it."""
        found, seen = None, {absent}
        pk = absent
        while pk in self._substitutes and self._substitutes[pk].pk not in seen:
            found = self._substitutes[pk]
            pk = found.pk
            seen.add(pk)
        return found
