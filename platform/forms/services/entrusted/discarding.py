"""Throwing away the sheets of a matter that was only tried out."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from files import services as files
from forms.models import Sheet, SheetFile, SheetVersion
from forms.registry import SHEET
from forms.services.printing import PURPOSE
from notifications.services import entrusted as notifications
from todo import services as todo
from todo.selectors import rows_of_subjects


@transaction.atomic
def discard_trials(*, owner_kind: str, owners: Collection[UUID]) -> int:
    """Nothing is left of these owners' trial sheets: answers, versions, files, what waits for them.

    A sheet that is no trial stays as it is. Gives how many there were; again it is none.
    """
    sheets = Sheet.objects.filter(owner_kind=owner_kind, owner_id__in=owners, is_trial=True)
    ids = list(sheets.select_for_update().order_by("pk").values_list("pk", flat=True))
    answers = SheetFile.objects.filter(sheet__in=ids).select_related("file")
    uploads = [one.file for one in answers]
    answers.delete()
    for upload in uploads:
        files.discard(file=upload)
    files.forget_makings(purpose=PURPOSE, owners=ids)
    SheetVersion.objects.filter(sheet__in=ids).delete()
    waits = rows_of_subjects(SHEET).filter(subject_id__in=ids)
    notifications.forget(urls=(), subjects=[one.pk for one in waits.only("pk")])
    todo.forget(subject_kind=SHEET, subjects=ids)
    Sheet.objects.filter(pk__in=ids).delete()
    return len(ids)
