from uuid import uuid4

import pytest

from notifications.models import Notification
from notifications.services import entrusted
from tests.factories.accounts import PersonFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/notifications/"


@pytest.fixture
def person(city):
    return PersonFactory()


def told(person, **fields):
    return Notification.objects.create(
        **{
            "person": person,
            "kind": "messaging.message",
            "subject_id": uuid4(),
            "title": "Nowa wiadomość",
            "url": "/messaging/inbox/7",
            **fields,
        }
    )


def test_the_bell_lists_ones_own_newest_first_and_counts_the_unread(person, api):
    first, second = told(person, title="pierwsza"), told(person, title="druga")
    told(PersonFactory())
    browser = api(person)

    shown = browser.get(URL).json()

    assert [one["title"] for one in shown["results"]] == ["druga", "pierwsza"]
    assert browser.get(f"{URL}count/").json() == {"unread": 2}
    for _ in range(2):
        assert browser.post(f"{URL}{second.pk}/read/").status_code == 204
    assert browser.get(f"{URL}count/").json() == {"unread": 1}
    first.refresh_from_db()
    assert first.read_at is None


def test_anothers_notice_is_not_there(person, api):
    theirs = told(PersonFactory())

    assert api(person).post(f"{URL}{theirs.pk}/read/").status_code == 404
    assert api().get(URL).status_code == 401
    theirs.refresh_from_db()
    assert theirs.read_at is None


def test_being_at_the_place_reads_the_notices_that_lead_there(person):
    here, there = told(person), told(person, url="/messaging/inbox/8")
    theirs = told(PersonFactory())

    entrusted.mark_read_at(actor=person, url="/messaging/inbox/7")

    unread = set(Notification.objects.filter(read_at=None))
    assert unread == {there, theirs}
    assert here not in unread
