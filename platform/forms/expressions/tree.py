"""The tree of an expression: what `parse` builds and everything else walks.

Chains are flat (`a + b - c` is one Sum of three terms), so that the depth of a tree is the depth
of its brackets and not the length of a line. `at` is the place in the text, for faults; two trees
are equal when they say the same, wherever it stands.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

Name = tuple[str, ...]
Scalar = None | Decimal | str | bool | date
Value = None | Decimal | str | bool | date | list["Value"]


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, a text, `tak`, `nie`, a date or `puste` (None)."""

    value: Scalar
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Many:
    """A list of literals: `["a", "b"]`."""

    values: tuple[Literal, ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Named:
    """The value of a name: `koszt`, `budzet.kwota`, `jednostka.nip`."""

    name: Name
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Minus:
    operand: "Node"
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Sum:
    """`first` and then terms, each with "+" or "-"."""

    first: "Node"
    rest: tuple[tuple[str, "Node"], ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Product:
    """`first` and then factors, each with "*" or "/"."""

    first: "Node"
    rest: tuple[tuple[str, "Node"], ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`=`, `<>`, `<`, `<=`, `>`, `>=`, `w` (is one of) and `zawiera` (holds)."""

    operator: str
    left: "Node"
    right: "Node"
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    operand: "Node"
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Both:
    """All of the parts hold (`i`)."""

    parts: tuple["Node", ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Either:
    """One of the parts holds (`lub`)."""

    parts: tuple["Node", ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function by its folded name: `suma`, `zaokragl`, `z_tabeli`."""

    function: str
    arguments: tuple["Node", ...]
    at: int = field(default=0, compare=False)


Node = Literal | Many | Named | Minus | Sum | Product | Comparison | Not | Both | Either | Call


def children(node: Node) -> tuple[Node, ...]:  # noqa: PLR0911  # one case a node
    """The nodes directly below, from left to right."""
    match node:
        case Literal() | Named():
            return ()
        case Many(values):
            return values
        case Minus(operand) | Not(operand):
            return (operand,)
        case Sum(first, rest) | Product(first, rest):
            return (first, *(term for _, term in rest))
        case Comparison(_, left, right):
            return (left, right)
        case Both(parts) | Either(parts):
            return parts
        case Call(_, arguments):
            return arguments


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it."""
    yield node
    for child in children(node):
        yield from walk(child)


def depth(node: Node) -> int:
    """How many levels the tree has."""
    return 1 + max((depth(child) for child in children(node)), default=0)


@dataclass(frozen=True)
class Expression:
    """A parsed text: immutable, comparable, safe to keep as long as one likes."""

    root: Node
    names: frozenset[Name] = field(init=False, compare=False)
    """Every name that the expression reads."""
    lookups: frozenset[tuple[str, str]] = field(init=False, compare=False)
    """Every (table, column) that it looks up with `z_tabeli` or `z_tabeli_na`."""
    functions: frozenset[str] = field(init=False, compare=False)
    """Every function that it calls, by its folded name."""

    def __post_init__(self) -> None:
        nodes = list(walk(self.root))
        names = frozenset(node.name for node in nodes if isinstance(node, Named))
        object.__setattr__(self, "names", names)
        lookups = frozenset(_lookup(node) for node in nodes if isinstance(node, Call))
        object.__setattr__(self, "lookups", frozenset(pair for pair in lookups if pair))
        called = frozenset(node.function for node in nodes if isinstance(node, Call))
        object.__setattr__(self, "functions", called)

    def least(self, name: Name) -> Decimal | None:
        """From which value of the name on it holds, where it says nothing else: 50 of `x >= 50`."""
        match self.root:
            case Comparison(">=", Named(found), Literal(Decimal() as number)) if found == name:
                return number
            case Comparison("<=", Literal(Decimal() as number), Named(found)) if found == name:
                return number
        return None


def _lookup(call: Call) -> tuple[str, str] | None:
    match call:
        case Call("z_tabeli", (Literal(str(table)), Literal(str(column)), *_)):
            return (table, column)
        case Call("z_tabeli_na", (_, Literal(str(table)), Literal(str(column)), *_)):
            return (table, column)
    return None
