"""Computes ahead what is the same in every row of a table.

`kwota / suma(budzet.kwota)` adds the column up once and not once for each of a thousand rows.
"""

from collections.abc import Collection

from forms.expressions.evaluating import Environment, Surroundings, evaluate
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
    walk,
)
from forms.expressions.words import OVER_ROWS


def settled(
    expression: Expression,
    open_names: Collection[Name],
    environment: Environment,
    facts: Surroundings,
    steps: Steps | None = None,
) -> Expression:
    """The expression with every call without open names replaced by its value.

    One that gives a list stays. Raises `TooManySteps`.
    """
    if not any(isinstance(node, Call) for node in walk(expression.root)):
        return expression
    return Expression(
        _Settling(open_names, environment, facts, steps or Steps()).of(expression.root)
    )


class _Settling:
    def __init__(
        self,
        open_names: Collection[Name],
        environment: Environment,
        facts: Surroundings,
        steps: Steps,
    ) -> None:
        self._open = open_names
        self._environment = environment
        self._facts = facts
        self._steps = steps

    def of(self, node: Node) -> Node:  # noqa: PLR0911  # one case a node
        match node:
            case Call():
                return self._call(node)
            case Sum(first, rest, at):
                return Sum(self.of(first), tuple((sign, self.of(one)) for sign, one in rest), at)
            case Product(first, rest, at):
                factors = tuple((sign, self.of(one)) for sign, one in rest)
                return Product(self.of(first), factors, at)
            case Comparison(operator, left, right, at):
                return Comparison(operator, self.of(left), self.of(right), at)
            case Both(parts, at) | Either(parts, at):
                return type(node)(tuple(self.of(part) for part in parts), at)
            case Not(operand, at) | Minus(operand, at):
                return type(node)(self.of(operand), at)
            case Literal() | Many() | Named():
                return node

    def _call(self, call: Call) -> Node:
        if any(isinstance(node, Named) and node.name in self._open for node in walk(call)):
            return self._within(call)
        value = evaluate(Expression(call), self._environment, self._facts, self._steps)
        if isinstance(value, list):
            return self._within(call)
        if value is None:  # which is not the word `puste`, as a side of a comparison is
            return Minus(Literal(None, call.at), call.at)
        return Literal(value, call.at)

    def _within(self, call: Call) -> Call:
        if call.function in OVER_ROWS:  # what stands in it is another thing in each of its rows
            return call
        return Call(call.function, tuple(self.of(one) for one in call.arguments), call.at)
