"""The value of an expression: total, bounded by steps, without side effects."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Protocol, cast

from forms.expressions import words
from forms.expressions.functions import apply, is_empty
from forms.expressions.grids import Grid
from forms.expressions.numbers import CONTEXT, finite, number
from forms.expressions.schooling import FUNCTIONS, Calendar, reckon
from forms.expressions.steps import Steps
from forms.expressions.tree import (
    Both,
    Call,
    Comparison,
    Either,
    Expression,
    Literal,
    Many,
    Minus,
    Name,
    Named,
    Node,
    Not,
    Product,
    Sum,
    Value,
    walk,
)

Environment = Mapping[Name, Value] | Callable[[Name], Value]
"""What each name is worth; a name that is absent is empty."""


class Surroundings(Protocol):
    """What an expression may know besides its names (`forms.filling.Facts` is one)."""

    @property
    def today(self) -> date: ...
    @property
    def unit(self) -> Mapping[str, str] | None: ...
    @property
    def tables(self) -> Mapping[str, Mapping[str, Value]]: ...
    @property
    def grids(self) -> Mapping[str, Grid]: ...
    @property
    def calendar(self) -> Calendar: ...


def evaluate(
    expression: Expression,
    environment: Environment,
    facts: Surroundings,
    steps: Steps | None = None,
) -> Value:
    """The value, None where it is empty.

    `jednostka.x` is a fact of `facts.unit`, unless the environment knows the name. Raises
    `TooManySteps`, and nothing else; an expression without `steps` has some of its own.
    """
    look_up = environment if callable(environment) else environment.get
    return _Evaluation(look_up, facts, steps or Steps()).value(expression.root)


def holds(
    expression: Expression,
    environment: Environment,
    facts: Surroundings,
    steps: Steps | None = None,
) -> bool:
    """Whether a condition is met; an empty one is not. Raises `TooManySteps`."""
    return evaluate(expression, environment, facts, steps) is True


class _Evaluation:
    def __init__(self, look_up: Callable[[Name], Value], facts: Surroundings, steps: Steps) -> None:
        self._look_up = look_up
        self._facts = facts
        self._steps = steps

    def value(self, node: Node) -> Value:  # noqa: C901, PLR0911  # one case a node
        self._steps.take(1)
        match node:
            case Named(name):
                return self._named(name)
            case Literal(literal):
                return literal
            case Comparison():
                return self._comparison(node)
            case Call(function, arguments):
                return self._call(function, arguments)
            case Both(parts):
                return self._joined(parts, decisive=False)
            case Either(parts):
                return self._joined(parts, decisive=True)
            case Sum(first, rest):
                return self._sum(first, rest)
            case Product(first, rest):
                return self._product(first, rest)
            case Not(operand):
                value = self.value(operand)
                return not value if isinstance(value, bool) else None
            case Minus(operand):
                negated = number(self.value(operand))
                return None if negated is None else CONTEXT.minus(negated)
            case Many(values):
                self._steps.take(len(values))
                return [one.value for one in values]

    def _named(self, name: Name) -> Value:
        value = self._look_up(name)
        if isinstance(value, list):
            self._steps.take(len(value))  # whatever is done with it goes through it once
        if value is None and name[0] == words.UNIT and len(name) == 2:  # noqa: PLR2004  # jednostka.x
            return (self._facts.unit or {}).get(words.UNIT_FACTS.get(name[1], name[1])) or None
        return value

    def _joined(self, parts: tuple[Node, ...], *, decisive: bool) -> bool | None:
        """`i` is decided by a `nie`, `lub` by a `tak`; otherwise an empty part leaves it empty."""
        is_known = True
        for part in parts:
            value = self.value(part)
            if value is decisive:
                return decisive
            is_known = is_known and isinstance(value, bool)
        return not decisive if is_known else None

    def _sum(self, first: Node, rest: tuple[tuple[str, Node], ...]) -> Decimal | None:
        total = number(self.value(first))
        for sign, term in rest:
            operand = number(self.value(term))
            if total is None or operand is None:
                return None
            done = CONTEXT.add if sign == "+" else CONTEXT.subtract
            total = finite(done(total, operand))
        return total

    def _product(self, first: Node, rest: tuple[tuple[str, Node], ...]) -> Decimal | None:
        total = number(self.value(first))
        for sign, factor in rest:
            operand = number(self.value(factor))
            if total is None or operand is None:
                return None
            done = CONTEXT.multiply if sign == "*" else CONTEXT.divide
            total = finite(done(total, operand))
        return total

    def _comparison(self, node: Comparison) -> bool | None:
        if node.operator in {"=", "<>"}:
            for side, other in ((node.left, node.right), (node.right, node.left)):
                if isinstance(other, Literal) and other.value is None:
                    return is_empty(self.value(side)) is (node.operator == "=")
        return compared(node.operator, self.value(node.left), self.value(node.right))

    def _call(self, function: str, arguments: tuple[Node, ...]) -> Value:
        match function, arguments:
            case (("suma_gdy" | "ile_gdy" | "najlepsze"), _):
                return self._over_rows(function, arguments)
            case "jezeli", (condition, then, otherwise):
                return self.value(then if self.value(condition) is True else otherwise)
            case "dzisiaj", _:
                return self._facts.today
            case "z_tabeli", (Literal(str(table)), Literal(str(column)), *keys):
                return self._looked_up(table, column, keys, self._facts.calendar.reference)
            case "z_tabeli_na", (day, Literal(str(table)), Literal(str(column)), *keys):
                return self._looked_up(table, column, keys, self.value(day))
        values = [self.value(argument) for argument in arguments]
        reckons = function in FUNCTIONS
        return (
            reckon(function, self._facts.calendar, values) if reckons else apply(function, values)
        )

    def _looked_up(self, table: str, column: str, keys: Sequence[Node], day: Value) -> Value:
        """From the grid of that name, else from the row of the unit, which has no keys."""
        grid = self._facts.grids.get(table)
        value: Value = None
        if grid is not None and isinstance(day, date):
            value = grid.value([self.value(key) for key in keys], column, day)
        elif grid is None and not keys:
            value = self._facts.tables.get(table, {}).get(column)
        return number(value) if isinstance(value, (int, Decimal)) else value

    def _over_rows(self, function: str, arguments: tuple[Node, ...]) -> Value:
        """What comes of the rows that meet the condition; no rows where the table is hidden."""
        most = Decimal(0)
        if function == "najlepsze":
            most = number(self.value(arguments[0])) or Decimal(0) if arguments else most
            arguments = arguments[1:]
        what = arguments[0] if function != "ile_gdy" and arguments else None
        condition = arguments[-1] if function == "ile_gdy" or len(arguments) > 1 else None
        found = list(self._rows_met(what, condition, arguments))
        match function:
            case "ile_gdy":
                return Decimal(len(found))
            case "suma_gdy":
                return apply("suma", [found])
        self._steps.take(len(found))
        best = sorted((one for one in map(number, found) if one is not None), reverse=True)
        return list(best[: int(most)]) if 0 < most <= len(best) else list(best) if most > 0 else []

    def _rows_met(
        self, what: Node | None, condition: Node | None, arguments: tuple[Node, ...]
    ) -> Iterator[Value]:
        """The value of `what` in each row that meets the condition."""
        columns = self._columns(arguments)
        count = max((len(cells) for cells in columns.values()), default=0)
        for place in range(count):
            row = {
                name: cells[place] if place < len(cells) else None
                for name, cells in columns.items()
            }
            inside = _Evaluation(partial(_in_row, row, self._look_up), self._facts, self._steps)
            if condition is None or inside.value(condition) is True:
                yield None if what is None else inside.value(what)

    def _columns(self, arguments: tuple[Node, ...]) -> dict[Name, list[Value]]:
        """Every column that the arguments name, with its cells."""
        found: dict[Name, list[Value]] = {}
        for node in (one for argument in arguments for one in walk(argument)):
            if isinstance(node, Named) and len(node.name) > 1 and node.name not in found:
                cells = self._look_up(node.name)
                if isinstance(cells, list):
                    self._steps.take(len(cells))
                    found[node.name] = cells
        return found


def _in_row(row: Mapping[Name, Value], outside: Callable[[Name], Value], name: Name) -> Value:
    return row[name] if name in row else outside(name)


def compared(operator: str, left: Value, right: Value) -> bool | None:  # noqa: PLR0911  # each kind apart
    """A comparison of two values; empty where one is, or where they cannot be compared."""
    if left is None or right is None:
        return None
    match operator:
        case "w":
            return _is_among(left, right)
        case "zawiera":
            if isinstance(left, str) and isinstance(right, str):
                return right in left
            return _is_among(right, left)
    one, other = _plain(left), _plain(right)
    if type(one) is not type(other) or isinstance(one, list):
        return None
    if operator in {"=", "<>"}:
        return (one == other) is (operator == "=")
    if isinstance(one, (bool, str)):
        return None
    return _ordered(operator, cast("Decimal", one), cast("Decimal", other))


def _ordered(operator: str, one: Decimal, other: Decimal) -> bool:
    match operator:
        case "<":
            return one < other
        case "<=":
            return one <= other
        case ">":
            return one > other
        case _:
            return one >= other


def _is_among(value: Value, values: Value) -> bool | None:
    if isinstance(value, list) or not isinstance(values, list):
        return None
    return any(compared("=", value, one) is True for one in values)


def _plain(value: Value) -> Value:
    if isinstance(value, bool):
        return value
    return number(value) if isinstance(value, (int, Decimal)) else value
