"""How many steps (`forms.expressions.steps`) an expression takes at most, told from its tree."""

from collections.abc import Collection, Mapping

from forms.expressions.tree import Call, Expression, Name, Named, Node, children, walk
from forms.expressions.words import OVER_ROWS

_SETTLED = 2
"""Nodes that stand for a value that was computed ahead."""


def steps_of(expression: Expression, lengths: Mapping[Name, int]) -> int:
    """With all parts looked at; `lengths` says how many values a name stands for."""
    return _whole(expression.root, lengths)


def steps_in_row(
    expression: Expression, open_names: Collection[Name], lengths: Mapping[Name, int]
) -> tuple[int, int]:
    """Once for the table, and for each of its rows (`forms.expressions.settled`)."""
    closed = {name: length for name, length in lengths.items() if name not in open_names}
    once = sum(
        _whole(node, closed)
        for node in walk(expression.root)
        if isinstance(node, Call) and _is_closed(node, open_names)
    )
    return once, _each(expression.root, open_names, closed)


def _whole(node: Node, lengths: Mapping[Name, int]) -> int:
    if isinstance(node, Call) and node.function in OVER_ROWS:
        return _over_rows(node, lengths)
    own = 1 + lengths.get(node.name, 0) if isinstance(node, Named) else 1
    return own + sum(_whole(child, lengths) for child in children(node))


def _each(node: Node, open_names: Collection[Name], lengths: Mapping[Name, int]) -> int:
    if isinstance(node, Call) and _is_closed(node, open_names) and node.function != "jezeli":
        return _SETTLED
    if isinstance(node, Call) and node.function in OVER_ROWS:
        return _over_rows(node, lengths)
    own = 1 + lengths.get(node.name, 0) if isinstance(node, Named) else 1
    return own + sum(_each(child, open_names, lengths) for child in children(node))


def _over_rows(call: Call, lengths: Mapping[Name, int]) -> int:
    """Each column is read once, all that is asked is asked in each row, and they are sorted."""
    names = {node.name for node in walk(call) if isinstance(node, Named) and len(node.name) > 1}
    columns = {name: lengths[name] for name in names if name in lengths}
    rows = max(columns.values(), default=0)
    others = {name: length for name, length in lengths.items() if name not in columns}
    asked = sum(_whole(argument, others) for argument in call.arguments)
    return 1 + sum(columns.values()) + asked + rows * (asked + 1)


def _is_closed(call: Call, open_names: Collection[Name]) -> bool:
    return not any(isinstance(node, Named) and node.name in open_names for node in walk(call))
