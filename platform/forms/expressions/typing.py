"""Finds the type of an expression and what is wrong with it, before anybody fills the form."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from forms.expressions import words
from forms.expressions.grids import FROM, TableShape
from forms.expressions.signatures import NEEDS, PLACES, RESULTS
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
    Scalar,
    Sum,
    walk,
)
from forms.expressions.types import LISTS, SPOKEN, Fault, Scope, Type, fits, item_of, list_of

_ORDERED = frozenset({Type.NUMBER, Type.DATE, Type.ANY, Type.EMPTY})
_OPERANDS = {"+": "dodawać", "-": "odejmować", "*": "mnożyć", "/": "dzielić"}


def type_of(expression: Expression, scope: Scope) -> tuple[Type, list[Fault]]:
    """The type of the value, and every fault: unknown names, wrong types, wrong arguments."""
    typing = _Typing(scope)
    kind = typing.of(expression.root)
    return kind, sorted(typing.faults, key=lambda fault: fault.position)


class _Typing:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self.faults: list[Fault] = []

    def of(self, node: Node) -> Type:  # noqa: C901, PLR0911  # one case a node
        match node:
            case Literal(value):
                return _literal(value)
            case Many(values):
                return self._many(node, {_literal(one.value) for one in values})
            case Named(name, at):
                return self._named(name, at)
            case Minus(operand):
                self.want(operand, Type.NUMBER, "Ujemna może być tylko liczba")
                return Type.NUMBER
            case Sum(first, rest) | Product(first, rest):
                self._arithmetic(first, rest)
                return Type.NUMBER
            case Not(operand):
                self.want(operand, Type.YES_NO, "Po „nie” ma stać warunek")
                return Type.YES_NO
            case Both(parts) | Either(parts):
                word = words.AND if isinstance(node, Both) else words.OR
                for part in parts:
                    self.want(part, Type.YES_NO, f"Po obu stronach „{word}” mają stać warunki")
                return Type.YES_NO
            case Comparison():
                self._comparison(node)
                return Type.YES_NO
            case Call():
                return self._call(node)

    def _fault(self, at: int, sentence: str) -> None:
        self.faults.append(Fault(at, sentence))

    def want(self, node: Node, wanted: Type, sentence: str) -> None:
        kind = self.of(node)
        if not fits(kind, wanted):
            self._fault(node.at, f"{sentence}, a jest {SPOKEN[kind]}{_hint(kind, wanted)}.")

    def _many(self, node: Many, kinds: set[Type]) -> Type:
        if len(kinds) > 1:
            self._fault(node.at, "Wartości na liście mają być jednego rodzaju.")
            return Type.ANY
        return list_of(kinds.pop())

    def _named(self, name: Name, at: int) -> Type:
        known = self._scope.names
        if name in known:
            return known[name]
        if name[0] == words.UNIT and len(name) > 1:
            self._fault(at, f"Jednostka nie ma cechy „{'.'.join(name[1:])}”. {_unit_facts()}")
            return Type.ANY
        spoken = ".".join(name)
        parts = sorted(".".join(one) for one in known if one[:-1] == name)
        if parts:
            listed = ", ".join(parts)
            self._fault(at, f"„{spoken}” składa się z części; wybierz jedną z nich: {listed}.")
            return Type.ANY
        close = get_close_matches(spoken, [".".join(one) for one in known], n=1)
        hint = f" Może „{close[0]}”?" if close else " Sprawdź klucz pytania."
        self._fault(at, f"Nie ma tu pytania „{spoken}”.{hint}")
        return Type.ANY

    def _arithmetic(self, first: Node, rest: tuple[tuple[str, Node], ...]) -> None:
        for sign, node in ((rest[0][0], first), *rest):
            self.want(node, Type.NUMBER, f"Można {_OPERANDS[sign]} tylko liczby")

    def _comparison(self, node: Comparison) -> None:
        left, right = self.of(node.left), self.of(node.right)
        match node.operator:
            case words.IN:
                self._membership(node, item=(node.left, left), many=(node.right, right))
            case words.CONTAINS if left in {Type.TEXT, Type.ANY}:
                if not fits(right, Type.TEXT):
                    self._fault(node.right.at, "Tekst może zawierać tylko inny tekst.")
            case words.CONTAINS:
                self._membership(node, item=(node.right, right), many=(node.left, left))
            case operator:
                self._compared(node, operator, left, right)

    def _membership(
        self, node: Comparison, *, item: tuple[Node, Type], many: tuple[Node, Type]
    ) -> None:
        if many[1] not in LISTS and many[1] is not Type.ANY:
            self._fault(many[0].at, f'Tu ma być lista, np. ["a", "b"], a jest {SPOKEN[many[1]]}.')
        elif item[1] in LISTS or not fits(item[1], item_of(many[1])):
            wanted = SPOKEN[item_of(many[1])]
            self._fault(
                item[0].at, f"Na tej liście są wartości: {wanted}, a jest {SPOKEN[item[1]]}."
            )
        self._choices(node.left, node.right)
        self._choices(node.right, node.left)

    def _compared(self, node: Comparison, operator: str, left: Type, right: Type) -> None:
        if operator in {"=", "<>"} and Type.EMPTY in {left, right}:
            return
        for side, kind in ((node.left, left), (node.right, right)):
            if kind in LISTS or kind is Type.TABLE:
                self._fault(
                    side.at, f"Nie można porównać: {SPOKEN[kind]}. Użyj „zawiera” albo ile(…)."
                )
                return
        if not fits(left, right) and not fits(right, left):
            kinds = f"{SPOKEN[left]} i {SPOKEN[right]}"
            self._fault(node.at, f"Nie można porównać: {kinds}{_quotes(node, left, right)}.")
        elif operator not in {"=", "<>"} and not {left, right} <= _ORDERED:
            self._fault(
                node.at, f"Znak „{operator}” porównuje tylko liczby i daty. Użyj = albo <>."
            )
        self._choices(node.left, node.right)
        self._choices(node.right, node.left)

    def _choices(self, named: Node, other: Node) -> None:
        """Whether the texts that a choice is compared with are among its answers."""
        keys = self._scope.choices.get(named.name) if isinstance(named, Named) else None
        if keys is None:
            return
        for literal in other.values if isinstance(other, Many) else (other,):
            value = literal.value if isinstance(literal, Literal) else None
            if isinstance(value, str) and value not in keys:
                close = get_close_matches(value, keys, n=1)
                hint = f" Może „{close[0]}”?" if close else f" Są: {_some(keys)}."
                self._fault(literal.at, f"Wśród odpowiedzi do wyboru nie ma „{value}”.{hint}")

    def _call(self, call: Call) -> Type:
        spelling, arity = words.SPELLING[call.function], words.FUNCTIONS[call.function]
        count = len(call.arguments)
        if count < arity.least or (arity.most is not None and count > arity.most):
            for argument in () if call.function in words.OVER_ROWS else call.arguments:
                self.of(argument)
            self._fault(call.at, f"{NEEDS[call.function]} – podano ich {count}.")
            return RESULTS.get(call.function, Type.ANY)
        own = self._of_its_own(call, spelling)
        return self._plainly(call, spelling) if own is None else own

    def _of_its_own(self, call: Call, spelling: str) -> Type | None:
        """The type of a function whose arguments hang together; None of any other."""
        match call.function:
            case "jezeli":
                return self._condition(call)
            case "min" | "max":
                return self._extreme(call, spelling)
            case "z_tabeli":
                return self._looked_up(call, call.arguments)
            case "z_tabeli_na":
                self.want(call.arguments[0], Type.DATE, "z_tabeli_na(…): pierwszy ma być dzień")
                return self._looked_up(call, call.arguments[1:])
            case "suma_gdy" | "ile_gdy" | "najlepsze":
                return self._over_rows(call, spelling)
        return None

    def _plainly(self, call: Call, spelling: str) -> Type:
        """Each argument by itself is what its place, or every place, wants."""
        wanted, places = _WANTED.get(call.function), PLACES.get(call.function, ())
        for place, argument in enumerate(call.arguments):
            kind = self.of(argument)
            if place < len(places):
                is_right, word = fits(kind, places[place]), SPOKEN[places[place]]
            else:
                is_right = wanted is None or wanted(kind)
                word = _WANTED_WORDS.get(call.function, "")
            if not is_right:
                told = f"wartość {place + 1}. to {SPOKEN[kind]}, a ma być {word}."
                self._fault(argument.at, f"{spelling}(…): {told}")
        return RESULTS[call.function]

    def _over_rows(self, call: Call, spelling: str) -> Type:
        """In the rows of one table its columns are cells; no such function stands in another."""
        within = [
            node
            for argument in call.arguments
            for node in walk(argument)
            if isinstance(node, Call) and node.function in words.OVER_ROWS
        ]
        if within:
            inner = words.SPELLING[within[0].function]
            self._fault(
                within[0].at,
                f"W {spelling}(…) nie może stać {inner}(…). Policz ją w osobnym pytaniu.",
            )
            return RESULTS[call.function]
        tables = sorted({name[:-1] for name in self._columns(call)})
        if len(tables) != 1:
            known = ", ".join(f"„{'.'.join(one)}”" for one in tables)
            told = f"a są dwie: {known}" if tables else "np. budzet.kwota > 100"
            self._fault(call.at, f"{spelling}(…) liczy po wierszach jednej tabeli, {told}.")
            return RESULTS[call.function]
        arguments = list(call.arguments)
        if call.function == "najlepsze":
            self.want(arguments.pop(0), Type.NUMBER, "najlepsze(…): pierwsza ma być liczba")
        inside = _Typing(self._scope.in_rows_of(tables[0]))
        if call.function != "ile_gdy":
            inside.want(arguments.pop(0), Type.NUMBER, f"{spelling}(…) bierze kolumnę liczb")
        for condition in arguments:
            inside.want(condition, Type.YES_NO, f"{spelling}(…): ostatni ma być warunek")
        self.faults += inside.faults
        return RESULTS[call.function]

    def _columns(self, call: Call) -> Iterator[Name]:
        """The columns of tables that stand in the call."""
        for node in walk(call):
            if isinstance(node, Named) and self._scope.names.get(node.name[:-1]) is Type.TABLE:
                yield node.name

    def _condition(self, call: Call) -> Type:
        condition, then, otherwise = call.arguments
        self.want(condition, Type.YES_NO, "jeżeli(…): pierwszy ma być warunek")
        kinds = [self.of(then), self.of(otherwise)]
        if not fits(kinds[0], kinds[1]) and not fits(kinds[1], kinds[0]):
            self._fault(
                otherwise.at,
                "jeżeli(…): obie wartości mają być jednego rodzaju, "
                f"a są: {SPOKEN[kinds[0]]} i {SPOKEN[kinds[1]]}.",
            )
            return Type.ANY
        return next((kind for kind in kinds if kind is not Type.EMPTY), Type.EMPTY)

    def _extreme(self, call: Call, spelling: str) -> Type:
        kinds = {item_of(self.of(argument)) for argument in call.arguments} - {Type.EMPTY}
        certain = kinds - {Type.ANY}
        if len(certain) > 1 or not certain <= {Type.NUMBER, Type.DATE}:
            self._fault(call.at, f"{spelling}(…) wybiera spośród samych liczb albo samych dat.")
            return Type.ANY
        return certain.pop() if certain else Type.ANY

    def _looked_up(self, call: Call, arguments: Sequence[Node]) -> Type:
        kinds = [(key, self.of(key)) for key in arguments[2:]]
        match arguments[:2]:
            case (Literal(str(table)), Literal(str(column))):
                return self._column(call, table, column, kinds)
        self._fault(
            call.at,
            f"{words.SPELLING[call.function]}(…) bierze dwie nazwy w cudzysłowach: "
            '("tabela", "kolumna"), a po nich klucze.',
        )
        return Type.ANY

    def _column(
        self, call: Call, table: str, column: str, keys: Sequence[tuple[Node, Type]]
    ) -> Type:
        tables = self._scope.tables
        if tables is None:
            return Type.ANY
        if table not in tables:
            known = f" Są: {_some(tables)}." if tables else ""
            self._fault(call.at, f"Nie ma tabeli „{table}”.{known}")
            return Type.ANY
        shape = tables[table]
        columns = shape.columns if isinstance(shape, TableShape) else shape
        if isinstance(shape, TableShape):
            self._keys(call, table, shape, keys)
        if column not in columns:
            self._fault(
                call.at, f"Tabela „{table}” nie ma kolumny „{column}”. Są: {_some(columns)}."
            )
            return Type.ANY
        kind = columns[column] if isinstance(columns, Mapping) else Type.ANY
        return Type(kind) if kind in set(Type) else Type.ANY

    def _keys(
        self, call: Call, table: str, shape: TableShape, keys: Sequence[tuple[Node, Type]]
    ) -> None:
        if len(keys) != len(shape.keys):
            named = ", ".join(shape.labels)
            told = f"ma klucze: {named}" if shape.keys else "nie ma kluczy: jej wiersz to jednostka"
            sentence = f"Tabela „{table}” {told}. Po nazwie kolumny podano ich {len(keys)}."
            self._fault(call.at, sentence)
            return
        for (node, kind), wanted, label in zip(keys, shape.keys, shape.labels, strict=True):
            asked = Type.NUMBER if wanted == FROM else Type(wanted)
            if not fits(kind, asked):
                sentence = f"Klucz „{label}” tabeli „{table}” to {SPOKEN[asked]}"
                self._fault(node.at, f"{sentence}, a jest {SPOKEN[kind]}.")


def _literal(value: Scalar) -> Type:
    match value:
        case None:
            return Type.EMPTY
        case bool():
            return Type.YES_NO
        case Decimal():
            return Type.NUMBER
        case date():
            return Type.DATE
        case str():
            return Type.TEXT


def _hint(kind: Type, wanted: Type) -> str:
    if kind in LISTS and item_of(kind) is wanted is Type.NUMBER:
        return ". Użyj suma(…)"
    return ""


def _quotes(node: Comparison, left: Type, right: Type) -> str:
    if {left, right} in ({Type.DATE, Type.TEXT}, {Type.NUMBER, Type.TEXT}) and any(
        isinstance(side, Literal) and isinstance(side.value, str)
        for side in (node.left, node.right)
    ):
        return ". Liczby i daty pisze się bez cudzysłowu"
    return ""


def _some(names: Iterable[str]) -> str:
    listed = sorted(names)
    return ", ".join(listed[:8]) + (", …" if len(listed) > 8 else "")  # noqa: PLR2004  # fits a line


def _unit_facts() -> str:
    return f"Są: {', '.join(words.UNIT_FACTS)}."


def _is_numeric(kind: Type) -> bool:
    return fits(item_of(kind), Type.NUMBER)


_WANTED: dict[str, Callable[[Type], bool]] = {
    "suma": _is_numeric,
    "iloczyn": _is_numeric,
    "srednia": _is_numeric,
}
_WANTED_WORDS = {
    "suma": "liczba albo kolumna liczb",
    "iloczyn": "liczba albo kolumna liczb",
    "srednia": "liczba albo kolumna liczb",
}
