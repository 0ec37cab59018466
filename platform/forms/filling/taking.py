"""Answers as they come (any JSON) into values: what can be read, how it is kept, what is wrong.

The kept form is canonical: reading it again gives the same value and the same form.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from forms.definition import Column, Options, Question, is_less, is_storable
from forms.definition.types import OWN_UNIT
from forms.expressions import Value, format_number
from forms.filling.facts import Facts
from opium import identifiers
from opium.polish import format_date, format_money, plural

MAX_SHORT, MAX_LONG, MAX_OTHER = 500, 20_000, 200
MAX_DECIMALS = 6
_GROSZE = 2
_HUGE = 10**15
_BLANKS = re.compile(r"[\s\u00a0\u2007\u202f]+")
_CURRENCY = re.compile(r"(zł|zl|pln)\.?$", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d{1,15}([.,]\d{1,10})?")
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_EMAIL = re.compile(r"[^@\s<>,;\"]{1,64}@[^@\s<>,;\"]{1,190}\.[^@\s<>,;\".]{2,}")
_PHONE = re.compile(r"\+?[\d\s()\-]{7,30}(\s*(w|wew)\.?\s*\d{1,6})?")


class Wrong(ValueError):
    """An answer that cannot be read; the sentence tells how to give it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """An answer as read: `value` for expressions, `kept` for the sheet, `remarks` for people.

    An unreadable one has no value and is kept as it came.
    """

    value: Value = None
    kept: Any = None
    remarks: list[str] = field(default_factory=list)
    is_readable: bool = True

    @property
    def is_empty(self) -> bool:
        return self.is_readable and self.kept is None


NOTHING = Taken()
Taker = Callable[[Any, Options, Facts], Taken]


def take(question: Question | Column, raw: Any, facts: Facts) -> Taken:
    """An answer of a simple type, read; never raises."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return NOTHING
    try:
        if question.type == "unit" and getattr(question, "prefill", "") == OWN_UNIT:
            _require_own(raw, facts)
        return _TAKERS[question.type](raw, question.options, facts)
    except Wrong as wrong:
        return Taken(None, raw, [str(wrong)], is_readable=False)


def text(raw: Any, most: int) -> str:
    """The text without blanks around it; raises Wrong."""
    if not isinstance(raw, str) or not is_storable(raw):
        raise Wrong("Wpisz tekst.")
    if len(raw) > most:
        raise Wrong(f"Skróć tekst: może mieć najwyżej {most} znaków, a ma {len(raw)}.")
    return raw.strip()


def day(raw: Any) -> date:
    """A date as 2026-11-23 or 23.11.2026; raises Wrong."""
    written = _DAY.fullmatch(raw.strip()) if isinstance(raw, str) else None
    try:
        if written:
            return date(int(written[3]), int(written[2]), int(written[1]))
        return date.fromisoformat(raw)
    except (TypeError, ValueError):
        raise Wrong("Podaj datę, np. 23.11.2026.") from None


def identifier(raw: Any) -> str:
    """The canonical form of a UUID; raises Wrong."""
    try:
        return str(UUID(raw))
    except (TypeError, ValueError, AttributeError):
        raise Wrong("Wybierz z listy.") from None


def choices_of(options: Options, facts: Facts) -> Mapping[str, str]:
    """The labels of the answers to choose from, by their keys."""
    if options.dictionary:
        return facts.dictionaries.get(options.dictionary, {})
    return {choice.key: choice.label for choice in options.choices}


def _short(raw: Any, options: Options, _facts: Facts) -> Taken:
    return _written(raw, options.max_length or MAX_SHORT)


def _long(raw: Any, options: Options, _facts: Facts) -> Taken:
    return _written(raw, options.max_length or MAX_LONG)


def _written(raw: Any, most: int) -> Taken:
    """A text that is too long can be read all the same: nobody's work is thrown away."""
    kept = text(raw, 10 * MAX_LONG)
    too_long = f"Skróć tekst: może mieć najwyżej {most} znaków, a ma {len(kept)}."
    return Taken(kept, kept, [too_long] if len(kept) > most else [])


