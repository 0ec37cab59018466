"""A new edition of a form that asks for a correction: the applicant's side has something to do."""

import pytest

from forms.services import Move, publish_form, submit_sheet
from opium.permissions import SYSTEM
from procedures.services import steps
from tests.factories import forms
from tests.factories import procedures as made
from tests.factories.accounts import PersonFactory
from todo.selectors import todo_of

pytestmark = pytest.mark.django_db
GOAL = forms.question("cel", required=True)
ASKED = "Uzupełnij odpowiedzi: zmienił się formularz"


@pytest.fixture
def republish(case):
    """Publish an edition with one question more, and ask for it in what was submitted."""

    def asking():
        form = forms.redrafted(case.sheet.form, forms.TITLE, forms.AMOUNT, GOAL)
        move = Move(1, "submitted", "move_and_ask")
        publish_form(actor=SYSTEM, form=form, moves=[move])
        return made.fresh(case).sheet

    return asking


def asked(person):
    return [(one.what, one.url) for one in todo_of(person)]


def test_a_correction_that_a_new_form_asks_for_waits_until_it_is_submitted(
    case, head, clerk, unit, republish
):
    before = asked(clerk)
    sheet = republish()

    assert asked(head) == [(ASKED, f"/forms/sheets/{sheet.pk}")]
    assert asked(made.head_of(unit)) == asked(head)
    assert asked(PersonFactory()) == []
    assert asked(clerk) == before

    forms.services.save_answers(
        actor=head, sheet=sheet, changes={"cel": "Scena."}, draft_version=sheet.draft_version
    )
    submit_sheet(actor=head, sheet=sheet)

    assert asked(head) == []
    assert asked(clerk) == before


def test_where_the_stage_waits_for_the_applicant_anyway_nothing_waits_twice(case, head, clerk):
    made.perform(case, clerk, "incomplete", data={"wezwanie": "Popraw."})

    form = forms.redrafted(case.sheet.form, forms.TITLE, forms.AMOUNT, GOAL)
    publish_form(actor=SYSTEM, form=form, moves=[Move(1, "draft", "move_and_ask")])

    assert [what for what, _ in asked(head)] == ["Popraw i złóż ponownie"]


def test_a_closed_case_wants_no_correction_until_its_closing_is_taken_back(
    case, head, clerk, republish
):
    republish()
    made.perform(case, clerk, "rejected", reason="Nie.")
    assert asked(head) == []

    steps.undo(actor=clerk, case=case)

    assert [what for what, _ in asked(head)] == [ASKED]
