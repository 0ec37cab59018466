"""Questions about dictionaries and tables of units."""

from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet, TextField
from django.db.models.functions import Cast

from forms.models import Dictionary, DictionaryEntry, Form, FormRevision, UnitTable, UnitTableRow
from forms.permissions import views_lists
from opium.permissions import Actor
from units.selectors import unit_facts


def dictionaries_visible_to(actor: Actor) -> QuerySet[Dictionary]:
    """By name, each with its entries in order, for whoever makes forms or keeps lists."""
    dictionaries = Dictionary.objects.order_by("sort_key", "pk").prefetch_related(
        Prefetch("entries", DictionaryEntry.objects.order_by("position", "id"))
    )
    return dictionaries if views_lists(actor) else dictionaries.none()


def tables_visible_to(actor: Actor) -> QuerySet[UnitTable]:
    """By name, each with `row_count`, for whoever makes forms or keeps lists."""
    tables = UnitTable.objects.annotate(row_count=Count("rows")).order_by("sort_key", "pk")
    return tables if views_lists(actor) else tables.none()


def rows_of(table: UnitTable) -> QuerySet[UnitTableRow]:
    """In the order in which they came; ask before who sees the table."""
    return UnitTableRow.objects.filter(table=table).order_by("id")


def unit_names(ids: list[UUID]) -> dict[UUID, str]:
    """Unit -> its short name; an unknown one is left out."""
    return {unit: facts.get("short_name", "") for unit, facts in unit_facts(ids).items()}


def forms_naming(*, dictionary: str = "", table: str = "") -> list[str]:
    """Names of the forms whose draft or any revision uses the dictionary or the table."""
    quoted = f'"dictionary": "{dictionary}"' if dictionary else f'\\"{table}\\"'
    drafts = Form.objects.alias(text=Cast("draft", TextField())).filter(text__contains=quoted)
    published = FormRevision.objects.alias(text=Cast("definition", TextField())).filter(
        text__contains=quoted
    )
    found = Form.objects.filter(
        Q(pk__in=drafts.values("pk")) | Q(pk__in=published.values("form"))
    ).order_by("sort_key")
    return list(found.values_list("name", flat=True))
