"""A tree back into text, in the spelling of the documentation: `parse(write(e)) == e`."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from forms.expressions import words
from forms.expressions.tree import (
    Both,
    Call,
    Comparison,
    Either,
    Expression,
    Literal,
    Many,
    Minus,
    Named,
    Node,
    Not,
    Product,
    Scalar,
    Sum,
)

_EITHER, _BOTH, _NOT, _COMPARISON, _SUM, _PRODUCT, _UNARY, _PRIMARY = range(8)
_STRENGTH: dict[type[Node], int] = {
    Either: _EITHER,
    Both: _BOTH,
    Not: _NOT,
    Comparison: _COMPARISON,
    Sum: _SUM,
    Product: _PRODUCT,
    Minus: _UNARY,
}


def write(expression: Expression) -> str:
    """The text of an expression, with only the brackets that it needs."""
    return _text(expression.root)


def _text(node: Node) -> str:  # noqa: C901, PLR0911  # one case a node
    match node:
        case Literal(value):
            return _literal(value)
        case Many(values):
            return f"[{', '.join(_literal(one.value) for one in values)}]"
        case Named(name):
            return ".".join(name)
        case Minus(operand):
            return f"-{_bracketed(operand, _UNARY)}"
        case Not(operand):
            return f"{words.NOT} {_bracketed(operand, _NOT)}"
        case Sum(first, rest):
            return _chain(first, rest, _PRODUCT)
        case Product(first, rest):
            return _chain(first, rest, _UNARY)
        case Comparison(operator, left, right):
            return f"{_bracketed(left, _SUM)} {operator} {_bracketed(right, _SUM)}"
        case Both(parts):
            return f" {words.AND} ".join(_bracketed(part, _NOT) for part in parts)
        case Either(parts):
            return f" {words.OR} ".join(_bracketed(part, _BOTH) for part in parts)
        case Call(function, arguments):
            return f"{words.SPELLING[function]}({', '.join(_text(one) for one in arguments)})"


def _bracketed(node: Node, least: int) -> str:
    text = _text(node)
    return text if _STRENGTH.get(type(node), _PRIMARY) >= least else f"({text})"


def _chain(first: Node, rest: Sequence[tuple[str, Node]], least: int) -> str:
    terms = (f" {sign} {_bracketed(term, least)}" for sign, term in rest)
    begins = _bracketed(first, least)
    if begins == words.NOT and rest[0][0] == "-":
        begins = f"({begins})"  # `nie - x` would negate
    return begins + "".join(terms)


def _literal(value: Scalar) -> str:
    match value:
        case None:
            return words.EMPTY
        case bool():
            return words.YES if value else words.NOT
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case str():
            return '"' + value.replace('"', '""') + '"'
