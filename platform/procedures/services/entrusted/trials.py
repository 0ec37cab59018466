"""Throwing away matters that were only tried out."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from files import services as files
from forms.services import entrusted as forms
from notifications.services import entrusted as notifications
from procedures import registry
from procedures.desk import hold
from procedures.models import Case, Event, Opinion, Panel, Vote
from procedures.services.correspondence import entrusted as correspondence
from procedures.services.entrusted.papers import PACKAGE
from procedures.waits import OWNER
from threads.services import entrusted as threads
from todo import services as todo
from todo.selectors import rows_of_subjects


@transaction.atomic
def discard_trials(*, cases: Collection[UUID], owner: tuple[str, UUID] | None = None) -> int:
    """Nothing is left of these trials but the entries of the log; a real matter stays as it is.

    Events, votes, opinions, letters, answers and all their files go, what waited for anybody, and
    what anybody was told; with `owner` its panels too, once no real matter is before them. Gives
    how many there were; again it is none.
    """
    hold(cases)
    trials = {one.pk: one for one in Case.objects.filter(pk__in=cases, is_trial=True)}
    ids = sorted(trials)
    events = Event.objects.filter(case__in=ids)
    waits = rows_of_subjects(OWNER).filter(subject_id__in=ids)
    notifications.forget(
        urls={registry.url_of(one) for one in trials.values()},
        subjects=[row.pk for rows in (events, waits) for row in rows.only("pk")],
    )
    todo.forget(subject_kind=OWNER, subjects=ids)
    threads.forget(OWNER, ids)
    correspondence.discard_letters(cases=ids)
    files.forget_makings(purpose=PACKAGE, owners=ids)
    for rows in (Vote, Opinion):
        rows.objects.filter(case__in=ids).delete()
    events.exclude(undoes=None).delete()
    events.all().delete()
    Case.objects.filter(pk__in=ids).delete()
    if owner is not None:
        Panel.objects.filter(owner_kind=owner[0], owner_id=owner[1], referrals=None).delete()
    forms.discard_trials(owner_kind=OWNER, owners=ids)
    return len(ids)
