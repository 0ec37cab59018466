import string

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from files.names import LONGEST, Names, archive_name, extension_of, given_name, safe_name

TEXT = st.text(max_size=300)
ANY = st.text(st.characters(codec=None), max_size=400)
RESERVED = {
    *("con", "prn", "aux", "nul", "conin$", "conout$", "clock$"),
    *(f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"),
}


def units(name):
    return len(name.encode("utf-16-le", "surrogatepass")) // 2


def opens_on_windows(name):
    """Microsoft's rules, written down a second time and in another way."""
    return (
        0 < units(name) <= LONGEST
        and len(name.encode("utf-8", "surrogatepass")) <= 255
        and not set(name) & set('<>:"/\\|?*')
        and all(ord(char) >= 32 and ord(char) != 127 for char in name)
        and name[-1] not in " ."
        and name[0] != " "
        and name.split(".")[0].rstrip(" ").lower() not in RESERVED
        and name.encode("utf-8").decode("utf-8") == name
    )


@pytest.mark.parametrize(
    ("parts", "extension", "name"),
    [
        (("SP 1", "Ankieta", "dane"), "xlsx", "SP 1 - Ankieta - dane.xlsx"),
        (("ZSO nr 3", "Żółć: źdźbła", "ąęł"), "PDF", "ZSO nr 3 - Żółć- źdźbła - ąęł.pdf"),
        (("P 12/4", 'a "b" <c>', "x|y?z*"), "docx", "P 12-4 - a 'b' (c) - xyz.docx"),
        (("SP 1", "", "  "), "csv", "SP 1.csv"),
        (("", ".", ".."), "csv", "plik.csv"),
        ((), "", "plik"),
        (("CON",), "txt", "CON_.txt"),
        (("con.tar",), "txt", "con_.tar.txt"),
        (("CONCERT",), "txt", "CONCERT.txt"),
        (("lpt1", "x"), "txt", "lpt1_ - x.txt"),
        (("koniec. . .",), "txt", "koniec.txt"),
        (("linia\r\ndruga\x00\x1f",), "txt", "linia druga.txt"),
        (("z\u0307o\u0301łw",), "txt", "żółw.txt"),
        (("a\u202exls",), "exe", "axls.exe"),
        (("../../etc/passwd",), "txt", "-..-etc-passwd.txt"),
        (("x",), "tar/../exe", "x.tarexe"),
    ],
)
def test_names_are_built_from_unit_subject_and_stem(parts, extension, name):
    assert archive_name(*parts, extension=extension) == name


def test_a_long_subject_is_cut_first_and_the_rest_stays_readable():
    name = archive_name("SP 1", "Sprawozdanie " * 30, "dane za rok 2026", extension="xlsx")

    assert name.startswith("SP 1 - Sprawozdanie Sprawozdanie")
    assert name.endswith("… - dane za rok 2026.xlsx")
    assert units(name) <= LONGEST - len(" (99999)")


@pytest.mark.parametrize("letter", ["ą", "Ż", "„", "漢", "😀", "x"])
def test_a_name_of_any_letters_fits_255_bytes_with_its_number(letter):
    names = Names()
    name = archive_name(letter * 300, "Ankieta", letter * 90, extension="xlsx")
    many = [names.unique(name) for _ in range(3)]
    assert [len(one.encode()) <= 255 for one in many] == [True] * 3
    assert [one[-9:] for one in many[1:]] == [" (2).xlsx", " (3).xlsx"]
    assert len(name.encode()) > 200 or len(name) > 150
    assert "Ankieta" in name


def test_long_parts_share_what_room_there_is():
    name = archive_name("U" * 200, "S" * 300, "d" * 250, extension="xlsx")
    parts = name.removesuffix(".xlsx").split(" - ")

    assert [part[0] for part in parts] == ["U", "S", "d"]
    assert min(map(len, parts)) >= 50
    assert units(name) <= LONGEST - len(" (99999)")


def test_the_same_name_is_numbered_whatever_its_case_or_composition():
    names = Names()

    assert [names.unique(name) for name in ("Ł.pdf", "ł.PDF", "Ł.pdf", "z\u0307.txt", "ż.txt")] == [
        "Ł.pdf",
        "ł (2).PDF",
        "Ł (3).pdf",
        "ż.txt",
        "ż (2).txt",
    ]


def test_a_number_that_is_taken_is_passed_over():
    names = Names()

    assert [names.unique(name) for name in ("a (2).txt", "a.txt", "a.txt", "a (2).txt")] == [
        "a (2).txt",
        "a.txt",
        "a (3).txt",
        "a (2) (2).txt",
    ]


def test_a_thousand_of_the_same_longest_name_keep_their_end_and_differ():
    names, longest = Names(), archive_name("ą" * 400, extension="xlsx")

    handed = [names.unique(longest) for _ in range(1000)]

    assert len({name.casefold() for name in handed}) == 1000
    assert all(opens_on_windows(name) and name.endswith(".xlsx") for name in handed)
    assert handed[-1].endswith("… (1000).xlsx")


@settings(max_examples=500, deadline=None)
@given(st.lists(ANY, max_size=5), ANY)
def test_any_parts_make_a_name_that_opens_on_windows(parts, extension):
    assert opens_on_windows(archive_name(*parts, extension=extension))


@settings(max_examples=500, deadline=None)
@given(ANY | st.text("0aą. \r\x1f…CON(2)", max_size=200))
def test_any_name_is_made_safe_and_a_safe_one_is_left_alone(name):
    safe = safe_name(name)

    assert opens_on_windows(safe)
    assert safe_name(safe) == safe


@settings(deadline=None)
@given(
    st.text("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ" + string.ascii_letters + string.digits, min_size=1, max_size=40)
)
def test_polish_letters_and_digits_stay_as_they_are(stem):
    assume(stem.lower() not in RESERVED)

    assert archive_name(stem, extension="xlsx") == f"{stem}.xlsx"
    assert safe_name(f"{stem}.xlsx") == f"{stem}.xlsx"


@settings(deadline=None)
@given(st.lists(st.sampled_from(["a.txt", "A.TXT", "a (2).txt", "ą.txt", "Ą.txt", "a", ""]) | TEXT))
def test_no_two_names_are_the_same_to_windows(wanted):
    names = Names()

    handed = [names.unique(name) for name in wanted]

    assert len({name.upper().lower() for name in handed}) == len(wanted)
    assert len({name.casefold() for name in handed}) == len(wanted)
    assert all(map(opens_on_windows, handed))


@settings(deadline=None)
@given(st.lists(TEXT))
def test_names_handed_out_are_kept_when_they_are_asked_for_again(wanted):
    names, again = Names(), Names()

    handed = [names.unique(name) for name in wanted]

    assert [again.unique(name) for name in handed] == handed


@settings(deadline=None)
@given(ANY)
def test_a_given_name_has_no_folders_and_nothing_invisible(name):
    kept = given_name(name)

    assert not set(kept) & set("/\\\x00\n\u202e\u200b")
    assert kept == kept.strip()
    assert given_name(kept) == kept
    assert kept.encode("utf-8").decode() == kept


@pytest.mark.parametrize(
    ("name", "extension"),
    [("a.PDF", "pdf"), ("a.tar.gz", "gz"), ("a", ""), (".pdf", ""), ("...pdf", ""), ("a.", "")],
)
def test_the_extension_is_what_follows_the_last_dot_of_a_named_file(name, extension):
    assert extension_of(name) == extension
