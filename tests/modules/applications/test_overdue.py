"""A report that is overdue keeps its unit from the next call, unless the call says otherwise."""

from datetime import timedelta

import pytest
from django.utils import timezone

from modules.applications.errors import CallNotOpen
from modules.applications.selectors import openings_for
from procedures.errors import ProcedureNotOpen
from procedures.models import Case
from tests.factories import applications as made
from tests.factories import procedures
from tests.factories.directory import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def older(head, unit):
    """An application of an older call whose report the unit owes since yesterday."""
    application = made.handed_in(made.published(title="Stary nabór"), head, unit, kwota="1000")
    owes(application)
    return application


def owes(application, **fields):
    told = {"stage_kind": "settlement", "ball_side": "applicant"}
    told["due_at"] = timezone.now() - timedelta(days=1)
    Case.objects.filter(pk=application.case_id).update(**{**told, **fields})


def next_call(**said):
    return made.published(said=made.rules(**said), title="Nowy nabór")


def place(head, call):
    [opening] = [one for one in openings_for(head) if one.call == call]
    return opening.places[0]


def test_a_unit_with_an_overdue_report_begins_nothing_and_is_told_why(older, head, unit):
    call = next_call()

    with pytest.raises(CallNotOpen, match="Najpierw złóż to, co zaległe: 1 zaległe sprawozdanie"):
        made.begun(call, head, unit)
    assert (place(head, call).may, "zaległe" in place(head, call).sentence) == (False, True)


def test_what_was_begun_before_it_became_overdue_is_not_handed_in(head, unit):
    older = made.handed_in(made.published(title="Stary nabór"), head, unit, kwota="1000")
    draft = made.begun(next_call(), head, unit)
    owes(older)

    with pytest.raises(ProcedureNotOpen, match=r"zaległe sprawozdanie.*szkic jest zachowany"):
        made.hand_in(draft, head)


def test_a_call_can_let_everybody_apply(older, head, unit):
    assert made.begun(next_call(blocks_overdue=False), head, unit).case.state == "open"


@pytest.mark.parametrize(
    "fields",
    [
        {"due_at": timezone.now() + timedelta(days=1)},
        {"ball_side": "office"},
        {"stage_kind": "execution"},
    ],
)
def test_a_report_in_time_or_filed_keeps_nobody_from_applying(head, unit, fields):
    older = made.handed_in(made.published(title="Stary nabór"), head, unit, kwota="1000")
    owes(older, **fields)

    assert made.begun(next_call(), head, unit).case.state == "open"


def test_another_units_report_is_not_its_business(older):
    other = UnitFactory()
    head = procedures.head_of(other)

    assert made.begun(next_call(), head, other).case.state == "open"
