"""How many steps the rules of a form take at the most, with every table full."""

from collections.abc import Iterator, Mapping

from forms.definition.expressions import Written, written_in
from forms.definition.model import MAX_ROWS, Definition, Fault
from forms.expressions import (
    Expression,
    Malformed,
    Name,
    Scope,
    parse,
    parse_template,
    steps_in_row,
    steps_of,
)


def check_costs(definition: Definition, most_steps: int) -> Iterator[Fault]:
    """A fault at the rule that costs most, where all together may cost more than is given."""
    lengths = dict(_lengths(definition))
    costs = [(_cost(one, lengths), one) for one in written_in(definition, _NOTHING, None)]
    total = sum(cost for cost, _ in costs) + sum(_sums(definition))
    if total > most_steps:
        dearest, written = max(costs, key=lambda pair: pair[0])
        yield written.place.fault(
            f"Przy pełnych tabelach reguły formularza wymagają {_spaced(total)} kroków obliczeń, "
            f"a mogą najwyżej {_spaced(most_steps)}; najwięcej bierze ta: {_spaced(dearest)}. "
            "Ustaw tabelom mniejszą największą liczbę wierszy albo skróć reguły."
        )


_NOTHING = Scope()


def _lengths(definition: Definition) -> Iterator[tuple[Name, int]]:
    """How many values each name may stand for that stands for many."""
    for question in definition.questions():
        if question.type == "table":
            rows = _rows(question.options.max_rows)
            yield (question.key,), rows
            for column in question.options.columns:
                yield (question.key, column.key), rows
        elif question.options.choices:
            yield (question.key,), len(question.options.choices)


def _rows(most: int | None) -> int:
    return MAX_ROWS if most is None else min(most, MAX_ROWS)


def _sums(definition: Definition) -> Iterator[int]:
    for question in definition.questions():
        yield len(question.options.sums) * (_rows(question.options.max_rows) + 2)


def _cost(written: Written, lengths: Mapping[Name, int]) -> int:
    try:
        if not written.text.strip():
            return 0
        is_text = written.wanted is None
        parts = parse_template(written.text).expressions if is_text else (parse(written.text),)
    except Malformed:
        return 0
    return sum(_steps(one, written, lengths) for one in parts)


def _steps(expression: Expression, written: Written, lengths: Mapping[Name, int]) -> int:
    if written.table is None:
        return steps_of(expression, lengths)
    cells = {(column.key,) for column in written.table.options.columns}
    once, each = steps_in_row(expression, cells, lengths)
    return once + each * _rows(written.table.options.max_rows)


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", "\u00a0")
