"""What is published, for procedures that name forms by their ids."""

from collections.abc import Collection
from uuid import UUID

from forms.models import FormRevision, UnitTable


def newest_revisions(forms: Collection[UUID]) -> dict[UUID, FormRevision]:
    """Form -> its newest revision, with the form; one not published or put away is left out."""
    newest = (
        FormRevision.objects.filter(form__in=forms, form__is_archived=False)
        .select_related("form")
        .order_by("form", "-number")
        .distinct("form")
    )
    return {revision.form_id: revision for revision in newest}


def table_columns() -> dict[str, list[str]]:
    """Every table of units of the city with the keys of its columns."""
    tables = UnitTable.objects.values_list("key", "columns")
    return {key: [column["key"] for column in columns] for key, columns in tables}
