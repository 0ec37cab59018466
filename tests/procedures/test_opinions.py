from datetime import timedelta

import pytest
from django.utils import timezone

from procedures.errors import ActionNotAvailable, NotYourPart
from procedures.models import Opinion
from procedures.selectors.case_list import cases_visible_to
from procedures.services import steps
from tests.factories import procedures as made
from tests.factories.accounts import PersonFactory
from tests.factories.directory import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def asking(head, unit):
    """A case in a stage of opinions, with these parameters."""

    def made_with(**parameters):
        stages = [
            made.stage("nabor", "submission", "applicant"),
            made.stage("opinie", "opinion", "referent", parameters=parameters),
            made.end(),
        ]
        ways = [
            made.way("nabor", "submitted", "opinie"),
            made.way("opinie", "opinions_in", "koniec"),
            made.way("opinie", "skipped", "koniec", reason="required"),
        ]
        return made.submitted(made.published(stages, ways), head, unit)

    return made_with


def ask(case, clerk, whom, **given):
    data = {"osoba": str(whom.pk), "tresc": "Czy warto?", **given}
    made.perform(case, clerk, "ask_opinion", data=data)
    return Opinion.objects.latest("created_at")


GIVEN = {"opinia": "za", "uzasadnienie": "Warto."}


def test_a_person_is_asked_and_answers(asking, clerk):
    case, expert = asking(), PersonFactory(first_name="Ala", last_name="Kot")

    opinion = ask(case, clerk, expert, dni_na_odpowiedz="3")
    case = made.fresh(case)
    waiting = made.waiting(case).get()
    assert (waiting.person, waiting.who, waiting.due_at) == (expert, "Ala Kot", opinion.due_at)
    assert (case.ball_side, opinion.asked_by) == ("asked", clerk)
    assert list(cases_visible_to(expert)) == [case]

    case = made.perform(case, expert, "give_opinion", data=GIVEN)
    opinion.refresh_from_db()
    assert (opinion.verdict, opinion.answer, opinion.answered_by) == ("yes", "Warto.", expert)
    assert (case.stage, case.ball_side) == ("opinie", "office")

    case = made.perform(case, clerk, "opinions_in")
    assert case.facts["opinie"] == {"za": "1", "przeciw": "0", "liczba": "1"}


def test_a_unit_is_asked_and_its_people_answer(asking, clerk):
    other = UnitFactory(short_name="MDK nr 1")
    theirs = made.head_of(other)
    case = asking()

    made.perform(
        case, clerk, "ask_opinion", data={"pytana_jednostka": str(other.pk), "tresc": "Czy warto?"}
    )

    assert Opinion.objects.get().whom == "MDK nr 1"
    made.perform(case, theirs, "give_opinion", data=GIVEN)
    assert Opinion.objects.get().answered_by == theirs


def test_nobody_else_answers(asking, clerk, head):
    case = asking()
    ask(case, clerk, PersonFactory())

    for person in (clerk, head, PersonFactory()):
        with pytest.raises(NotYourPart):
            steps.perform(actor=person, case=case, action="give_opinion", data=GIVEN)


def test_an_opinion_is_given_once(asking, clerk):
    case, expert = asking(), PersonFactory()
    ask(case, clerk, expert)
    made.perform(case, expert, "give_opinion", data=GIVEN)

    with pytest.raises(NotYourPart):
        steps.perform(actor=expert, case=case, action="give_opinion", data=GIVEN)


def test_nobody_is_asked_twice_at_once(asking, clerk):
    case, expert = asking(), PersonFactory()
    ask(case, clerk, expert)

    with pytest.raises(ActionNotAvailable, match="już zapytano"):
        ask(case, clerk, expert)


def test_a_question_is_to_a_person_or_to_a_unit(asking, clerk, unit):
    case = asking()
    both = {"osoba": str(PersonFactory().pk), "pytana_jednostka": str(unit.pk), "tresc": "Czy?"}

    for data in (both, {"tresc": "Czy?"}):
        with pytest.raises(ActionNotAvailable, match="jedno z dwojga"):
            steps.perform(actor=clerk, case=case, action="ask_opinion", data=data)


def test_the_stage_waits_for_every_opinion_or_for_as_many_as_suffice(asking, clerk):
    case = asking()
    first, second = PersonFactory(), PersonFactory()
    ask(case, clerk, first)
    ask(case, clerk, second)
    made.perform(case, first, "give_opinion", data=GIVEN)

    with pytest.raises(ActionNotAvailable, match="Wydano 1 z 2"):
        steps.perform(actor=clerk, case=case, action="opinions_in")

    other = asking(needed="1")
    ask(other, clerk, first)
    ask(other, clerk, second)
    made.perform(other, first, "give_opinion", data=GIVEN)
    assert not made.perform(other, clerk, "opinions_in").is_open


def test_the_last_opinion_moves_the_case_on_where_the_city_wants_it(asking, clerk):
    case, expert = asking(moves_on_alone=True), PersonFactory()
    ask(case, clerk, expert)

    case = made.perform(case, expert, "give_opinion", data={**GIVEN, "opinia": "przeciw"})

    assert (case.stage, case.facts["opinie"]["przeciw"]) == ("koniec", "1")


def test_a_question_is_reminded_and_revoked(asking, clerk):
    case, expert = asking(), PersonFactory()
    opinion = ask(case, clerk, expert)
    data = {"pytanie": f"p{opinion.pk.hex}"}

    made.perform(case, clerk, "remind_opinion", data=data)
    opinion.refresh_from_db()
    assert opinion.reminded_at is not None

    case = made.perform(case, clerk, "revoke_opinion", data=data)
    opinion.refresh_from_db()
    assert opinion.revoked_at is not None
    assert case.ball_side == "office"
    with pytest.raises(NotYourPart):
        steps.perform(actor=expert, case=case, action="give_opinion", data=GIVEN)


def test_an_opinion_has_its_own_deadline(asking, clerk):
    case = asking(days="5")

    opinion = ask(case, clerk, PersonFactory())

    assert opinion.due_at > timezone.now() + timedelta(days=4)
