"""Computes ahead what is the same in every row of a table.

`kwota / suma(budzet.kwota)` adds the column up once and not once for each of a thousand rows.
"""

from collections.abc import Collection

from forms.expressions.evaluating import Environment, Surroundings, evaluate
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


def settled(
    expression: Expression,
    open_names: Collection[Name],
    environment: Environment,
    facts: Surroundings,
) -> Expression:
    """The expression with every call without open names replaced by its value, if it has one."""
    if not any(isinstance(node, Call) for node in walk(expression.root)):
        return expression
    return Expression(_Settling(open_names, environment, facts).of(expression.root))


class _Settling:
    def __init__(
        self, open_names: Collection[Name], environment: Environment, facts: Surroundings
    ) -> None:
        self._open = open_names
        self._environment = environment
        self._facts = facts

    def of(self, node: Node) -> Node:  # noqa: PLR0911  # one case a node
        match node:
            case Call() if self._is_closed(node):
                value = evaluate(Expression(node), self._environment, self._facts)
                if value is None or isinstance(value, list):
                    return node  # an empty value is not the word `puste`
                return Literal(value, node.at)
            case Call(function, arguments, at):
                return Call(function, tuple(self.of(one) for one in arguments), at)
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

    def _is_closed(self, call: Call) -> bool:
        return not any(isinstance(node, Named) and node.name in self._open for node in walk(call))
