import pytest

from accounts import services as accounts
from accounts.permissions import Permission as Accounts
from audit.models import Entry
from modules.messaging import selectors, services
from modules.messaging.models import Message
from opium.permissions import SYSTEM
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.messaging import clerk as make_clerk
from tests.factories.messaging import draft, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def successor(city):
    return make_clerk(first_name="Ola", last_name="Następna")


def test_the_drafts_of_somebody_who_leaves_pass_to_the_successor_who_can_send_them(
    clerk, successor, unit
):
    mine, foreign = draft(clerk, [unit]), draft(make_clerk(), [unit])

    accounts.close_account(actor=SYSTEM, person=clerk, successor=successor)

    assert list(Message.objects.filter(author=successor)) == [mine]
    assert Message.objects.get(pk=foreign.pk).author_id == foreign.author_id
    entry = Entry.objects.get(
        deed="messaging.hand_over_drafts", after={"author": str(successor.pk)}
    )
    assert (entry.target_id, entry.before) == (str(mine.pk), {"author": str(clerk.pk)})
    handed = selectors.messages_visible_to(successor).get(pk=mine.pk)
    services.change_draft(actor=successor, message=handed, content={"subject": "Po zmianie"})
    assert services.send_message(actor=successor, message=handed).state == "sent"


def test_what_was_sent_stays_in_the_name_of_whoever_sent_it(clerk, successor, unit):
    message = sent(clerk, [unit])

    accounts.close_account(actor=SYSTEM, person=clerk, successor=successor)

    message.refresh_from_db()
    assert (message.author, message.sent_by) == (clerk, clerk)


def test_without_a_successor_the_drafts_stay_with_their_author(clerk, unit):
    mine = draft(clerk, [unit])
    written = Entry.objects.filter(deed="messaging.hand_over_drafts").count()

    accounts.close_account(actor=SYSTEM, person=clerk)

    assert Message.objects.get(pk=mine.pk).author == clerk
    assert Entry.objects.filter(deed="messaging.hand_over_drafts").count() == written


def test_the_office_names_the_successor_on_the_screen(clerk, successor, unit, api):
    mine = draft(clerk, [unit])
    office = person_with(Accounts.MANAGE_PEOPLE)

    answer = api(office).post(
        f"/api/v1/accounts/people/{clerk.pk}/close/", {"successor": str(successor.pk)}
    )

    assert answer.status_code == 200
    assert Message.objects.get(pk=mine.pk).author == successor


def test_who_may_not_close_the_account_hands_nothing_over(clerk, successor, unit, api):
    mine = draft(clerk, [unit])

    answer = api(successor).post(
        f"/api/v1/accounts/people/{clerk.pk}/close/", {"successor": str(successor.pk)}
    )

    assert answer.status_code == 403
    assert Message.objects.get(pk=mine.pk).author == clerk


def test_the_same_person_id_in_the_other_city_keeps_its_drafts(clerk, successor, unit, in_south):
    with in_south():
        twin = PersonFactory(pk=clerk.pk)
        theirs = Message.objects.create(author=twin)

    accounts.close_account(actor=SYSTEM, person=clerk, successor=successor)

    with in_south():
        assert Message.objects.get(pk=theirs.pk).author == twin
