"""The names that a form offers to expressions: its own and those of a procedure around it."""

from collections.abc import Collection, Iterator, Mapping

from forms.definition.model import Column, Definition, Question
from forms.definition.types import TYPES, part_type, parts_of
from forms.expressions import UNIT_FACTS, Name, Scope, Type, list_of

Dictionaries = Mapping[str, Collection[str]] | None

UNIT_SCOPE = Scope({("jednostka", word): Type.TEXT for pair in UNIT_FACTS.items() for word in pair})
"""`jednostka.nip` and the other facts of the sheet's unit."""


def scope_of(definition: Definition, *, dictionaries: Dictionaries = None) -> Scope:
    """The names of a form's answers: `kwota`, `adres.city`, `budzet.kwota` (a list)."""
    names: dict[Name, Type] = {}
    choices: dict[Name, frozenset[str]] = {}
    for question in definition.questions():
        names.update(_names(question))
        choices.update(_choices((question.key,), question, dictionaries))
        for column in question.options.columns:
            choices.update(_choices((question.key, column.key), column, dictionaries))
    return Scope(names, choices=choices)


def row_scope(table: Question, *, dictionaries: Dictionaries = None) -> Scope:
    """The names of one row's cells, for the expressions of its columns."""
    names: dict[Name, Type] = {}
    choices: dict[Name, frozenset[str]] = {}
    for column in table.options.columns:
        names[column.key,] = TYPES[column.type].worth or Type.ANY
        choices.update(_choices((column.key,), column, dictionaries))
    return Scope(names, choices=choices)


def _names(question: Question) -> Iterator[tuple[Name, Type]]:
    worth = TYPES[question.type].worth
    if worth is not None:
        yield (question.key,), worth
    for column in question.options.columns:
        yield (question.key, column.key), list_of(TYPES[column.type].worth or Type.ANY)
    for code, part in parts_of(question).items():
        yield (question.key, code), part_type(part)
        yield (question.key, part.polish), part_type(part)


def _choices(
    name: Name, question: Question | Column, dictionaries: Dictionaries
) -> Iterator[tuple[Name, frozenset[str]]]:
    options = question.options
    if question.type not in {"single_choice", "multiple_choice"} or options.other:
        return
    if not options.dictionary:
        yield name, frozenset(choice.key for choice in options.choices)
    elif dictionaries is not None and options.dictionary in dictionaries:
        yield name, frozenset(dictionaries[options.dictionary])
