"""What filling a form may know from outside, fetched beforehand for any number of sheets."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from accounts import selectors as accounts
from forms.definition import Column, Definition, Question
from forms.definition.plan import plan_of
from forms.expressions import Expression, SchoolYear, Value
from forms.filling import Facts, FileFact
from forms.models import DictionaryEntry, SheetFile, UnitTable, UnitTableRow
from forms.selectors.grids import IN_SCHOOL_YEARS, Ready, editions_of, school_year, typed
from units.selectors import unit_facts

if TYPE_CHECKING:
    from forms.models import Sheet

FILE_TYPES = frozenset({"file", "workbook"})


Grounds = Mapping[str, Any]
"""What a sheet was computed with when it was submitted: `day` it reckons from (ISO), `school` (when
years and second semesters begin: [month, day] each). Of every table that its form looks up, by its
key: `editions` (0 where it had none), and `units`: the values of the unit, with their types ({}
where it had no row). What was not there is kept too, so that filling it later changes nothing."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Answers to be looked at, and the unit that gave them."""

    definition: Definition
    answers: Mapping[str, Any]
    unit_id: UUID | None
    grounds: Grounds = field(default_factory=dict)
    """What they were computed with once they were submitted."""
    reference: date | None = None
    """The day that the owner of the sheet has fixed for it."""
    rules: tuple[Expression, ...] = ()
    """What is asked of them besides by their form: the conditions of a procedure."""

    @classmethod
    def of(cls, definition: Definition, sheet: "Sheet") -> "Answered":
        """What a sheet says, as it is reckoned."""
        grounds, reference = sheet.grounds, sheet.reference_day
        return cls(definition, sheet.answers, sheet.unit_id, grounds, reference)

    @classmethod
    def nothing(cls, rules: tuple[Expression, ...] = ()) -> "Answered":
        """No form at all: only what the rules ask of the city."""
        return cls(Definition(), {}, None, rules=rules)

    @property
    def lookups(self) -> frozenset[str]:
        """Keys of the tables that are looked up."""
        asked = frozenset(table for rule in self.rules for table, _ in rule.lookups)
        return plan_of(self.definition).lookups | asked

    @property
    def reckons_in_school_years(self) -> bool:
        asked = frozenset(name for rule in self.rules for name in rule.functions)
        return bool((plan_of(self.definition).functions | asked) & IN_SCHOOL_YEARS)


def facts_for(  # what is asked, what was answered, by whom, and as of when
    definition: Definition,
    answers: Mapping[str, Any],
    unit_id: UUID | None,
    *,
    today: date | None = None,
    is_past: bool = False,
    grounds: Grounds | None = None,
) -> Facts:
    """The facts of one set of answers; see `facts_of_many`."""
    answered = Answered(definition, answers, unit_id, grounds or {})
    [facts] = facts_of_many([answered], today=today, is_past=is_past)
    return facts


def facts_of_sheet(
    definition: Definition, sheet: "Sheet", rules: tuple[Expression, ...] = ()
) -> Facts:
    """The facts of a sheet as it stands, for its own rules and for others about it."""
    [facts] = facts_of_many([replace(Answered.of(definition, sheet), rules=rules)])
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
    grids = _grids(sheets)
    school = school_year() if any(one.reckons_in_school_years for one in sheets) else SchoolYear()
    by_text = {str(unit): facts for unit, facts in units.items()}
    return [
        Facts(
            today=day,
            unit=units.get(one.unit_id) if one.unit_id else None,
            own=str(one.unit_id) if one.unit_id else "",
            tables=_tables_then(one, tables.get(one.unit_id, {}) if one.unit_id else {}),
            grids={key: grid.ready for key, grid in grids[place].items()},
            editions={key: grid.number for key, grid in grids[place].items()},
            reference=_reference(one),
            school=_school_then(one, school),
            dictionaries=dictionaries,
            units=by_text,
            files=files,
            people=people,
            most_steps=settings.FORM_STEPS,
        )
        for place, one in enumerate(sheets)
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


def grounds_of(facts: Facts, definition: Definition) -> dict[str, Any]:
    """What the definition was computed with, so that it can be computed the same later."""
    looked = plan_of(definition).lookups
    school = facts.school
    return {
        "day": facts.calendar.reference.isoformat(),
        "school": [list(school.begins), list(school.second_semester)],
        "editions": {table: facts.editions.get(table, 0) for table in looked},
        "units": {
            table: {column: _tagged(value) for column, value in facts.tables.get(table, {}).items()}
            for table in looked
        },
    }


def _tagged(value: Value) -> list[Any]:
    match value:
        case bool():
            return ["yes_no", value]
        case Decimal():
            return ["number", f"{value:f}"]
        case date():
            return ["date", value.isoformat()]
        case _:
            return ["text", value]


def _reference(one: Answered) -> date | None:
    day = one.grounds.get("day")
    return date.fromisoformat(day) if day else one.reference


def _school_then(one: Answered, now: SchoolYear) -> SchoolYear:
    if not one.grounds.get("school"):
        return now
    [month, day], [second_month, second_day] = one.grounds["school"]
    return SchoolYear((month, day), (second_month, second_day))


def _tables_then(
    one: Answered, now: Mapping[str, Mapping[str, Value]]
) -> Mapping[str, Mapping[str, Value]]:
    """The values of the unit, those of the day of submission where it was submitted."""
    kept = one.grounds.get("units", {})
    return {**now, **{table: _untagged(values) for table, values in kept.items()}}


def _untagged(values: Mapping[str, Any]) -> dict[str, Value]:
    return {column: typed(kind, value) for column, (kind, value) in values.items()}


def _grids(sheets: Sequence[Answered]) -> list[dict[str, Ready]]:
    """Of each the tables with keys that it looks up; one query, none where nothing is looked up."""
    wanted = {key for one in sheets for key in one.lookups}
    pinned = {
        (key, number)
        for one in sheets
        for key, number in one.grounds.get("editions", {}).items()
        if key in wanted
    }
    known = editions_of(wanted, pinned) if wanted else {}
    return [dict(_chosen(one, known)) for one in sheets]


def _chosen(one: Answered, known: Mapping[tuple[str, int], Ready]) -> Iterator[tuple[str, Ready]]:
    newest: dict[str, int] = {}
    for key, number in known:
        newest[key] = max(number, newest.get(key, 0))
    for key in one.lookups:
        number = one.grounds.get("editions", {}).get(key, newest.get(key))
        if number is not None and (key, number) in known:
            yield key, known[key, number]