def _decimal(raw: Any, sentence: str) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, (str, int, float)):
        raise Wrong(sentence)
    if isinstance(raw, int) and abs(raw) > _HUGE:
        raise Wrong(sentence)
    bare = _BLANKS.sub("", str(raw)).translate({0x2212: "-", 0x2013: "-"})
    if not _NUMBER.fullmatch(bare):
        raise Wrong(sentence)
    return Decimal(bare.replace(",", ".")) + 0


def _places(value: Decimal) -> int:
    return max(0, -int(value.normalize().as_tuple().exponent))


def _bounded(
    value: Decimal | date, options: Options, said: Callable[[Any], str], remarks: list[str]
) -> list[str]:
    if options.min is not None and is_less(value, options.min):
        return [*remarks, f"Najmniejsza dozwolona wartość to {said(options.min)}."]
    if options.max is not None and is_less(options.max, value):
        return [*remarks, f"Największa dozwolona wartość to {said(options.max)}."]
    return remarks


def _number(raw: Any, options: Options, _facts: Facts) -> Taken:
    most = MAX_DECIMALS if options.decimals is None else options.decimals
    value = _decimal(
        raw, "Podaj liczbę, np. 12 albo 2,5." if most else "Podaj liczbę całkowitą, np. 12."
    )
    remarks = [] if _places(value) <= most else [_too_fine(most)]
    unit = f" {options.unit}" if options.unit else ""
    remarks = _bounded(value, options, lambda bound: format_number(bound) + unit, remarks)
    return Taken(value, plain(value), remarks)


def _too_fine(most: int) -> str:
    if most == 0:
        return "Podaj liczbę całkowitą, np. 12."
    places = plural(most, "miejsce", "miejsca", "miejsc")
    return f"Zaokrąglij: najwyżej {places} po przecinku."


def _money(raw: Any, options: Options, _facts: Facts) -> Taken:
    bare = _CURRENCY.sub("", raw.strip()) if isinstance(raw, str) else raw
    value = _decimal(bare, "Podaj kwotę w złotych, np. 1 234,50.")
    if _places(value) > _GROSZE:
        too_fine = "Podaj kwotę z dokładnością do grosza, np. 1 234,50."
        return Taken(value, plain(value), [too_fine])
    return Taken(value, f"{value:.2f}", _bounded(value, options, format_money, []))


def _percent(raw: Any, options: Options, _facts: Facts) -> Taken:
    bare = raw.strip().removesuffix("%") if isinstance(raw, str) else raw
    value = _decimal(bare, "Podaj procent, np. 25 albo 12,5.")
    remarks = [] if _places(value) <= MAX_DECIMALS else [_too_fine(MAX_DECIMALS)]
    remarks = _bounded(value, options, lambda bound: f"{format_number(bound)}%", remarks)
    return Taken(value, plain(value), remarks)


def plain(value: Decimal) -> str:
    """A number for JSON: 1234.5, without needless zeros and without an exponent."""
    return f"{value.normalize() + 0:f}"


def _date(raw: Any, options: Options, _facts: Facts) -> Taken:
    value = day(raw)
    return Taken(value, value.isoformat(), _bounded(value, options, format_date, []))


def _yes_no(raw: Any, _options: Options, _facts: Facts) -> Taken:
    if not isinstance(raw, bool):
        raise Wrong("Zaznacz tak albo nie.")
    return Taken(raw, raw)


def _single_choice(raw: Any, options: Options, facts: Facts) -> Taken:
    key = text(raw, MAX_OTHER)
    if key not in choices_of(options, facts) and not options.other:
        raise Wrong("Wybierz odpowiedź z listy.")
    return Taken(key, key)


def _multiple_choice(raw: Any, options: Options, facts: Facts) -> Taken:
    known = choices_of(options, facts)
    if not isinstance(raw, list) or not all(isinstance(key, str) and key in known for key in raw):
        raise Wrong("Wybierz odpowiedzi z listy.")
    chosen = [key for key in known if key in set(raw)]
    if not chosen:
        return NOTHING
    remarks = []
    if options.min is not None and len(chosen) < Decimal(str(options.min)):
        remarks.append(f"Zaznacz więcej odpowiedzi: co najmniej {options.min}.")
    if options.max is not None and len(chosen) > Decimal(str(options.max)):
        remarks.append(f"Zaznacz mniej odpowiedzi: najwyżej {options.max}.")
    return Taken(list(chosen), chosen, remarks)


