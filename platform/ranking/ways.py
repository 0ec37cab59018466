"""How much a matter gets: the member „amount” of a rule document."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from forms.definition.members import Members
from forms.definition.model import Fault
from ranking import naming
from ranking.matters import Field, word_of
from ranking.rules import HUNDRED, AsAsked, Fixed, Percent, PerPoint, Tariff, Way

MOST_BANDS, MOST_ROWS, MOST_KEYS = 100, 5_000, 5
Fields = Mapping[str, Field]


def read_way(root: Members, fields: Fields, faults: list[Fault]) -> Way | None:
    """None where the document says of no sums at all."""
    document = root.take("amount", None)
    if document is None:
        return None
    members = Members(document, root.place.down("amount", called="kwota"), faults)
    clean = len(faults)
    read = _WAYS[naming.word(members, "way", tuple(_WAYS))]
    if len(faults) > clean:
        return None
    way = read(members, fields, faults)
    members.nothing_else()
    return way


def _as_asked(members: Members, fields: Fields, _faults: list[Fault]) -> Way:
    return AsAsked(naming.number_field(members, "by", fields))


def _fixed(members: Members, _fields: Fields, _faults: list[Fault]) -> Way:
    amount = naming.money(members, "amount")
    if not amount:
        members.fault("amount", "Kwota ma być większa od zera.")
    return Fixed(amount)


def _percent(members: Members, fields: Fields, faults: list[Fault]) -> Way:
    bands = []
    for one in naming.each(members, "bands", "próg", MOST_BANDS, faults):
        bands.append((naming.number(one, "from"), naming.number(one, "percent")))
        if not 0 <= bands[-1][1] <= HUNDRED:
            one.fault("percent", "Procent ma być od 0 do 100.")
        one.nothing_else()
    if not bands:
        members.fault("bands", "Podaj progi punktów i ich procenty.")
    if len({start for start, _ in bands}) != len(bands):
        members.fault("bands", "Dwa progi zaczynają się od tej samej liczby punktów.")
    return Percent(
        naming.number_field(members, "by", fields),
        naming.number_field(members, "points", fields),
        tuple(sorted(bands, reverse=True)),
    )


def _per_point(members: Members, fields: Fields, _faults: list[Fault]) -> Way:
    points = naming.number_field(members, "points", fields)
    return PerPoint(points, naming.money(members, "amount"))


def _tariff(members: Members, fields: Fields, faults: list[Fault]) -> Way:
    by = members.texts("by")
    if not 1 <= len(by) <= MOST_KEYS or any(one not in fields for one in by):
        members.fault("by", f"Podaj od 1 do {MOST_KEYS} pól, które mają sprawy.")
    rows: dict[tuple[str, ...], Decimal] = {}
    for one in naming.each(members, "rows", "wiersz", MOST_ROWS, faults):
        when = tuple(_word(found) for found in one.list("when"))
        if len(when) != len(by) or "" in when:
            one.fault("when", "Podaj wartość dla każdego z pól, w ich kolejności.")
        if when in rows:
            one.fault("when", "Taki wiersz już jest wyżej.")
        rows[when] = naming.money(one, "amount")
        one.nothing_else()
    if not rows:
        members.fault("rows", "Podaj wiersze tabeli stawek.")
    return Tariff(by, rows)


def _word(found: object) -> str:
    """As `Matter.group` has it; "" for what is neither a text nor a whole number."""
    if isinstance(found, int) and not isinstance(found, bool):
        return word_of(Decimal(found))
    return found if isinstance(found, str) else ""


_WAYS: Mapping[str, Callable[[Members, Fields, list[Fault]], Way]] = {
    "asked": _as_asked,
    "fixed": _fixed,
    "percent": _percent,
    "per_point": _per_point,
    "tariff": _tariff,
}
