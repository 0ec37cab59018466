from hypothesis import given
from hypothesis import strategies as st

from forms.definition import Definition, Question, Section, read
from forms.filling import project
from tests.forms.answering import answer_to
from tests.forms.strategies import FACTS, SOME, options_of


def table(**options):
    columns = [
        {"key": "opis", "type": "short_text", "label": "Opis", "required": True},
        {"key": "kwota", "type": "money", "label": "Kwota"},
        {"key": "wklad", "type": "money", "label": "Wkład", "show": "kwota > 100"},
        {"key": "razem", "type": "money", "label": "Razem", "compute": "kwota + wklad"},
        {
            "key": "udzial",
            "type": "percent",
            "label": "Udział",
            "compute": "kwota / suma(b.kwota) * 100",
        },
    ]
    question = {
        "key": "b",
        "type": "table",
        "label": "Budżet",
        "options": {"columns": columns, "sums": ["kwota", "razem"]} | options,
    }
    suma = {"key": "wszystko", "type": "money", "label": "W", "compute": "suma(b.razem)"}
    wierszy = {"key": "wierszy", "type": "number", "label": "I", "compute": "ile(b)"}
    section = {"key": "dane", "title": "Dane", "questions": [question, suma, wierszy]}
    return read({"title": "F", "sections": [section]})


ROWS = [
    {"id": "x", "opis": "Farby", "kwota": "100", "wklad": "5"},
    {"id": "y", "opis": "Papier", "kwota": "300", "wklad": "50"},
]


def filled(answer, definition=None):
    return project(definition or table(), {"b": answer}, FACTS)


def test_rows_keep_their_ids_and_each_has_its_own_formulas_and_conditions():
    drawn = filled(ROWS)

    first, second = drawn.questions["b"].rows
    assert (first.id, second.id) == ("x", "y")
    assert (first.cells["wklad"].is_visible, second.cells["wklad"].is_visible) == (False, True)
    assert (first.cells["razem"].value, second.cells["razem"].value) == (None, "350.00")
    assert (first.cells["udzial"].value, second.cells["udzial"].value) == ("25", "75")


def test_columns_are_summed_for_the_table_and_for_other_questions():
    drawn = filled(ROWS)

    assert drawn.questions["b"].sums == {"kwota": "400.00", "razem": "350.00"}
    assert drawn.questions["wszystko"].value == "350.00"
    assert drawn.questions["wierszy"].value == "2"


def test_a_hidden_cell_is_not_submitted_and_computed_ones_are():
    first, second = filled(ROWS).submitted()["b"]

    assert first == {"id": "x", "opis": "Farby", "kwota": "100.00", "udzial": "25"}
    assert second["razem"] == "350.00"


def test_a_mistake_in_a_cell_names_its_row_and_column():
    drawn = filled([{"id": "x", "opis": "", "kwota": "sto"}])

    assert [(one.path, one.label, one.sentence, one.is_missing) for one in drawn.errors] == [
        ("b/x/opis", "Budżet › Opis (wiersz 1)", "Wypełnij „Opis” w wierszu 1.", True),
        ("b/x/kwota", "Budżet › Kwota (wiersz 1)", "Podaj kwotę w złotych, np. 1 234,50.", False),
    ]
    assert drawn.questions["b"].rows[0].cells["kwota"].errors == [
        "Podaj kwotę w złotych, np. 1 234,50."
    ]
    assert "b" not in drawn.submitted()


def test_a_blank_row_is_drawn_but_neither_judged_nor_counted_nor_submitted():
    drawn = filled([*ROWS, {"id": "z", "opis": "", "kwota": None}])

    assert [row.id for row in drawn.questions["b"].rows] == ["x", "y", "z"]
    assert drawn.errors == []
    assert drawn.questions["wierszy"].value == "2"
    assert [row["id"] for row in drawn.submitted()["b"]] == ["x", "y"]


def test_rows_without_an_id_or_with_a_used_one_get_one_that_stays():
    drawn = filled([{"opis": "a"}, {"id": "x", "opis": "b"}, {"id": "x", "opis": "c"}])

    ids = [row.id for row in drawn.questions["b"].rows]
    assert ids == ["r1", "x", "r3"]
    assert [row.id for row in filled(drawn.questions["b"].value).questions["b"].rows] == ids


def test_the_least_and_the_greatest_number_of_rows_are_told():
    few, many = filled([], table(min_rows=2)), filled(ROWS * 2, table(max_rows=3))

    assert [(one.sentence, one.is_missing) for one in few.errors] == [
        ("Wypełnij tabelę „Budżet”.", True)
    ]
    assert [one.sentence for one in filled(ROWS[:1], table(min_rows=2)).errors] == [
        "Dodaj wiersze: ma ich być co najmniej 2, a jest 1."
    ]
    assert filled(ROWS[:2], table(min_rows=2)).errors == []
    assert [one.sentence for one in many.errors] == [
        "Usuń nadmiarowe wiersze: najwięcej może ich być 3."
    ]


def test_an_answer_that_is_no_table_is_a_mistake():
    drawn = filled("tabela")

    assert [one.sentence for one in drawn.errors] == ["Wypełnij tabelę wiersz po wierszu."]
    assert drawn.questions["b"].value == "tabela"
    assert "b" not in drawn.submitted()


def test_no_table_grows_beyond_a_thousand_rows():
    drawn = filled([{"opis": str(number)} for number in range(1001)])

    assert len(drawn.questions["b"].rows) == 1000
    assert len(drawn.questions["b"].value) == 1001
    assert "Tabela może mieć najwyżej 1000 wierszy. Usuń nadmiarowe." in drawn.questions["b"].errors


@SOME
@given(st.data())
def test_any_table_keeps_the_order_and_the_number_of_its_rows(data):
    question = Question("c", "table", "T", options=data.draw(options_of("table")))
    definition = Definition("F", sections=(Section("s", "S", questions=(question,)),))
    answer = data.draw(answer_to(question))

    drawn = project(definition, {"c": answer}, FACTS).questions["c"]

    assert len(drawn.rows) == len(answer)
    assert len({row.id for row in drawn.rows}) == len(answer)
    seen = set()
    for row, given_row in zip(drawn.rows, answer, strict=True):
        assert row.id == given_row["id"] or given_row["id"] in seen
        seen.add(row.id)
