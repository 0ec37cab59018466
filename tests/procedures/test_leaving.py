import pytest

from accounts import services as accounts
from opium.permissions import SYSTEM
from procedures.models import Event, Opinion
from tests.factories import procedures as made
from tests.factories.accounts import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(head, unit, clerk):
    """A case that waits for one person's opinion, and that person."""
    stages = [
        made.stage("nabor", "submission", "applicant"),
        made.stage("opinie", "opinion", "referent"),
        made.end(),
    ]
    ways = [made.way("nabor", "submitted", "opinie"), made.way("opinie", "opinions_in", "koniec")]
    case, expert = made.submitted(made.published(stages, ways), head, unit), PersonFactory()
    data = {"osoba": str(expert.pk), "tresc": "Czy warto?"}
    return made.perform(case, clerk, "ask_opinion", data=data), expert


def test_what_waits_for_one_person_alone_passes_to_the_successor(asked):
    case, expert = asked
    successor = PersonFactory(first_name="Ola", last_name="Nowa")

    accounts.close_account(actor=SYSTEM, person=expert, successor=successor)

    assert Opinion.objects.get().person == successor
    assert made.waiting(case).get().person == successor
    event = Event.objects.get(case=case, action="hand_over")
    assert event.label == "Sprawy przejmuje: Ola Nowa"
    given = {"opinia": "za", "uzasadnienie": "Tak."}
    assert made.perform(case, successor, "give_opinion", data=given).ball_side == "office"


def test_without_a_successor_the_log_says_that_nobody_has_it(asked):
    case, expert = asked

    accounts.close_account(actor=SYSTEM, person=expert)

    assert made.waiting(case).get().person == expert
    event = Event.objects.get(case=case, action="hand_over")
    assert event.label.startswith("Konto zamknięto bez następcy")


def test_matters_of_a_function_need_no_handing_over(case, clerk):
    made.officer("referent")

    accounts.close_account(actor=SYSTEM, person=clerk)

    assert not Event.objects.filter(action="hand_over").exists()
    assert made.waiting(case).get().function == "referent"
