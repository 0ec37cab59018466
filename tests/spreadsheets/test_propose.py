import pytest

from spreadsheets import errors
from spreadsheets.template import Mode, propose


@pytest.mark.parametrize(
    ("rows", "mode"),
    [
        ([["Lp.", "Imię", "Nazwisko"]], Mode.STACK),
        ([["Imię", "Nazwisko"]], Mode.STACK),
        ([["Ankieta"], [], ["Lp.", "Imię", "Nazwisko"], [1], [2], [3]], Mode.STACK),
        ([["Lp.", "Imię", "Nazwisko"], ["np. 1", "Jan", "Nowak"]], Mode.STACK),
        ([["Oddział", "Wychowawca", "Sala"], ["1a"], ["1b"], ["1c"]], Mode.STACK),
        ([["Rodzaj", "Plan", "Wykonanie"], ["płace"], ["media"]], Mode.SUM),
        ([["Rodzaj", "a", "b"], ["płace", 0, 0], ["media", 0, 0]], Mode.SUM),
        ([["Nazwa:"], ["Adres:"], ["Telefon:"]], Mode.FORM),
        ([["Dane szkoły"], ["Nazwa:", None, "Nr:"], ["Ulica:", None, "Kod:"]], Mode.FORM),
        ([["Pytanie", "Odpowiedź"], ["Czy jest boisko?"], ["Czy jest basen?"]], Mode.FORM),
    ],
)
def test_the_mode_is_proposed_from_the_template(rows, mode, xlsx):
    assert propose(xlsx({"A": rows})).mode is mode


def test_each_visible_sheet_has_its_own_proposal(xlsx):
    template = xlsx(
        {"Dane": [["Nazwa:"], ["Adres:"]], "Kadra": [["Imię", "Etat", "Staż"]], "Lista": [["tak"]]},
        hidden=["Lista"],
    )
    assert [(s.name, s.mode) for s in propose(template).sheets] == [
        ("Dane", Mode.FORM),
        ("Kadra", Mode.STACK),
    ]


def test_an_unreadable_template_is_refused_with_its_reason():
    with pytest.raises(errors.NotAWorkbook):
        propose(b"%PDF-1.4")


def test_an_empty_template_is_refused(xlsx):
    with pytest.raises(errors.TemplateWithoutFields):
        propose(xlsx({"A": []}))
