"""Which answers changed between two versions of a sheet."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from forms.definition import Column, Definition, Question
from forms.filling import Facts, spoken

_NOTHING_KNOWN = Facts(today=date.min)


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """An answer that is another, in words.

    `kind` is added, removed or changed; `before` and `after` are texts as people read them;
    `path` is "tytul", "budzet/<row id>/kwota", or "budzet/<row id>" for a whole row.
    """

    path: str
    label: str
    before: str
    after: str
    kind: str


def compare_answers(
    definition: Definition,
    old_answers: Mapping[str, Any],
    new_answers: Mapping[str, Any],
    *,
    facts: Facts = _NOTHING_KNOWN,
) -> list[AnswerChange]:
    """Which answers differ, in the order of the form; rows of tables are matched by their ids.

    `facts` (dictionaries, units, files) give the names of what is chosen.
    """
    return [
        change
        for question in definition.questions()
        for change in _of_question(
            question, old_answers.get(question.key), new_answers.get(question.key), facts
        )
    ]


def _of_question(
    question: Question, before: Any, after: Any, facts: Facts
) -> Iterator[AnswerChange]:
    if question.type == "table":
        yield from _of_rows(question, _by_id(before), _by_id(after), facts)
    else:
        yield from _change(question, question.key, question.label, (before, after), facts)


def _of_rows(
    table: Question,
    before: Mapping[str, Mapping[str, Any]],
    after: Mapping[str, Mapping[str, Any]],
    facts: Facts,
) -> Iterator[AnswerChange]:
    for number, (key, row) in enumerate(after.items(), start=1):
        label = f"{table.label} (wiersz {number})"
        if key not in before:
            said = _row(table, row, facts)
            yield AnswerChange(f"{table.key}/{key}", label, "", said, "added")
            continue
        for column in table.options.columns:
            pair = (before[key].get(column.key), row.get(column.key))
            path = f"{table.key}/{key}/{column.key}"
            yield from _change(column, path, f"{label} › {column.label}", pair, facts)
    for number, (key, row) in enumerate(before.items(), start=1):
        if key not in after:
            label = f"{table.label} (usunięty wiersz {number})"
            said = _row(table, row, facts)
            yield AnswerChange(f"{table.key}/{key}", label, said, "", "removed")


def _change(
    question: Question | Column, path: str, label: str, pair: tuple[Any, Any], facts: Facts
) -> Iterator[AnswerChange]:
    before, after = (None if answer in ("", [], {}) else answer for answer in pair)
    if before == after:
        return
    kind = "added" if before is None else "removed" if after is None else "changed"
    yield AnswerChange(
        path, label, spoken(question, before, facts), spoken(question, after, facts), kind
    )


def _by_id(rows: Any) -> dict[str, Mapping[str, Any]]:
    return {
        str(row.get("id", number)): row
        for number, row in enumerate(rows if isinstance(rows, list) else ())
        if isinstance(row, Mapping)
    }


def _row(table: Question, row: Mapping[str, Any], facts: Facts) -> str:
    told = (
        (column.label, spoken(column, row.get(column.key), facts))
        for column in table.options.columns
    )
    return "; ".join(f"{label}: {text}" for label, text in told if text)
