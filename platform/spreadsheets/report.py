"""What went in, what came out, and every remark on the way. Nothing is dropped in silence."""

from dataclasses import asdict, dataclass, field
from typing import Any

from spreadsheets.readers import Content

KINDS: dict[str, tuple[str, str]] = {
    "rejected": ("Plik odrzucony", "{reason}"),
    "silent": ("Brak odpowiedzi", "Jednostka nie odpowiedziała; nie ma jej w zestawieniu."),
    "no_workbook": (
        "Odpowiedź bez arkusza",
        "Jednostka odpowiedziała bez arkusza, więc nie ma jej w zestawieniu. {told}",
    ),
    "entered": ("Wpisane w imieniu", "{told}"),
    "sheet_renamed": (
        "Inna nazwa arkusza",
        "Arkusz „{found}” uznano za „{wanted}”, bo ma takie same nagłówki.",
    ),
    "sheet_missing": ("Brak arkusza", "W pliku nie ma arkusza „{wanted}”."),
    "sheet_extra": (
        "Dodatkowy arkusz",
        "Arkusza „{found}” nie ma w szablonie; jego zawartości nie scalono.",
    ),
    "sheet_hidden": (
        "Ukryty arkusz",
        "Ukrytego arkusza „{found}” nie scalono.",
    ),
    "sheet_hidden_merged": (
        "Ukryty arkusz",
        "Scalono ukryty arkusz „{found}”, bo żaden widoczny nie odpowiada szablonowi.",
    ),
    "sheet_passed_over": (
        "Pominięty arkusz",
        "Arkusza „{found}” nie scalono, choć nazywa się jak w szablonie: {reason}.",
    ),
    "same_content": (
        "Ten sam plik",
        "Pliku nie scalono po raz drugi: ma tę samą treść co „{others}” tej samej jednostki.",
    ),
    "same_content_elsewhere": (
        "Ten sam plik",
        "Plik ma tę samą treść co „{others}” innej jednostki; scalono oba. Sprawdź, czyj jest.",
    ),
    "older_version": (
        "Wcześniejsza wersja",
        "Pliku nie scalono, bo jednostka ma nowszą wersję: „{others}”.",
    ),
    "newer_version": (
        "Poprawiona wersja",
        "Jednostka ma kilka wersji pliku; scalono tę, a pominięto: „{others}”.",
    ),
    "several_files": (
        "Kilka plików jednostki",
        (
            "Jednostka ma więcej niż jeden plik; scalono także „{others}”. Sprawdź, czy to nie "
            "dwie wersje tego samego."
        ),
    ),
    "own_result": (
        "Wynik scalania",
        "Plik jest wynikiem wcześniejszego scalania (zestawieniem), więc go nie scalono.",
    ),
    "own_template": (
        "Pusty szablon",
        "Plik jest szablonem bez żadnej zmiany; nic z niego nie scalono.",
    ),
    "unaccounted": (
        "Nierozliczone komórki",
        "Odczytano {read} wypełnionych komórek, a rozliczono {told}. Porównaj plik z zestawieniem.",
    ),
    "sheet_unfilled": ("Arkusz bez wpisów", "Arkusz nie zawiera żadnego wypełnionego wiersza."),
    "table_missing": (
        "Brak tabeli",
        "W arkuszu nie znaleziono tabeli o nagłówkach {titles}.",
    ),
    "table_foreign": (
        "Inna tabela",
        "Pod tabelą jest druga tabela („{titles}”), której nie ma w szablonie; nie scalono jej.",
    ),
    "column_missing": ("Brak kolumny", "Nie znaleziono kolumny „{title}”; pozostawiono ją pustą."),
    "column_extra": (
        "Dodatkowa kolumna",
        "Kolumny „{title}” nie ma w szablonie; dodano ją na końcu zestawienia.",
    ),
    "column_ignored": (
        "Dodatkowa kolumna",
        "Kolumny „{title}” nie ma w szablonie; dodatkowych kolumn jest zbyt wiele, by ją dodać.",
    ),
    "column_misspelt": (
        "Podobny nagłówek",
        "Kolumnę „{found}” uznano za „{title}”, bo różni się tylko pisownią.",
    ),
    "column_untitled": (
        "Kolumna bez nagłówka",
        "Kolumnę bez nagłówka uznano za „{title}”, bo stoi na jej miejscu.",
    ),
    "outside": ("Wpis poza polami", "„{text}” stoi poza polami szablonu; nie scalono tego wpisu."),
    "label_missing": ("Brak pola", "Nie znaleziono opisu „{title}”; jego wartości może brakować."),
    "column_not_summed": (
        "Dodatkowa kolumna",
        "Kolumny „{title}” nie ma w szablonie; jej wartości nie dodano.",
    ),
    "row_not_summed": (
        "Dopisany wiersz",
        "Wiersza „{text}” nie ma w szablonie albo stoi po raz drugi; jego wartości nie dodano.",
    ),
    "row_misspelt": (
        "Podobny wiersz",
        "Wiersz „{found}” uznano za „{title}”, bo różni się tylko pisownią.",
    ),
    "columns_moved": (
        "Przestawione kolumny",
        "Kolumny stoją w innej kolejności niż w szablonie; dopasowano je po nagłówkach.",
    ),
    "derived": (
        "Wyliczone z sum",
        (
            "Wartości tych komórek wyliczono z sum według formuły szablonu „{formula}”; wartości "
            "z plików nie dodawano."
        ),
    ),
    "derived_unknown": (
        "Nie zsumowano",
        (
            "Średnich, udziałów, stawek, lat i wartości skrajnych („{title}”) nie dodaje się, a "
            "formuły do przeliczenia nie ma; komórkę zostawiono pustą."
        ),
    ),
    "total_doubtful": (
        "Niezgodna suma",
        (
            "W pliku jest {text}, a z jego składników wychodzi {wanted}; dodano liczbę z pliku, bo "
            "w większości plików ten wiersz lub kolumna nie jest sumą."
        ),
    ),
    "total_differs": (
        "Niezgodna suma",
        (
            "W pliku jest {text}, a z jego składników wychodzi {wanted}; w zestawieniu stoi suma "
            "składników."
        ),
    ),
    "rows_unfilled": (
        "Niewypełnione wiersze",
        "Pominięto wiersze szablonu bez wpisów: {count}.",
    ),
    "rows_sample": ("Wiersz przykładowy", "Pominięto przykładowe wiersze szablonu: {count}."),
    "row_of_totals": ("Wiersz sumy", "Pominięto wiersz „{text}”, bo tak samo sumuje szablon."),
    "row_like_totals": (
        "Wiersz sumy",
        "Wiersz „{text}” wygląda na sumę albo średnią; zostawiono go w zestawieniu.",
    ),
    "row_sums": (
        "Wiersz sumy",
        "Pominięto wiersz „{text}”, bo jest sumą innych wierszy.",
    ),
    "row_below": ("Wpis pod tabelą", "„{text}” stoi pod tabelą; nie scalono tego wpisu."),
    "row_part": (
        "Część innego wiersza",
        "Wiersz „w tym” liczy część innego wiersza; zostawiono go, więc nie dodawaj go do sumy.",
    ),
    "row_apart": (
        "Wiersz pod tabelą",
        "„{text}” stoi pod pustym wierszem i nie ma wszystkich danych; zostawiono w zestawieniu.",
    ),
    "row_unnamed": (
        "Wiersz bez opisu",
        "W ostatnim wierszu są same liczby („{text}”), jak w sumie; zostawiono go w zestawieniu.",
    ),
    "row_heading": (
        "Śródtytuł",
        "„{text}” wygląda na śródtytuł w tabeli; nie scalono tego wiersza.",
    ),
    "row_lone": (
        "Niepełny wiersz",
        "W wierszu jest tylko „{text}”; zostawiono go w zestawieniu.",
    ),
    "merged_filled": (
        "Scalone komórki",
        "Wartość „{text}” ze scalonych komórek wpisano w każdym ich wierszu.",
    ),
    "merged_once": (
        "Scalone komórki",
        "Liczba {text} stoi w komórkach scalonych; wpisano ją tylko raz, w pierwszym wierszu.",
    ),
    "merged_across": (
        "Scalone komórki",
        "„{text}” stoi w komórkach scalonych z kilku kolumn; wpisano tylko do pierwszej.",
    ),
    "comment": ("Komentarz", "Komentarz do komórki: „{text}”."),
    "text_box": ("Pole tekstowe", "Na arkuszu jest pole tekstowe: „{text}”."),
    "control": ("Pole wyboru", "Na arkuszu jest pole wyboru „{text}”: {state}."),
    "struck": ("Przekreślenie", "Przekreślono „{text}”; odczytano to, co zostało."),
    "struck_row": ("Przekreślony wiersz", "Wiersz przekreślono („{text}”); nie scalono go."),
    "footnote": ("Przypis", "Przy liczbie jest przypis „{text}”; odczytano samą liczbę."),
    "covered": (
        "Ukryte pod scaleniem",
        "Pod scalonymi komórkami ukryte jest „{text}”; nie scalono tego.",
    ),
    "misread": ("Nieczytelne znaki", "Nie udało się odczytać niektórych liter w „{text}”."),
    "unclosed": (
        "Niedomknięty cudzysłów",
        "W „{text}” cudzysłów otwiera się i nie zamyka; odczytano go jak literę.",
    ),
    "calculated": (
        "Formuła bez wyniku",
        "Formuła nie miała zapisanego wyniku; obliczono go: {text}.",
    ),
    "rows_hidden": ("Ukryte wiersze", "Wiersze są ukryte; zostawiono je w zestawieniu."),
    "columns_hidden": ("Ukryte kolumny", "Kolumny są ukryte; ich wartości zostawiono."),
    "facts_cut": (
        "Zbyt wiele szczegółów",
        "Arkusz ma tyle formatowania i komentarzy, że nie o wszystkich można było powiedzieć.",
    ),
    "header_repeated": ("Powtórzony nagłówek", "Pominięto powtórzony wiersz nagłówków."),
    "formula_without_value": (
        "Formuła bez wyniku",
        "Formuła nie ma zapisanego wyniku. Otwórz plik w Excelu i zapisz go jeszcze raz.",
    ),
    "cell_error": ("Błąd w komórce", "Komórka zawiera błąd {text}."),
    "not_a_number": ("Nie jest liczbą", "„{text}” nie jest liczbą; zostawiono tekst."),
    "leading_zero": (
        "Nie jest liczbą",
        "„{text}” zaczyna się od zera jak numer lub kod; zostawiono tekst.",
    ),
    "too_many_digits": (
        "Nie jest liczbą",
        "„{text}” ma zbyt wiele cyfr, by zapisać je dokładnie; zostawiono tekst.",
    ),
    "ambiguous_number": (
        "Niejednoznaczna liczba",
        "„{text}” może oznaczać ułamek albo tysiące; zostawiono tekst.",
    ),
    "percent": ("Zapis z procentem", "„{text}” odczytano jako ułamek (25% to 0,25)."),
    "not_a_date": ("Nie jest datą", "„{text}” nie jest datą; zostawiono tekst."),
    "short_year": (
        "Rok z dwóch cyfr",
        "Rok w „{text}” ma dwie cyfry; odczytano go jako rok po 2000.",
    ),
    "ambiguous_date": (
        "Niejednoznaczna data",
        "W „{text}” nie wiadomo, co jest dniem, a co miesiącem; zostawiono tekst.",
    ),
    "date_among_numbers": ("Nie jest liczbą", "W kolumnie liczb jest data {text}; zostawiono ją."),
    "number_among_dates": ("Nie jest datą", "W kolumnie dat jest liczba {text}; zostawiono ją."),
    "percent_as_points": (
        "Zapis z procentem",
        "„{text}” zapisano jako liczbę procent, bo tak stoją inne wartości w tej kolumnie.",
    ),
    "points_as_fraction": (
        "Zapis z procentem",
        "Liczbę procent {text} zapisano jako ułamek, bo tak stoją inne wartości w tej kolumnie.",
    ),
    "percent_doubtful": (
        "Niejednoznaczny procent",
        "Nie wiadomo, czy {text} to ułamek, czy liczba procent; zostawiono bez zmian.",
    ),
    "currency": ("Inna waluta", "W komórce jest inna waluta: {text}; zostawiono samą liczbę."),
    "scaled": ("Tysiące", "Komórka pokazuje „{text}”; zapisano pełną liczbę."),
    "shown_otherwise": (
        "Inny zapis",
        "Komórka pokazuje „{text}”, a zawiera liczbę; zapisano tę liczbę.",
    ),
    "hidden_value": (
        "Ukryta wartość",
        "Format komórki nie pokazuje jej wartości; zostawiono ją w zestawieniu.",
    ),
    "unit": ("Liczba z jednostką", "„{text}” odczytano jako samą liczbę."),
    "digits_lost": (
        "Zgubione cyfry",
        (
            "Liczba {text} ma więcej niż 15 cyfr: arkusz nie pamięta dalszych i wpisał zera. "
            "Poproś o numer zapisany jako tekst."
        ),
    ),
    "time_as_hours": ("Czas", "Czas {text} zapisano jako liczbę godzin."),
    "time_as_minutes": ("Czas", "Czas {text} zapisano jako liczbę minut."),
    "time_among_numbers": ("Nie jest liczbą", "W kolumnie liczb jest czas {text}; zostawiono go."),
    "time_among_dates": ("Nie jest datą", "W kolumnie dat jest czas {text}; zostawiono go."),
    "date_among_texts": (
        "Data wśród tekstów",
        (
            "Wśród tekstów stoi data {text}; program mógł ją zrobić z zapisu takiego jak „3-5” "
            "albo „1/2”."
        ),
    ),
    "range_from_date": (
        "Data zamiast zakresu",
        "Program zrobił datę {text} z zakresu; odczytano zakres, jak w pozostałych wierszach.",
    ),
    "truth_misplaced": (
        "Prawda lub fałsz",
        "Zamiast liczby albo daty jest „{text}”; zostawiono to.",
    ),
    "truth_as_words": ("Prawda lub fałsz", "„{text}” zapisano jako TAK albo NIE."),
    "no_value": ("Brak wartości", "„{text}” oznacza brak wartości; komórkę zostawiono pustą."),
    "lost_zero": (
        "Zgubione zero",
        "Numer {text} jest o jedną cyfrę za krótki: Excel mógł usunąć zero z początku.",
    ),
    "text_too_long": ("Zbyt długi tekst", "Zapisano tylko pierwsze 32 767 znaków tekstu."),
    "not_added": ("Nie dodano", "„{text}” nie jest liczbą; nie dodano tej komórki do sumy."),
    "constant_changed": (
        "Zmieniona stała",
        "W szablonie jest {wanted}, w pliku {text}; komórki nie zsumowano.",
    ),
    "more": ("Kolejne uwagi", "W tym pliku jest jeszcze {count} uwag do komórek."),
}


