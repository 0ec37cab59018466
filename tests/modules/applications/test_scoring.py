"""How far a member is, and what comes next, without a word of what they are excluded from."""

import pytest

from forms.models import Sheet
from forms.services import save_answers
from modules.applications.selectors import scorings_of
from opium.permissions import SYSTEM
from procedures.waits import OWNER
from tests.factories import applications as made
from tests.factories import forms, procedures
from tests.factories.accounts import again
from tests.factories.directory import MembershipFactory, UnitFactory

pytestmark = pytest.mark.django_db
POINTS = forms.question("punkty", "number", required=True, options={"min": "0", "max": "10"})


@pytest.fixture
def call(unit):
    card = forms.published(POINTS, name="Karta oceny")
    stages = [
        procedures.stage("nabor", "submission", "applicant"),
        procedures.stage(
            "ocena", "scoring", "komisja", form=str(card.pk), parameters={"points": "punkty"}
        ),
        procedures.end(),
    ]
    ways = [
        procedures.way("nabor", "submitted", "ocena"),
        procedures.way("ocena", "scored", "koniec"),
    ]
    return made.published(procedures.published(stages, ways))


@pytest.fixture
def members():
    return [procedures.officer("komisja") for _ in range(3)]


def score(member, case):
    sheet = Sheet.objects.get(owner_kind=OWNER, owner_id=case.pk, person=member)
    save_answers(
        actor=SYSTEM,
        sheet=sheet,
        changes={"punkty": "5"},
        draft_version=sheet.draft_version,
    )
    procedures.perform(case, again(member), "give_score")


def test_a_member_sees_how_far_they_are_and_gets_the_application_with_the_fewest_scores(
    call, members, head, unit
):
    first, second, third = (made.handed_in(call, head, unit).case for _ in range(3))
    me, other, _ = members
    score(other, first)
    score(other, second)

    [told] = scorings_of(again(me))
    assert (told.title, told.done, told.total, told.next) == (call.title, 0, 3, third.pk)
    score(me, third)
    [told] = scorings_of(again(me))
    assert (told.done, told.total, told.next) == (1, 3, first.pk)
    assert scorings_of(head) == []


def test_what_a_member_is_excluded_from_is_in_none_of_their_numbers(call, members, head, unit):
    me, *_ = members
    MembershipFactory(person=me, unit=unit)
    made.handed_in(call, head, unit)
    assert scorings_of(again(me)) == []

    other = UnitFactory()
    theirs = made.handed_in(call, procedures.head_of(other), other).case
    [told] = scorings_of(again(me))
    assert (told.done, told.total, told.next) == (0, 1, theirs.pk)
    procedures.perform(theirs, again(me), "declare_conflict")
    assert scorings_of(again(me)) == []
