import pytest

from forms import selectors
from forms.errors import FormUnreadable
from opium.permissions import SYSTEM
from tests.factories.forms import (
    AMOUNT,
    BUDGET,
    TITLE,
    guarded,
    published,
    question,
    redrafted,
    sheet_of,
    submitted_of,
)

pytestmark = pytest.mark.django_db
GOAL = question("cel", required=True)


def test_the_preview_counts_the_losses_of_each_group_on_the_real_sheets(head, author):
    form = published()
    for amount in ("10", "20", None):
        submitted_of(form, {"tytul": "Łąka", "kwota": amount})
    sheet_of(form, {"tytul": "Las", "kwota": "5"})

    effects = selectors.effects_of(author, redrafted(form, TITLE, GOAL))

    assert [change.path for change in effects.changes] == ["cel", "kwota"]
    draft, submitted = effects.groups
    assert (draft.revision, draft.state, draft.count, draft.losing) == (1, "draft", 1, 1)
    assert (submitted.state, submitted.count, submitted.losing) == ("submitted", 3, 2)
    assert [(one.path, one.label, one.count) for one in submitted.losses] == [("kwota", "Kwota", 2)]
    assert [(one.path, one.count) for one in submitted.newly_required] == [("cel", 3)]
    assert submitted.sentence == (
        "3 złożone arkusze na wersji 1: 2 tracą odpowiedzi, 3 mają coś do uzupełnienia lub poprawy."
    )


def test_rows_of_a_table_count_once_for_a_sheet(head):
    form = published(BUDGET)
    rows = [{"id": str(number), "pozycja": "Farby", "koszt": "1"} for number in range(3)]
    sheet_of(form, {"budzet": rows})
    columns = [{"key": "pozycja", "type": "short_text", "label": "Pozycja"}]
    narrower = question("budzet", "table", options={"columns": columns})

    [group] = selectors.effects_of(SYSTEM, redrafted(form, narrower)).groups

    assert [(one.path, one.count) for one in group.losses] == [("budzet/koszt", 1)]


def test_a_rule_that_now_fails_is_told(head):
    form = published(TITLE, AMOUNT)
    submitted_of(form, {"tytul": "Łąka", "kwota": "500"})
    limited = {**AMOUNT, "checks": [{"rule": "kwota <= 100", "sentence": "Najwyżej 100 zł."}]}

    [group] = selectors.effects_of(SYSTEM, redrafted(form, TITLE, limited)).groups

    [wrong] = group.newly_wrong
    assert (wrong.path, wrong.sentence, wrong.count) == ("kwota", "Najwyżej 100 zł.", 1)
    assert group.newly_required == []


def test_what_was_missing_in_a_draft_before_is_not_newly_required(head):
    form = published(TITLE, GOAL)
    sheet_of(form)

    [group] = selectors.effects_of(SYSTEM, redrafted(form, TITLE, GOAL, AMOUNT)).groups

    assert group.newly_required == []


def test_matters_are_named_only_to_who_may_see_them(head, author):
    form = published()
    sheet_of(form)
    names = {"names": lambda ids: dict.fromkeys(ids, "WE.1.2026"), "in_flight": lambda all_: all_}

    with guarded(author, **names):
        [group] = selectors.effects_of(author, redrafted(form, TITLE)).groups
    assert group.owners == ["WE.1.2026"]

    with guarded(head, **names):
        [group] = selectors.effects_of(author, form).groups
    assert (group.count, group.owners) == (1, [])


def test_a_draft_that_cannot_be_read_has_no_effects(author):
    form = published()
    form.draft = {"sections": "x"}

    with pytest.raises(FormUnreadable):
        selectors.effects_of(author, form)


@pytest.mark.parametrize("sheets", [1, 150])
def test_the_preview_asks_as_often_for_one_sheet_as_for_many(
    head, author, unit, django_assert_num_queries, sheets
):
    form = published()
    for _ in range(sheets):
        sheet_of(form, {"tytul": "Łąka", "kwota": "1"}, unit)
    form = redrafted(form, TITLE)

    with django_assert_num_queries(7):
        selectors.effects_of(author, form)
