from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import Entry
from modules.messaging import services
from modules.messaging.errors import (
    AnsweredAlready,
    ColleagueCannotAnswer,
    NotHandedOver,
    OwnMessage,
)
from notifications.models import Email, Notification
from opium.errors import Forbidden
from opium.models import uuid7
from tests.factories.accounts import PersonFactory
from tests.factories.directory import MembershipFactory, UnitFactory
from tests.factories.keys import secret_of
from tests.factories.messaging import head_of, sent
from todo.models import Waiting
from todo.selectors import todo_of
from units.models import Membership

pytestmark = pytest.mark.django_db
API = "/api/v1/messaging/"
REQUEST = {"wants_text": True, "due_at": timezone.now() + timedelta(days=4)}


@pytest.fixture
def secretary(unit):
    return head_of(unit, first_name="Anna", last_name="Kos")


@pytest.fixture
def delivery(clerk, unit, head, secretary):
    return sent(clerk, [unit], answer_request=REQUEST).deliveries.get()


def desk(person):
    return [(one.code, one.details) for one in todo_of(person)]


def test_the_colleague_has_it_to_do_and_everybody_in_the_unit_sees_whose_it_is(
    delivery, head, secretary, unit, api
):
    third = head_of(unit)
    url = f"{API}inbox/{delivery.pk}/"
    offered = api(head).get(f"{url}colleagues/").json()
    assert {one["name"] for one in offered} == {"Anna Kos", third.display_name}

    answer = api(head).post(f"{url}hand-over/", {"person": str(secretary.pk)})

    assert answer.status_code == 200
    for person in (head, secretary, third):
        handed = api(person).get(f"{API}inbox/").json()["results"][0]["handed"]
        assert (handed["to"]["name"], handed["by"]["name"]) == ("Anna Kos", "Jan Nowak")
    assert desk(secretary) == [
        ("messaging.handed", "od: Ewa Lis · dla: SP nr 7 · przekazana Tobie")
    ]
    assert desk(third) == [("messaging.answer", "od: Ewa Lis · dla: SP nr 7 · odpowiada: Anna Kos")]
    told = Notification.objects.get(kind="messaging.handed")
    assert (told.person, told.title) == (
        secretary,
        "Jan Nowak przekazuje Ci: Ankieta o obiadach",
    )
    entry = Entry.objects.get(deed="messaging.hand_over_delivery")
    assert (entry.before, entry.after) == ({"handed_to": None}, {"handed_to": "Anna Kos"})


def test_who_handed_it_over_hears_of_the_answer_and_nobody_waits(delivery, head, secretary):
    services.hand_over_delivery(actor=head, delivery=delivery, person=secretary)

    content = services.AnswerContent(text="tak")
    services.answer_delivery(actor=secretary, delivery=delivery, content=content)

    told = Notification.objects.get(kind="messaging.handed", person=head)
    assert told.title == "Anna Kos odpowiada w przekazanej sprawie: Ankieta o obiadach"
    assert not Waiting.objects.filter(subject_id=delivery.pk, done_at=None).exists()
    with pytest.raises(AnsweredAlready):
        services.hand_over_delivery(actor=head, delivery=delivery, person=secretary)


@pytest.mark.parametrize("lost", ["membership", "role", "account"])
def test_who_may_not_answer_any_more_hears_nothing_of_the_answer(delivery, head, secretary, lost):
    services.hand_over_delivery(actor=head, delivery=delivery, person=secretary)
    match lost:
        case "membership":
            Membership.objects.filter(person=head).delete()
        case "role":
            head.assignments.all().delete()
        case "account":
            type(head).objects.filter(pk=head.pk).update(is_active=False)
    Email.objects.all().delete()

    content = services.AnswerContent(text="tak")
    services.answer_delivery(actor=secretary, delivery=delivery, content=content)

    assert not Notification.objects.filter(kind="messaging.handed", person=head).exists()
    assert not Email.objects.filter(recipient=head.email).exists()


def test_taken_back_it_is_everybodys_again(delivery, head, secretary):
    services.hand_over_delivery(actor=head, delivery=delivery, person=secretary)

    services.take_back_delivery(actor=head, delivery=delivery)

    assert desk(secretary) == desk(head)
    assert desk(head) == [("messaging.answer", "od: Ewa Lis · dla: SP nr 7")]
    with pytest.raises(NotHandedOver):
        services.take_back_delivery(actor=head, delivery=delivery)


def test_a_later_deadline_is_the_colleagues_as_well(delivery, clerk, head, secretary):
    services.hand_over_delivery(actor=head, delivery=delivery, person=secretary)
    later = REQUEST["due_at"] + timedelta(days=3)

    services.prolong_deadline(actor=clerk, message=delivery.message, due_at=later)

    rows = Waiting.objects.filter(subject_id=delivery.pk, done_at=None)
    assert set(rows.values_list("code", "due_at")) == {
        ("messaging.answer", later),
        ("messaging.handed", later),
    }


def test_only_to_somebody_of_the_unit_who_may_answer(delivery, unit, head):
    reader = PersonFactory()
    MembershipFactory(person=reader, unit=unit)

    with pytest.raises(ColleagueCannotAnswer):
        services.hand_over_delivery(actor=head, delivery=delivery, person=reader)
    with pytest.raises(Forbidden):
        services.hand_over_delivery(actor=reader, delivery=delivery, person=head)
    assert not Waiting.objects.filter(code="messaging.handed").exists()


def test_somebody_of_elsewhere_is_no_more_found_than_nobody_and_is_not_named(delivery, head, api):
    stranger = head_of(UnitFactory(), first_name="Tajna", last_name="Osoba")
    url = f"{API}inbox/{delivery.pk}/hand-over/"

    elsewhere, nobody = (
        api(head).post(url, {"person": str(one)}) for one in (stranger.pk, uuid7())
    )

    assert (elsewhere.status_code, elsewhere.json()) == (404, nobody.json())
    assert "Osoba" not in elsewhere.content.decode()


def test_a_key_for_the_inbox_alone_hands_nothing_over(delivery, head, secretary, api):
    program = api()
    key = secret_of(head, "messaging.keep_own_inbox")
    program.credentials(HTTP_AUTHORIZATION=f"Bearer {key}")
    url = f"{API}inbox/{delivery.pk}/hand-over/"

    assert program.post(url, {"person": str(secretary.pk)}).status_code == 403


def test_what_came_to_a_person_is_not_handed_over(clerk, secretary):
    person = PersonFactory()
    own = sent(clerk, people=[person], answer_request=REQUEST).deliveries.get()

    with pytest.raises((OwnMessage, Forbidden)):
        services.hand_over_delivery(actor=person, delivery=own, person=secretary)
