"""What filling a form may know from outside, fetched beforehand for any number of sheets."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from accounts import selectors as accounts
from forms.definition import Column, Definition, Question
from forms.expressions import Value
from forms.filling import Facts, FileFact
from forms.models import DictionaryEntry, SheetFile, UnitTable, UnitTableRow
from units.selectors import unit_facts

FILE_TYPES = frozenset({"file", "workbook"})


@dataclass(frozen=True, slots=True)
class Answered:
    """Answers to be looked at, and the unit that gave them."""

    definition: Definition
    answers: Mapping[str, Any]
    unit_id: UUID | None


def facts_for(
    definition: Definition,
    answers: Mapping[str, Any],
    unit_id: UUID | None,
    *,
    today: date | None = None,
    is_past: bool = False,
) -> Facts:
    """The facts of one sheet; see `facts_of_many`."""
    [facts] = facts_of_many([Answered(definition, answers, unit_id)], today=today, is_past=is_past)
    return facts


def facts_of_many(
    sheets: Sequence[Answered], *, today: date | None = None, is_past: bool = False
) -> list[Facts]:
    """The facts of each, in a number of queries that does not grow.

    `is_past` is for looking at what was submitted: entries of dictionaries that are offered no
    longer still have their labels.
    """
    day = today or timezone.localdate()
    named = {unit for one in sheets for unit in units_in(one.definition, one.answers)}
    given = {one.unit_id for one in sheets if one.unit_id is not None}
    units = unit_facts(named | given)
    files = _files({file for one in sheets for file in files_in(one.definition, one.answers)})
    people = _people({who for one in sheets for who in people_in(one.definition, one.answers)})
    used = {key for one in sheets for key in dictionaries_in(one.definition)}
    dictionaries = _dictionaries(used, is_past=is_past)
    tables = _tables(given)
    by_text = {str(unit): facts for unit, facts in units.items()}
    return [
        Facts(
            today=day,
            unit=units.get(one.unit_id) if one.unit_id else None,
            own=str(one.unit_id) if one.unit_id else "",
            tables=tables.get(one.unit_id, {}) if one.unit_id else {},
            dictionaries=dictionaries,
            units=by_text,
            files=files,
            people=people,
            most_steps=settings.FORM_STEPS,
        )
        for one in sheets
    ]


def dictionaries_in(definition: Definition) -> Iterator[str]:
    """Keys of the dictionaries that the questions and columns offer."""
    for question in definition.questions():
        for asked in _with_columns(question):
            if asked.options.dictionary:
                yield asked.options.dictionary


def units_in(definition: Definition, answers: Mapping[str, Any]) -> Iterator[UUID]:
    """The units that the answers name."""
    return _ids(definition, answers, frozenset({"unit"}))


def files_in(definition: Definition, answers: Mapping[str, Any]) -> Iterator[UUID]:
    """The uploaded files that the answers name."""
    return _ids(definition, answers, FILE_TYPES)


def _with_columns(question: Question) -> list[Question | Column]:
    return [question, *question.options.columns]


def people_in(definition: Definition, answers: Mapping[str, Any]) -> Iterator[UUID]:
    """The people whom the answers name."""
    return _ids(definition, answers, frozenset({"person"}))


def _ids(
    definition: Definition, answers: Mapping[str, Any], types: frozenset[str]
) -> Iterator[UUID]:
    for asked, value in _values(definition, answers):
        if asked.type in types:
            for one in value if isinstance(value, list) else [value]:
                if (found := as_id(one)) is not None:
                    yield found


def _values(
    definition: Definition, answers: Mapping[str, Any]
) -> Iterator[tuple[Question | Column, Any]]:
    for question in definition.questions():
        value = answers.get(question.key)
        if question.type != "table":
            yield question, value
        elif isinstance(value, list):
            rows = [row for row in value if isinstance(row, Mapping)]
            for column in question.options.columns:
                yield from ((column, row.get(column.key)) for row in rows)


def as_id(value: object) -> UUID | None:
    """The id that an answer says; None where it is none."""
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _files(ids: set[UUID]) -> dict[str, FileFact]:
    if not ids:
        return {}
    found = SheetFile.objects.filter(file__in=ids).values_list("file", "file__name", "file__size")
    return {str(pk): FileFact(name, size) for pk, name, size in found}


def _people(ids: set[UUID]) -> dict[str, str]:
    names = accounts.names_of(ids) if ids else {}
    return {str(pk): name for pk, name in names.items()}


def _dictionaries(keys: Iterable[str], *, is_past: bool) -> dict[str, dict[str, str]]:
    wanted = set(keys)
    known: dict[str, dict[str, str]] = {key: {} for key in wanted}
    if wanted:
        entries = DictionaryEntry.objects.filter(dictionary__key__in=wanted)
        if not is_past:
            entries = entries.filter(is_active=True)
        rows = entries.order_by("position", "id").values_list("dictionary__key", "key", "label")
        for dictionary, key, label in rows:
            known[dictionary][key] = label
    return known


def _tables(units: set[UUID]) -> dict[UUID, dict[str, dict[str, Value]]]:
    if not units:
        return {}
    columns = {
        key: {column["key"]: column["type"] for column in listed}
        for key, listed in UnitTable.objects.values_list("key", "columns")
    }
    found: dict[UUID, dict[str, dict[str, Value]]] = {}
    if columns:
        rows = UnitTableRow.objects.filter(unit_id__in=units)
        for table, unit, values in rows.values_list("table__key", "unit_id", "values"):
            found.setdefault(unit, {})[table] = {
                key: typed(kind, values.get(key)) for key, kind in columns[table].items()
            }
    return found


def typed(kind: str, value: Any) -> Value:
    """A stored value of a table of units as expressions know it; None where there is none."""
    if value is None or value == "":
        return None
    try:
        match kind:
            case "number" | "money":
                return Decimal(value)
            case "date":
                return date.fromisoformat(value)
            case "yes_no":
                return bool(value)
            case _:
                return str(value)
    except (InvalidOperation, ValueError):
        return None
