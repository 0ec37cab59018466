"""What is published, for procedures that name forms by their ids."""

from collections.abc import Collection
from uuid import UUID

from forms.models import FormRevision


def newest_revisions(forms: Collection[UUID]) -> dict[UUID, FormRevision]:
    """Form -> its newest revision, with the form; one not published or put away is left out."""
    newest = (
        FormRevision.objects.filter(form__in=forms, form__is_archived=False)
        .select_related("form")
        .order_by("form", "-number")
        .distinct("form")
    )
    return {revision.form_id: revision for revision in newest}
