"""What the functions of the language compute. Wrong arguments give an empty value."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import reduce

from forms.expressions.numbers import CONTEXT, finite, number
from forms.expressions.tree import Value

_MAX_PLACES = 10
_HALF_UP = Context(
    prec=CONTEXT.prec, Emin=CONTEXT.Emin, Emax=CONTEXT.Emax, traps=[], rounding=ROUND_HALF_UP
)


def apply(function: str, values: list[Value]) -> Value:
    """The value of a function (by its folded name) over evaluated arguments."""
    return _FUNCTIONS[function](values)


def is_empty(value: Value) -> bool:
    """Whether a value counts as not answered; a list does when nothing in it is answered."""
    if isinstance(value, list):
        return all(one is None or one == "" for one in value)
    return value is None or value == ""


def rounded(value: Decimal, places: int) -> Decimal | None:
    """The number with so many decimal places, halves away from zero as in shops and offices."""
    step = Decimal(1).scaleb(-places)
    return finite(_HALF_UP.quantize(value, step)) if places >= 0 else _to_tens(value, -places)


def _to_tens(value: Decimal, power: int) -> Decimal | None:
    shrunk = _HALF_UP.quantize(value.scaleb(-power, CONTEXT), Decimal(1))
    return finite(CONTEXT.quantize(shrunk.scaleb(power, CONTEXT), Decimal(1)))


def _flat(values: Iterable[Value]) -> list[Value]:
    return [one for value in values for one in (value if isinstance(value, list) else [value])]


def _numbers(values: Iterable[Value]) -> list[Decimal]:
    found = (number(value) for value in _flat(values))
    return [value for value in found if value is not None]


def _total(values: list[Value]) -> Decimal | None:
    return finite(reduce(CONTEXT.add, _numbers(values), Decimal(0)))


def _multiplied(values: list[Value]) -> Decimal | None:
    flat = _flat(values)
    numbers = _numbers(flat)
    if not numbers or len(numbers) < len(flat):
        return None
    return finite(reduce(CONTEXT.multiply, numbers))


def _rounded(values: list[Value]) -> Decimal | None:
    value = number(values[0]) if values else None
    places = number(values[1]) if len(values) > 1 else Decimal(0)
    if value is None or places is None or places % 1 or abs(places) > _MAX_PLACES:
        return None
    return rounded(value, int(places))


def _counted(values: list[Value]) -> Decimal:
    return Decimal(sum(not is_empty(value) for value in _flat(values)))


def _mean(values: list[Value]) -> Decimal | None:
    numbers = _numbers(values)
    total = _total(values)
    return None if total is None or not numbers else CONTEXT.divide(total, Decimal(len(numbers)))


def _extreme(choose: Callable[..., Decimal | date]) -> Callable[[list[Value]], Value]:
    def extreme(values: list[Value]) -> Value:
        numbers = _numbers(values)
        if numbers:
            return choose(numbers)
        days = [value for value in _flat(values) if isinstance(value, date)]
        return choose(days) if days else None

    return extreme


def _days(values: list[Value]) -> Decimal | None:
    match values:
        case [date() as start, date() as end]:
            return Decimal((end - start).days)
    return None


def _length(values: list[Value]) -> Decimal | None:
    match values:
        case [str() as text]:
            return Decimal(len(text))
    return None


def _blank(values: list[Value]) -> bool:
    return all(is_empty(value) for value in values)


def _nothing(_values: list[Value]) -> None:
    return None


_FUNCTIONS: dict[str, Callable[[list[Value]], Value]] = {
    "suma": _total,
    "iloczyn": _multiplied,
    "zaokragl": _rounded,
    "jezeli": _nothing,
    "ile": _counted,
    "min": _extreme(min),
    "max": _extreme(max),
    "srednia": _mean,
    "dni": _days,
    "dzisiaj": _nothing,
    "puste": _blank,
    "dlugosc": _length,
    "z_tabeli": _nothing,
    "z_tabeli_na": _nothing,
}
