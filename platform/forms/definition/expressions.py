"""Every expression of a definition, where it stands and what it has to give."""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from forms.definition.model import Check, Definition, Fault, Question
from forms.definition.places import Place
from forms.definition.scopes import row_scope
from forms.definition.types import TYPES
from forms.expressions import (
    SPOKEN,
    Malformed,
    Scope,
    Type,
    parse,
    parse_template,
    type_of,
)


class Written(NamedTuple):
    """A text of the author with the type that it has to give; None for a text with `{…}`."""

    text: str
    place: Place
    wanted: Type | None
    scope: Scope
    when_blank: str = ""
    table: Question | None = None
    """Whose rows it is computed in, one by one."""


def check_expressions(
    definition: Definition, scope: Scope, dictionaries: Mapping[str, Collection[str]] | None
) -> list[Fault]:
    """What is wrong in the expressions and templates of a definition."""
    return [
        fault
        for written in written_in(definition, scope, dictionaries)
        for fault in _faults(written)
    ]


def written_in(
    definition: Definition, scope: Scope, dictionaries: Mapping[str, Collection[str]] | None
) -> Iterator[Written]:
    """All of them, in the order of the form."""
    for number, section in enumerate(definition.sections):
        place = Place().section(number, section)
        yield Written(section.title, place.down("title"), None, scope)
        yield Written(section.description, place.down("description"), None, scope)
        yield Written(section.show, place.down("show"), Type.YES_NO, scope)
        for at, question in enumerate(section.questions):
            yield from _question(question, place.question(at, question), scope)
            yield from _columns(question, place.question(at, question), scope, dictionaries)
    for number, check in enumerate(definition.checks):
        place = Place().down("checks", number, called=f"sprawdzenie {number + 1}.")
        yield from _check(check, place, scope)


def _question(question: Question, place: Place, scope: Scope) -> Iterator[Written]:
    worth = TYPES[question.type].worth or Type.ANY
    for member in ("label", "help"):
        yield Written(getattr(question, member), place.down(member), None, scope)
    yield Written(question.options.wording, place.down("options", "wording"), None, scope)
    for member in ("show", "required_when"):
        yield Written(getattr(question, member), place.down(member), Type.YES_NO, scope)
    for member in ("default", "compute"):
        yield Written(getattr(question, member), place.down(member), worth, scope)
    for number, check in enumerate(question.checks):
        yield from _check(check, place.down("checks", number), scope)


def _columns(
    question: Question,
    place: Place,
    scope: Scope,
    dictionaries: Mapping[str, Collection[str]] | None,
) -> Iterator[Written]:
    row = scope | row_scope(question, dictionaries=dictionaries)
    for number, column in enumerate(question.options.columns):
        at = place.column(number, column)
        worth = TYPES[column.type].worth or Type.ANY
        yield Written(column.show, at.down("show"), Type.YES_NO, row, table=question)
        yield Written(column.compute, at.down("compute"), worth, row, table=question)


def _check(check: Check, place: Place, scope: Scope) -> Iterator[Written]:
    yield Written(check.rule, place.down("rule"), Type.YES_NO, scope, "Wpisz regułę.")
    sentence = "Wpisz zdanie, które pokaże się, gdy reguła nie jest spełniona."
    yield Written(check.sentence, place.down("sentence"), None, scope, sentence)


def _faults(written: Written) -> Iterator[Fault]:
    if not written.text.strip():
        if written.when_blank:
            yield written.place.fault(written.when_blank)
        return
    try:
        if written.wanted is None:
            expressions = parse_template(written.text).expressions
        else:
            expressions = (parse(written.text),)
    except Malformed as malformed:
        yield written.place.fault(f"{malformed.sentence} (znak {malformed.position + 1}.)")
        return
    for expression in expressions:
        kind, faults = type_of(expression, written.scope)
        for fault in faults:
            yield written.place.fault(fault.sentence)
        if faults:
            continue
        if written.wanted is not None and not _gives(kind, written.wanted):
            yield written.place.fault(
                f"Wyrażenie daje wartość: {SPOKEN[kind]}, a ma dać: {SPOKEN[written.wanted]}."
            )
        elif kind is Type.TABLE and written.wanted is None:
            yield written.place.fault("Tabeli nie można wstawić w tekst. Wstaw np. jej sumę.")


def _gives(kind: Type, wanted: Type) -> bool:
    return Type.ANY in {kind, wanted} or kind in {wanted, Type.EMPTY}