def _unit(raw: Any, options: Options, facts: Facts) -> Taken:
    key = identifier(raw)
    known = facts.units.get(key)
    if known is None:
        raise Wrong("Wybierz jednostkę z listy.")
    is_right = not options.kinds or known.get("kind") in options.kinds
    return Taken(key, key, [] if is_right else ["Wybierz jednostkę innego rodzaju."])


def _require_own(raw: Any, facts: Facts) -> None:
    """The matter is of one unit: whoever applies for another opens a matter of that one."""
    if facts.own and identifier(raw) != facts.own:
        raise Wrong("Ta sprawa jest innej jednostki. Załóż sprawę w imieniu tej, o którą chodzi.")


def _person(raw: Any, _options: Options, _facts: Facts) -> Taken:
    key = identifier(raw)
    return Taken(key, key)


def _matching(pattern: re.Pattern[str], sentence: str) -> Taker:
    def matching(raw: Any, _options: Options, _facts: Facts) -> Taken:
        kept = text(raw, MAX_SHORT)
        if not pattern.fullmatch(kept):
            raise Wrong(sentence)
        return Taken(kept, kept)

    return matching


def _numbered(is_right: Callable[[str], bool], sentence: str, *, prefix: str = "") -> Taker:
    """A number with its own checksum, kept without blanks and hyphens."""

    def numbered(raw: Any, _options: Options, _facts: Facts) -> Taken:
        written = text(raw, MAX_SHORT)
        kept = identifiers.compact(written)
        if prefix and kept.isdigit():
            kept = prefix + kept
        if not is_right(kept):
            raise Wrong(sentence)
        return Taken(kept, kept)

    return numbered


def _file(raw: Any, options: Options, facts: Facts) -> Taken:
    if not isinstance(raw, list) or not raw:
        raise Wrong("Dodaj plik.")
    kept = list(dict.fromkeys(identifier(one) for one in raw))
    remarks = [remark for one in kept for remark in _about_file(one, options, facts)]
    if options.max_count is not None and len(kept) > options.max_count:
        remarks.append(f"Usuń zbędne pliki: najwięcej może być {options.max_count}.")
    return Taken(list(kept), kept, remarks)


def _about_file(key: str, options: Options, facts: Facts) -> list[str]:
    known = facts.files.get(key)
    if known is None:
        return ["Nie ma tego pliku. Wczytaj go ponownie."]
    remarks = []
    ending = known.name.rpartition(".")[2].lower()
    if options.endings and ending not in options.endings:
        listed = ", ".join(options.endings)
        remarks.append(f"Plik „{known.name}” ma złe rozszerzenie. Dozwolone: {listed}.")
    if options.max_size is not None and known.size > options.max_size:
        remarks.append(f"Plik „{known.name}” jest za duży. Wczytaj mniejszy.")
    return remarks


_WORKBOOKS = Options(endings=("xlsx", "xlsm", "xls", "xlsb", "ods"))


def _workbook(raw: Any, _options: Options, facts: Facts) -> Taken:
    key = identifier(raw)
    return Taken(key, key, _about_file(key, _WORKBOOKS, facts))


_TAKERS: Mapping[str, Taker] = {
    "short_text": _short,
    "long_text": _long,
    "rich_text": _long,
    "number": _number,
    "money": _money,
    "percent": _percent,
    "date": _date,
    "yes_no": _yes_no,
    "single_choice": _single_choice,
    "multiple_choice": _multiple_choice,
    "unit": _unit,
    "person": _person,
    "email": _matching(_EMAIL, "Podaj adres e-mail, np. sekretariat@szkola.pl."),
    "phone": _matching(_PHONE, "Podaj numer telefonu, np. 52 123 45 67."),
    "pesel": _numbered(
        identifiers.is_pesel, "Sprawdź PESEL: to 11 cyfr, a ostatnia jest kontrolna."
    ),
    "nip": _numbered(identifiers.is_nip, "Sprawdź NIP: to 10 cyfr, a ostatnia jest kontrolna."),
    "regon": _numbered(
        identifiers.is_regon, "Sprawdź REGON: to 9 albo 14 cyfr, a ostatnia jest kontrolna."
    ),
    "iban": _numbered(
        identifiers.is_iban,
        "Sprawdź numer rachunku: po PL ma być 26 cyfr.",
        prefix="PL",
    ),
    "file": _file,
    "workbook": _workbook,
}