@dataclass(frozen=True, slots=True)
class Source:
    """One filled workbook: whose it is, its name as sent, and where its bytes are."""

    unit: str
    rspo: str
    file: str
    content: Content
    entered: str = ""
    """Who filled it in for the unit, and on what ground: a sentence; empty where the unit did."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """A file that is not in the result, and why (a Polish sentence)."""

    unit: str
    file: str
    reason: str
    source: int
    """The file's number among the sources."""


@dataclass(slots=True)
class Account:
    """What became of the filled cells of one file; `read` should equal the sum of the others.

    `placed` cells stand in the result, `template` ones say the same as the template, `named` ones
    are left out and named in the remarks.
    """

    read: int = 0
    placed: int = 0
    template: int = 0
    named: int = 0

    @property
    def told(self) -> int:
        return self.placed + self.template + self.named


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a person should know about a file; `cell` may name many: C4:C9, D3.

    `source` is the file's number among the sources; None for a remark on the result itself.
    """

    unit: str
    rspo: str
    file: str
    sheet: str
    cell: str
    kind: str
    sentence: str
    source: int | None = None

    @property
    def label(self) -> str:
        return KINDS[self.kind][0]


@dataclass(slots=True)
class Report:
    """The outcome of a merge; `to_dict` is its JSON form.

    `rows` counts the rows below the headers in all merged sheets (in `sum`, the summed cells).
    `left_out` files are no answers of their own (an older version, a result of a merge, the
    template); `accounts` says for each merged file what became of its cells.
    """

    mode: str
    sources: int = 0
    workbooks: int = 0
    rows: int = 0
    sheets: list[dict[str, Any]] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    left_out: list[Rejection] = field(default_factory=list)
    accounts: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)
