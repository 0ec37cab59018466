"""Text files of Polish offices: code pages, broken letters, quotation marks left open."""

import pytest

from spreadsheets.errors import WorkbookRefused
from spreadsheets.facts import Facts
from spreadsheets.readers import read_workbook

TEXT = "Lp.;Nazwa zajęć;Liczba uczniów\r\n1;Ćwiczenia, Łódź;14\r\n2;Żeglarstwo;9\r\n"
ROWS = [
    ["Lp.", "Nazwa zajęć", "Liczba uczniów"],
    ["1", "Ćwiczenia, Łódź", "14"],
    ["2", "Żeglarstwo", "9"],
]


def read(content: bytes) -> tuple[list[list[object]], Facts]:
    with read_workbook(content, facts=True) as workbook:
        (sheet,) = workbook.sheets
        return [row for _, row in sheet.rows()], sheet.facts


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp1250", "iso-8859-2", "cp852", "mac_latin2", "utf-16", "utf-16-le"],
)
def test_polish_letters_are_read_in_every_code_page(encoding):
    assert read(TEXT.encode(encoding)) == (ROWS, Facts())


@pytest.mark.parametrize("encoding", ["cp1250", "iso-8859-2", "cp852"])
@pytest.mark.parametrize("text", ["Oddział;Ile\n1a;2\n", "Imię;Wiek\nJan;3\n", "Świetlica;1\n"])
def test_a_single_polish_letter_tells_the_code_page(encoding, text):
    ((first, *_), *_), _ = read(text.encode(encoding))
    assert first == text.split(";", maxsplit=1)[0]


def test_letters_of_neighbours_are_not_taken_for_polish_ones():
    rows, _ = read("Müller;Köln;Straße\nDvořák;Ústí;č\n".encode("cp1250"))
    assert rows[0] == ["Müller", "Köln", "Straße"]


@pytest.mark.parametrize("broken", ["Ż".encode()[:1], "Ż".encode()[1:], b"\xff"])
def test_one_broken_letter_breaks_no_other_and_is_told(broken):
    rows, facts = read(TEXT.encode().replace("Ż".encode(), broken))
    assert rows[:2] == ROWS[:2]
    assert rows[2] == ["2", "\ufffdeglarstwo", "9"]
    assert facts == Facts(misread={(2, 1): "\ufffdeglarstwo"})


def with_zeros(text: str, encoding: str) -> bytes:
    return b"".join(bytes([byte, 0]) for byte in text.encode(encoding))


@pytest.mark.parametrize("encoding", ["cp1250", "iso-8859-2", "cp852"])
def test_zeros_between_the_letters_are_passed_over(encoding):
    assert read(with_zeros(TEXT, encoding))[0] == ROWS
    assert read(with_zeros(TEXT[:60], encoding) + TEXT[60:].encode(encoding))[0] == ROWS


def test_bytes_that_are_no_letters_are_refused():
    with pytest.raises(WorkbookRefused):
        read(bytes(range(256)) * 20)


@pytest.mark.parametrize(
    ("text", "rows", "unclosed"),
    [
        (
            'a;b;c\n"Orlik 2b;19;980\n3c;24;1500\n',
            [["a", "b", "c"], ['"Orlik 2b', "19", "980"], ["3c", "24", "1500"]],
            {(1, 0): '"Orlik 2b'},
        ),
        (
            'a;b;c\n1a;2;"opis\n3c;"24";1500\n',
            [["a", "b", "c"], ["1a", "2", '"opis'], ["3c", "24", "1500"]],
            {(1, 2): '"opis'},
        ),
        (
            'a;b\n"x\ny";19\n"z;1\n"w";2\n',
            [["a", "b"], ["x\ny", "19"], ['"z', "1"], ["w", "2"]],
            {(2, 0): '"z'},
        ),
        ('a;b\n"Orlik" 2b;19\n3c;24\n', [["a", "b"], ['"Orlik" 2b', "19"], ["3c", "24"]], {}),
        ('a;b\nSP "Orlik;19\n', [["a", "b"], ['SP "Orlik', "19"]], {}),
        ('a;b\n"SP ""Orlik""";19\n', [["a", "b"], ['SP "Orlik"', "19"]], {}),
        ('a;b\n"wiersz 1;\nwiersz 2";19\n', [["a", "b"], ["wiersz 1;\nwiersz 2", "19"]], {}),
    ],
)
def test_an_open_quotation_mark_swallows_no_rows(text, rows, unclosed):
    assert read(text.encode()) == (rows, Facts(unclosed=unclosed))
