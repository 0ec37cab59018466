"""Texts with `{expressions}` inside: labels, help, wordings of statements, sentences of checks."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache

from forms.expressions.errors import Malformed
from forms.expressions.evaluating import Environment, Surroundings, evaluate
from forms.expressions.parsing import parse
from forms.expressions.steps import Steps
from forms.expressions.tree import Call, Expression, Minus, Name, Named, Node, Product, Sum, Value
from opium.polish import format_date, format_money

NO_VALUE = "…"
"""What stands in a text for an empty value."""
_MAX_PARTS = 50


@dataclass(frozen=True)
class Template:
    """A text cut into its plain pieces and its expressions."""

    parts: tuple[str | Expression, ...]
    names: frozenset[Name] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        found = (part.names for part in self.parts if isinstance(part, Expression))
        object.__setattr__(self, "names", frozenset().union(*found))

    @property
    def expressions(self) -> tuple[Expression, ...]:
        return tuple(part for part in self.parts if isinstance(part, Expression))

    def render(
        self,
        environment: Environment,
        facts: Surroundings,
        *,
        money: Collection[Name] = (),
        spoken: Callable[[Name], str | None] = lambda _: None,
        steps: Steps | None = None,
    ) -> str:
        """The text with values in place.

        `money` are names that are amounts; `spoken` says how a name's value reads where that is
        known better (the label of a choice). Raises `TooManySteps`.
        """
        told = _Told(environment, facts, money, spoken, steps or Steps())
        return "".join(part if isinstance(part, str) else told.shown(part) for part in self.parts)


@lru_cache(maxsize=4096)
def parse_template(text: str) -> Template:
    """The template that a text is; `{{` and `}}` are braces. Raises Malformed with the place."""
    parts: list[str | Expression] = []
    plain, at = "", 0
    while at < len(text):
        char = text[at]
        if text[at : at + 2] in {"{{", "}}"}:
            plain, at = plain + char, at + 2
        elif char == "{":
            end = _closing(text, at)
            parts += [plain] if plain else []
            parts.append(_inner(text, at + 1, end))
            plain, at = "", end + 1
        elif char == "}":
            raise Malformed(at, "Nawias „}” nie ma początku. Samą klamrę zapisz podwójnie: }}.")
        else:
            plain, at = plain + char, at + 1
    if plain:
        parts.append(plain)
    if len(parts) > _MAX_PARTS:
        raise Malformed(0, "W jednym tekście jest za dużo wyrażeń w klamrach.")
    return Template(tuple(parts))


def in_polish(value: Value, *, is_money: bool = False) -> str:
    """A value as people read it: 1 234,50 zł, 23.11.2026, tak, a lista po przecinku."""
    match value:
        case None | "":
            return ""
        case bool():
            return "tak" if value else "nie"
        case Decimal():
            return format_money(value) if is_money else format_number(value)
        case date():
            return format_date(value)
        case str():
            return value
        case list():
            return ", ".join(in_polish(one, is_money=is_money) for one in value if one is not None)


def format_number(value: Decimal) -> str:
    """1 234,5: with non-breaking spaces, without needless zeros."""
    text = f"{value:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(",", "\u00a0").replace(".", ",")


@dataclass(frozen=True, slots=True)
class _Told:
    environment: Environment
    facts: Surroundings
    money: Collection[Name]
    spoken: Callable[[Name], str | None]
    steps: Steps

    def shown(self, expression: Expression) -> str:
        root = expression.root
        said = self.spoken(root.name) if isinstance(root, Named) else None
        if said is not None:
            return said or NO_VALUE
        value = evaluate(expression, self.environment, self.facts, self.steps)
        return in_polish(value, is_money=_is_money(root, self.money)) or NO_VALUE


def _is_money(node: Node, money: Collection[Name]) -> bool:  # noqa: PLR0911  # one case a node
    """Whether a number is an amount: money plus money, money times a number, a sum of money."""
    match node:
        case Named(name):
            return name in money
        case Minus(operand):
            return _is_money(operand, money)
        case Sum(first, rest):
            return any(_is_money(one, money) for one in (first, *(term for _, term in rest)))
        case Product(first, rest):
            divided = any(sign == "/" and _is_money(term, money) for sign, term in rest)
            factors = (first, *(term for sign, term in rest if sign == "*"))
            return not divided and any(_is_money(one, money) for one in factors)
        case Call("suma" | "min" | "max" | "srednia" | "zaokragl", arguments):
            return any(_is_money(one, money) for one in arguments[:1])
        case Call("suma_gdy", (what, _)) | Call("najlepsze", (_, what, *_)):
            return _is_money(what, money)
        case Call("jezeli", (_, then, otherwise)):
            return _is_money(then, money) or _is_money(otherwise, money)
    return False


def _closing(text: str, opening: int) -> int:
    quoted = False
    for at in range(opening + 1, len(text)):
        if text[at] == '"':
            quoted = not quoted
        elif text[at] == "}" and not quoted:
            return at
    raise Malformed(opening, "Nawias „{” nie ma końca: zamknij go „}” albo zapisz podwójnie: {{.")


def _inner(text: str, start: int, end: int) -> Expression:
    try:
        return parse(text[start:end])
    except Malformed as malformed:
        raise Malformed(start + malformed.position, malformed.sentence) from None
