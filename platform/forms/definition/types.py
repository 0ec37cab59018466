"""The types of questions: what each is called, what it is worth and what its author may set."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from forms.definition.model import Column, Question
from forms.expressions import UNIT_FACTS, Type


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a composite answer: `adres.city`, in expressions also `adres.miejscowosc`."""

    label: str
    polish: str
    type: str = "short_text"


@dataclass(frozen=True, slots=True)
class QuestionType:
    """`worth` is the type in expressions (None: only parts have values, or nothing has).

    `options` are the members of Options that the type knows; `is_simple` ones can be columns of a
    table, `is_computable` ones can have a formula or a default.
    """

    label: str
    worth: Type | None = Type.TEXT
    options: tuple[str, ...] = ()
    is_simple: bool = False
    is_computable: bool = False
    has_answer: bool = True


_CHOICE = ("choices", "dictionary")
_UNIT_LABELS = {
    "name": "Nazwa",
    "short_name": "Nazwa skrócona",
    "kind": "Rodzaj (kod)",
    "kind_name": "Rodzaj",
    "street": "Ulica i numer",
    "postal_code": "Kod pocztowy",
    "city": "Miejscowość",
    "phone": "Telefon",
    "email": "E-mail",
    "nip": "NIP",
    "regon": "REGON",
    "rspo": "Numer RSPO",
}


def _simple(
    label: str, worth: Type = Type.TEXT, options: tuple[str, ...] = (), *, computable: bool = True
) -> QuestionType:
    known = (*options, "hidden") if computable else options
    return QuestionType(label, worth, known, is_simple=True, is_computable=computable)


_TYPES: Mapping[str, QuestionType] = {
    "short_text": _simple("krótki tekst", options=("max_length", "names")),
    "long_text": _simple("długi tekst", options=("max_length",)),
    "rich_text": QuestionType("tekst z formatowaniem", options=("max_length",)),
    "number": _simple("liczba", Type.NUMBER, ("min", "max", "decimals", "unit")),
    "money": _simple("kwota", Type.NUMBER, ("min", "max")),
    "percent": _simple("procent", Type.NUMBER, ("min", "max")),
    "date": _simple("data", Type.DATE, ("min", "max")),
    "date_range": QuestionType("okres", None),
    "yes_no": _simple("tak/nie", Type.YES_NO),
    "single_choice": _simple("jedna odpowiedź z listy", options=(*_CHOICE, "other")),
    "multiple_choice": QuestionType(
        "kilka odpowiedzi z listy", Type.TEXTS, (*_CHOICE, "min", "max")
    ),
    "table": QuestionType("tabela", Type.TABLE, ("columns", "min_rows", "max_rows", "sums")),
    "unit": _simple("jednostka", options=("kinds", "facts"), computable=False),
    "person": QuestionType("osoba"),
    "personal_data": QuestionType("dane osoby", None, ("of", "fields")),
    "classification": QuestionType("klasyfikacja budżetowa", None, ("dictionary",)),
    "address": QuestionType("adres", None),
    "email": _simple("e-mail"),
    "phone": _simple("telefon"),
    "pesel": _simple("PESEL"),
    "nip": _simple("NIP"),
    "regon": _simple("REGON"),
    "iban": _simple("numer rachunku"),
    "file": QuestionType("plik", Type.TEXTS, ("endings", "max_size", "max_count")),
    "workbook": QuestionType("arkusz", options=("template",)),
    "statement": QuestionType("oświadczenie", Type.YES_NO, ("wording",)),
    "heading": QuestionType("nagłówek", None, has_answer=False),
    "help_text": QuestionType("objaśnienie", None, has_answer=False),
}
BETRAYING = frozenset(
    {
        *("unit", "person", "personal_data", "address", "email", "phone", "pesel", "nip"),
        *("regon", "iban", "file", "workbook"),
    }
)
"""Types whose answers tell who applies by themselves: a file by its name, stamp or properties."""
TYPES: Mapping[str, QuestionType] = {
    code: replace(kind, options=(*kind.options, "identifying"))
    if kind.has_answer and code not in BETRAYING
    else kind
    for code, kind in _TYPES.items()
}

PERSONAL_FIELDS: Mapping[str, Part] = {
    "first_name": Part("Imię", "imie"),
    "last_name": Part("Nazwisko", "nazwisko"),
    "birth_date": Part("Data urodzenia", "data_urodzenia", "date"),
    "birth_place": Part("Miejsce urodzenia", "miejsce_urodzenia"),
    "pesel": Part("PESEL", "nr_pesel", "pesel"),
    "post": Part("Stanowisko", "stanowisko"),
    "degree": Part("Stopień awansu zawodowego", "stopien_awansu"),
    "class": Part("Klasa", "klasa"),
    "parent": Part("Rodzic lub opiekun prawny", "opiekun"),
    "phone": Part("Telefon", "nr_telefonu", "phone"),
    "email": Part("E-mail", "adres_email", "email"),
    "address": Part("Adres zamieszkania", "adres"),
    "account": Part("Numer rachunku", "rachunek", "iban"),
}
"""What a block of personal data may ask for; each field that is asked for has to be given."""
ONLY_TEACHERS = frozenset({"post", "degree"})
ONLY_PUPILS = frozenset({"class", "parent"})

_PARTS: Mapping[str, Mapping[str, Part]] = {
    "date_range": {"from": Part("Od", "od", "date"), "to": Part("Do", "do", "date")},
    "address": {
        "street": Part("Ulica i numer", "ulica"),
        "postal_code": Part("Kod pocztowy", "kod_pocztowy"),
        "city": Part("Miejscowość", "miejscowosc"),
    },
    "classification": {
        "division": Part("Dział", "dzial"),
        "chapter": Part("Rozdział", "rozdzial"),
        "paragraph": Part("Paragraf", "paragraf"),
    },
    "unit": {code: Part(_UNIT_LABELS[code], polish) for polish, code in UNIT_FACTS.items()},
}


OWN_UNIT = "unit"
"""The `prefill` of a question about a unit that is answered with the sheet's own, and no other."""
NEVER_PREFILLED = frozenset({"statement", "file", "workbook"})
"""Nobody accepts a statement by following a link, and files belong to one sheet."""

SETTING_NAMES = {
    "max_length": "najwięcej znaków",
    "min": "najmniej",
    "max": "najwięcej",
    "decimals": "miejsca po przecinku",
    "unit": "jednostka miary",
    "dictionary": "słownik",
    "other": "własna odpowiedź",
    "min_rows": "najmniej wierszy",
    "max_rows": "najwięcej wierszy",
    "sums": "sumowane kolumny",
    "kinds": "rodzaje jednostek",
    "facts": "cechy jednostki",
    "of": "czyje dane",
    "fields": "dane",
    "endings": "rozszerzenia plików",
    "max_size": "największy plik",
    "max_count": "najwięcej plików",
    "template": "wzór arkusza",
    "wording": "oświadczenie",
    "hidden": "pomocnicza",
    "identifying": "identyfikuje wnioskodawcę",
    "names": "tytuł sprawy",
}
"""What the settings of a question are called in tables and in lists of differences."""


def parts_of(question: Question | Column) -> Mapping[str, Part]:
    """The parts of a composite answer by their codes, in the order in which they are asked."""
    if question.type == "personal_data":
        return {
            code: PERSONAL_FIELDS[code]
            for code in question.options.fields
            if code in PERSONAL_FIELDS
        }
    return _PARTS.get(question.type, {})


def part_type(part: Part) -> Type:
    """What a part is worth in expressions."""
    return Type.DATE if part.type == "date" else Type.TEXT
