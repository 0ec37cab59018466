"""A rule document (JSON) into rules, with a Polish sentence for everything that is wrong."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from forms.definition.members import Members
from forms.definition.model import Fault
from forms.definition.places import Place
from opium.errors import FieldError
from ranking import naming
from ranking.errors import RulesFaulty
from ranking.matters import Field, Kind
from ranking.rules import (
    GROSZ,
    NOTHING,
    AtLine,
    Beyond,
    Cap,
    Key,
    Limit,
    Lot,
    Pot,
    Rounding,
    Rules,
    Threshold,
)
from ranking.ways import read_way

FORMAT = 1
MOST_KEYS, MOST_LIMITS, MOST_POTS, MOST_PRIZES = 20, 20, 50, 100_000
STEPS = tuple(Decimal(one) for one in ("0.01", "1.00", "10.00", "100.00"))


def read_rules(document: object, fields: Mapping[str, Field]) -> Rules:
    """The rules that a document says about matters with these fields.

    Raises `RulesFaulty` with every fault: a member that is not known, of another type or absent, a
    field that the matters do not have or that is no number where a number is needed, rules that
    contradict each other.
    """
    faults: list[Fault] = []
    root = Members(document, Place("", "Zasady"), faults)
    if root.number("format", default=FORMAT) != FORMAT:
        root.fault("format", f"Znam tylko zasady zapisane w formacie {FORMAT}.")
    reader = _Reader(fields, faults)
    rules = reader.rules(root)
    root.nothing_else()
    if not faults:
        _contradictions(root, rules)
    if faults:
        raise RulesFaulty(
            errors=[FieldError(one.path, f"{one.where}: {one.sentence}") for one in faults]
        )
    return rules


class _Reader:
    def __init__(self, fields: Mapping[str, Field], faults: list[Fault]) -> None:
        self._fields, self._faults = fields, faults

    def rules(self, root: Members) -> Rules:
        step, rounding = self._rounding(root)
        return Rules(
            order=tuple(self._key(one) for one in self._each(root, "order", "klucz", MOST_KEYS)),
            lists=naming.field(root, "lists", self._fields, may_be_absent=True),
            is_dense=naming.word(root, "places", ("gaps", "dense")) == "dense",
            thresholds=tuple(
                self._threshold(one) for one in self._each(root, "thresholds", "próg", MOST_LIMITS)
            ),
            limits=tuple(
                self._limit(one) for one in self._each(root, "limits", "liczba nagród", MOST_LIMITS)
            ),
            at_line=AtLine(naming.word(root, "at_line", ("ask", "all", "none"))),
            pots=tuple(self._pot(one) for one in self._each(root, "pots", "pula", MOST_POTS)),
            beyond=Beyond(naming.word(root, "beyond", ("stop", "skip", "part"))),
            is_split=naming.word(root, "one_matter", ("many_pots", "one_pot")) == "many_pots",
            way=read_way(root, self._fields, self._faults),
            asked=naming.number_field(root, "asked", self._fields, may_be_absent=True),
            caps=tuple(self._cap(one) for one in self._each(root, "caps", "pułap", MOST_LIMITS)),
            step=step,
            rounding=rounding,
            least=naming.optional_money(root, "least") or NOTHING,
            is_proportional=root.flag("proportional"),
        )

    def _each(self, owner: Members, member: str, called: str, most: int) -> list[Members]:
        return naming.each(owner, member, called, most, self._faults)

    def _key(self, members: Members) -> Key | Lot:
        if seed := members.text("lot"):
            members.nothing_else("Przy losowaniu podaje się tylko ziarno („lot”).")
            return Lot(seed)
        by = naming.field(members, "by", self._fields)
        scale = members.texts("scale")
        is_falling = naming.word(members, "direction", ("falling", "rising")) == "falling"
        if scale and by and self._fields[by].kind is not Kind.TEXT:
            members.fault("scale", "Kolejność słów podaje się tylko dla tekstu.")
        if len(set(scale)) != len(scale):
            members.fault("scale", "To samo słowo stoi tu dwa razy.")
        missing = naming.word(members, "missing", ("last", "first"))
        members.nothing_else()
        return Key(by, is_falling and not scale, missing == "first", scale)

    def _threshold(self, members: Members) -> Threshold:
        by = naming.number_field(members, "by", self._fields)
        least = naming.number(members, "least")
        members.nothing_else()
        return Threshold(by, self._label(by), least)

    def _limit(self, members: Members) -> Limit:
        clean = len(self._faults)
        by = naming.field(members, "by", self._fields, may_be_absent=True)
        most = members.count("most")
        found: Any = members.take("each", {})
        each = {}
        if isinstance(found, dict) and all(_is_prizes(one) for one in found.values()):
            each = {str(word): number for word, number in found.items()}
        else:
            members.fault("each", "Tu ma być obiekt: wartość pola i liczba nagród, np. 10.")
        if most is None and not each and len(self._faults) == clean:
            members.fault("most", "Podaj liczbę nagród.")
        if most is not None and most > MOST_PRIZES:
            members.fault("most", f"Najwyżej {MOST_PRIZES} nagród.")
        if each and not by:
            members.fault("by", "Podaj pole, którego wartości mają swoje liczby nagród.")
        members.nothing_else()
        return Limit(by, self._label(by), most, each)

    def _pot(self, members: Members) -> Pot:
        code = members.text("code").strip()
        if not code:
            members.fault("code", "Podaj kod puli.")
        amount = naming.money(members, "amount")
        only = members.take("only", None)
        by, among = "", frozenset[str]()
        if only is not None:
            place = members.place.down("only", called="tylko dla")
            inner = Members(only, place, self._faults)
            by, among = naming.field(inner, "by", self._fields), frozenset(inner.texts("among"))
            if not among:
                inner.fault("among", "Podaj, dla jakich wartości jest ta pula.")
            inner.nothing_else()
        members.nothing_else()
        return Pot(code, amount, by, among)

    def _cap(self, members: Members) -> Cap:
        amount = naming.optional_money(members, "amount")
        percent = naming.optional_number(members, "percent")
        of = naming.number_field(members, "of", self._fields, may_be_absent=percent is None)
        if (amount is None) == (percent is None):
            members.fault("", "Pułap to albo kwota („amount”), albo procent („percent”) pola.")
        if percent is not None and percent < 0:
            members.fault("percent", "Procent nie może być ujemny.")
        members.nothing_else()
        return Cap(amount, percent, of)

    def _rounding(self, root: Members) -> tuple[Decimal, Rounding]:
        document: Any = root.take("rounding", {})
        members = Members(
            document, root.place.down("rounding", called="zaokrąglenie"), self._faults
        )
        step = naming.optional_money(members, "to") or GROSZ
        if step not in STEPS:
            members.fault("to", "Zaokrągla się do 0.01, 1.00, 10.00 albo 100.00 zł.")
            step = GROSZ
        way = naming.word(members, "way", ("down", "nearest", "up"))
        members.nothing_else()
        return step, Rounding(way)

    def _label(self, by: str) -> str:
        return self._fields[by].label if by else ""


def _is_prizes(found: object) -> bool:
    return isinstance(found, int) and not isinstance(found, bool) and 0 <= found <= MOST_PRIZES


def _contradictions(root: Members, rules: Rules) -> None:
    """What is right by itself and says nothing together."""
    codes = [pot.code for pot in rules.pots]
    if len(set(codes)) != len(codes):
        root.fault("pots", "Ta sama pula stoi tu dwa razy.")
    if rules.is_proportional and not rules.pots:
        root.fault("proportional", "Obniżać proporcjonalnie można tylko do puli: podaj pulę.")
    if rules.is_proportional and not rules.is_split:
        root.fault(
            "one_matter", "Przy proporcjonalnym obniżeniu jedna sprawa ma środki z kilku pul."
        )
    if rules.way is None and (rules.is_proportional or rules.caps or rules.least):
        root.fault("amount", "Podaj, ile dostaje sprawa: bez tego nie ma czego obniżać.")
    if not rules.order:
        root.fault("order", "Podaj, według czego układa się ranking.")
