"""Whether the settings of a question make sense together."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping

from forms.definition.model import Column, Fault, Options, Question, is_less
from forms.definition.places import Place
from forms.definition.types import ONLY_PUPILS, ONLY_TEACHERS, PERSONAL_FIELDS, TYPES
from forms.expressions import UNIT_FACTS, Type

Dictionaries = Mapping[str, Collection[str]] | None
MAX_DECIMALS = 6


def check_options(question: Question, place: Place, dictionaries: Dictionaries) -> Iterator[Fault]:
    """What is wrong in a question's settings and in those of its columns."""
    yield from _own(question, place.down("options"), dictionaries)
    for number, column in enumerate(question.options.columns):
        at = place.column(number, column)
        if not column.label.strip():
            yield at.down("label").fault("Kolumna nie ma nagłówka. Wpisz go.")
        if column.compute and column.required:
            yield at.down("required").fault(
                "Kolumna jest obliczana, więc nie może być wymagana: usuń jedno z dwojga."
            )
        if column.compute and not TYPES[column.type].is_computable:
            yield at.down("compute").fault(
                f"Kolumny typu „{TYPES[column.type].label}” nie można obliczać."
            )
        if column.options.names:
            yield at.down("options", "names").fault(
                "Tytuł sprawy daje osobne pytanie, nie kolumna tabeli."
            )
        if column.options.hidden and column.key in question.options.sums:
            yield at.down("options", "hidden").fault(
                "Kolumna jest pomocnicza, więc nie widać jej sumy: usuń jedno z dwojga."
            )
        yield from _own(column, at.down("options"), dictionaries)


def _own(question: Question | Column, place: Place, dictionaries: Dictionaries) -> Iterator[Fault]:
    options = question.options
    yield from _bounds(options, place)
    if options.hidden and not question.compute:
        yield place.down("hidden").fault(
            "Pomocnicza może być tylko wartość obliczana: tego nikt by nie wypełnił."
        )
    if options.dictionary and dictionaries is not None and options.dictionary not in dictionaries:
        yield place.down("dictionary").fault(
            f"Nie ma słownika „{options.dictionary}”. Utwórz go albo wybierz inny."
        )
    rules = _RULES.get(question.type)
    if rules:
        yield from rules(options, place)


def _bounds(options: Options, place: Place) -> Iterator[Fault]:
    low, high = options.min, options.max
    if low is not None and high is not None and is_less(high, low):
        yield place.down("max").fault("Największa wartość jest mniejsza od najmniejszej.")
    rows = (options.min_rows, options.max_rows)
    if rows[0] is not None and rows[1] is not None and rows[0] > rows[1]:
        yield place.down("max_rows").fault(
            "Największa liczba wierszy jest mniejsza od najmniejszej."
        )
    for member in ("max_length", "max_rows", "max_size", "max_count"):
        if getattr(options, member) == 0:
            yield place.down(member).fault("Zero nie pozwala na żadną odpowiedź. Wpisz więcej.")


def _number(options: Options, place: Place) -> Iterator[Fault]:
    if options.decimals is not None and options.decimals > MAX_DECIMALS:
        yield place.down("decimals").fault(f"Najwyżej {MAX_DECIMALS} miejsc po przecinku.")


def _choice(options: Options, place: Place) -> Iterator[Fault]:
    if bool(options.choices) == bool(options.dictionary):
        yield place.down("choices").fault(
            "Podaj odpowiedzi do wyboru albo wskaż słownik, skąd mają być (jedno z dwojga)."
        )
    for key, times in Counter(choice.key for choice in options.choices).items():
        if times > 1:
            yield place.down("choices").fault(f"Klucz odpowiedzi „{key}” jest {times} razy.")
    for number, choice in enumerate(options.choices):
        if not choice.label.strip():
            yield place.down("choices", number, "label").fault("Odpowiedź do wyboru jest pusta.")


def _table(options: Options, place: Place) -> Iterator[Fault]:
    if not options.columns:
        yield place.down("columns").fault("Tabela nie ma kolumn. Dodaj kolumnę.")
    numbers = {column.key for column in options.columns if TYPES[column.type].worth is Type.NUMBER}
    for key in options.sums:
        if key not in numbers:
            yield place.down("sums").fault(
                f"Nie można podsumować kolumny „{key}”: nie ma takiej kolumny liczb."
            )


def _unit(options: Options, place: Place) -> Iterator[Fault]:
    for fact in options.facts:
        if fact not in UNIT_FACTS.values():
            listed = ", ".join(UNIT_FACTS.values())
            yield place.down("facts").fault(f"Jednostka nie ma cechy „{fact}”. Są: {listed}.")


def _personal_data(options: Options, place: Place) -> Iterator[Fault]:
    if options.of not in {"teacher", "pupil"}:
        yield place.down("of").fault(
            "Wybierz, o kogo pytasz: nauczyciela (teacher) czy ucznia (pupil)."
        )
    if not options.fields:
        yield place.down("fields").fault("Wybierz, o jakie dane pytasz.")
    forbidden = ONLY_PUPILS if options.of == "teacher" else ONLY_TEACHERS
    for name in options.fields:
        if name not in PERSONAL_FIELDS:
            listed = ", ".join(PERSONAL_FIELDS)
            yield place.down("fields").fault(f"Nie znam danych „{name}”. Są: {listed}.")
        elif name in forbidden:
            label = PERSONAL_FIELDS[name].label
            yield place.down("fields").fault(f"„{label}” nie dotyczy wybranej osoby.")


def _file(options: Options, place: Place) -> Iterator[Fault]:
    for ending in options.endings:
        if not ending.isalnum() or ending != ending.lower():
            yield place.down("endings").fault(
                f"Rozszerzenie „{ending}” zapisz małymi literami i bez kropki, np. pdf."
            )


def _statement(options: Options, place: Place) -> Iterator[Fault]:
    if not options.wording.strip():
        yield place.down("wording").fault("Oświadczenie nie ma treści. Wpisz ją.")


_RULES: dict[str, Callable[[Options, Place], Iterator[Fault]]] = {
    "number": _number,
    "single_choice": _choice,
    "multiple_choice": _choice,
    "table": _table,
    "unit": _unit,
    "personal_data": _personal_data,
    "file": _file,
    "statement": _statement,
}
