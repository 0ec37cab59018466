"""What each function is for, as the editor tells it; the whole language: docs/expressions.md."""

from dataclasses import dataclass

from opium.polish import fold


@dataclass(frozen=True, slots=True)
class Described:
    """A function as it is written, and what it gives."""

    written: str
    sentence: str

    @property
    def function(self) -> str:
        """Its name without diacritics."""
        return fold(self.written.partition("(")[0])


def _group(title: str, *functions: tuple[str, str]) -> tuple[str, tuple[Described, ...]]:
    return title, tuple(Described(*one) for one in functions)


DESCRIBED = (
    _group(
        "Liczby i warunki",
        ("suma(budzet.kwota)", "suma kolumny albo kilku wartości; puste pomija"),
        ("iloczyn(a, b)", "iloczyn"),
        ("ile(budzet)", "ile jest wierszy, zaznaczonych odpowiedzi, wypełnionych pól"),
        ("min(a, b)", "najmniejsza liczba albo najwcześniejsza data"),
        ("max(a, b)", "największa liczba albo najpóźniejsza data"),
        ("średnia(budzet.kwota)", "średnia"),
        ("zaokrągl(x, 2)", "liczba z tyloma miejscami po przecinku"),
        ("jeżeli(warunek, a, b)", "a, gdy warunek jest spełniony, inaczej b"),
        ("puste(x)", "tak, gdy nie ma odpowiedzi"),
        ("długość(tekst)", "liczba znaków"),
    ),
    _group(
        "Wiersze tabeli",
        (
            'suma_gdy(wyniki.punkty, wyniki.rodzaj = "sport")',
            "suma z tych wierszy, które spełniają warunek",
        ),
        ("ile_gdy(wyniki.miejsce <= 3)", "ile wierszy spełnia warunek"),
        (
            'najlepsze(3, wyniki.punkty, wyniki.rodzaj = "sport")',
            "tyle największych liczb z kolumny; warunek można pominąć; sumuje je suma(…)",
        ),
    ),
    _group(
        "Tabele miasta",
        ('z_tabeli("limity", "kwota")', "wartość z wiersza jednostki, która wypełnia"),
        (
            'z_tabeli("punkty", "liczba", ranga, miejsce)',
            "wartość z wiersza o tych kluczach, obowiązująca w dniu odniesienia",
        ),
        (
            'z_tabeli_na(dzień, "stawki", "kwota", stopien)',
            "to samo, ale wartość obowiązująca we wskazanym dniu",
        ),
    ),
    _group(
        "Dni, semestry i lata szkolne",
        ("dzisiaj()", "dzisiejsza data"),
        (
            "dzień_odniesienia()",
            "dzień, od którego liczy formularz: złożenia albo wskazany w naborze",
        ),
        ("dni(od, do)", "liczba dni między datami"),
        ("miesiące(od, do)", "liczba pełnych miesięcy między datami"),
        (
            "wiek(data_urodzenia)",
            "ukończone lata w dniu odniesienia albo w dniu podanym po średniku",
        ),
        ("rok(dzień)", "rok daty"),
        ("miesiąc(dzień)", "miesiąc daty, od 1 do 12"),
        ("data(2026, 9, 1)", "data z roku, miesiąca i dnia"),
        ("dodaj_dni(dzień, 14)", "data o tyle dni późniejsza"),
        ("dodaj_miesiące(dzień, 6)", "data o tyle miesięcy późniejsza"),
        (
            "rok_szkolny(dzień)",
            "rok, w którym zaczął się rok szkolny; bez dnia: bieżący; miniony to rok_szkolny() - 1",
        ),
        ("nazwa_roku_szkolnego(rok_szkolny() - 1)", "nazwa, np. 2025/2026"),
        ("początek_roku_szkolnego(2026)", "jego pierwszy dzień"),
        ("koniec_roku_szkolnego(2026)", "jego ostatni dzień"),
        ("semestr(dzień)", "1 albo 2; bez dnia: bieżący"),
        ("początek_semestru(2026, 2)", "pierwszy dzień semestru tego roku szkolnego"),
        ("koniec_semestru(2026, 2)", "jego ostatni dzień"),
    ),
)
"""In the groups in which the editor shows them."""
