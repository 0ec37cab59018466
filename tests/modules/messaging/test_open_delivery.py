from datetime import timedelta

import pytest
from django.utils import timezone

from modules.messaging import selectors, services
from modules.messaging.api.serializers import InboxItemOut
from modules.messaging.models import Delivery, Reading
from modules.messaging.permissions import Permission
from notifications.models import Notification
from opium.errors import NotFound
from tests.factories.accounts import PersonFactory
from tests.factories.directory import MembershipFactory, UnitFactory
from tests.factories.messaging import draft, head_of, sent

pytestmark = pytest.mark.django_db
URL = "/api/v1/messaging/inbox/"


@pytest.fixture
def delivery(clerk, unit, head):
    sent(clerk, [unit])
    return Delivery.objects.get()


def test_looking_at_it_is_not_opening_it(delivery, head, api):
    assert api(head).get(f"{URL}{delivery.pk}/").status_code == 200
    assert api(head).get(URL).json()["count"] == 1

    delivery.refresh_from_db()
    assert delivery.first_opened_at is None
    assert not Reading.objects.exists()


def test_what_looks_like_an_id_and_is_none_is_not_found(head, api):
    crooked = "21c98bb2617d1a80c25be0f9be7f76525f50"

    for answer in (
        api(head).get(f"{URL}{crooked}/"),
        api(head).post(f"{URL}{crooked}/open/"),
        api(head).get(f"/api/v1/messaging/deliveries/{crooked}/"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_each_person_who_opens_is_counted_by_name(delivery, head, unit, api):
    deputy = head_of(unit, first_name="Ola", last_name="Mak")

    for person in (head, head, deputy):
        answer = api(person).post(f"{URL}{delivery.pk}/open/")
    assert answer.status_code == 200

    assert [(one["person"], one["count"]) for one in answer.json()["readings"]] == [
        ("Jan Nowak", 2),
        ("Ola Mak", 1),
    ]
    delivery.refresh_from_db()
    assert delivery.first_opened_by == head
    assert delivery.openings == 3
    assert delivery.first_opened_at == Reading.objects.get(person=head).first_at


def test_opening_reads_ones_own_notice_and_nobody_elses(delivery, head, unit):
    deputy = head_of(unit)
    Notification.objects.create(
        person=deputy, kind="messaging.message", subject_id=delivery.pk, title="x", url=delivery.url
    )

    services.open_delivery(actor=head, delivery=delivery)

    assert Notification.objects.get(person=head).read_at is not None
    assert Notification.objects.get(person=deputy).read_at is None


def test_unread_is_each_persons_own(delivery, head, unit, api):
    deputy = head_of(unit)
    services.open_delivery(actor=head, delivery=delivery)

    assert api(head).get(URL, {"unread": "true"}).json()["count"] == 0
    assert api(deputy).get(URL, {"unread": "true"}).json()["count"] == 1
    assert api(deputy).get(URL).json()["results"][0]["is_unread"] is True


def test_who_joins_later_sees_it_and_who_leaves_does_not(delivery, head, unit, api):
    newcomer = PersonFactory()
    assert api(newcomer).get(f"{URL}{delivery.pk}/").status_code == 404
    MembershipFactory(person=newcomer, unit=unit)
    assert api(newcomer).get(f"{URL}{delivery.pk}/").status_code == 200

    unit.memberships.filter(person=head).update(valid_to=timezone.localdate() - timedelta(days=1))

    assert api(head).get(f"{URL}{delivery.pk}/").status_code == 404
    assert api(head).get(URL).json()["count"] == 0
    with pytest.raises(NotFound):
        services.open_delivery(actor=head, delivery=delivery)


def test_a_person_of_another_unit_cannot_open_it(delivery, clerk, api):
    stranger = head_of(UnitFactory())

    for method, path in (("get", ""), ("post", "open/"), ("post", "answers/"), ("get", "answers/")):
        assert getattr(api(stranger), method)(f"{URL}{delivery.pk}/{path}").status_code == 404
    assert api(clerk).get(f"{URL}{delivery.pk}/").status_code == 404
    assert api().post(f"{URL}{delivery.pk}/open/").status_code == 401
    assert not Reading.objects.exists()


def test_a_message_to_a_person_is_theirs_alone(clerk, head, unit, api, delivery_to):
    colleague = head_of(unit)
    message = sent(clerk, people=[head])
    mine = delivery_to(message, head)

    assert api(head).get(f"{URL}{mine.pk}/").json()["recipient"] == {
        "kind": "person",
        "id": str(head.pk),
        "short_name": "Jan Nowak",
        "name": "Jan Nowak",
    }
    assert api(colleague).get(f"{URL}{mine.pk}/").status_code == 404


def test_nothing_lies_in_the_inbox_before_it_is_delivered(clerk, head, unit, api):
    services.send_message(actor=clerk, message=draft(clerk, [unit]))

    assert api(head).get(URL).json()["count"] == 0


def test_the_inbox_can_be_ordered_by_the_due_date(clerk, head, unit, api):
    now = timezone.now()
    for subject, days in (("b", 2), ("c", None), ("a", 1)):
        due = now + timedelta(days=days) if days else None
        sent(clerk, [unit], subject=subject, answer_request={"wants_text": True, "due_at": due})

    items = api(head).get(URL, {"ordering": "due_at"}).json()["results"]

    assert [item["subject"] for item in items] == ["a", "b", "c"]


def test_the_inbox_is_one_query_for_one_message_and_for_many(
    clerk, head, unit, django_assert_num_queries
):
    assert head.reach(Permission.ANSWER_MESSAGE)
    sent(clerk, [unit], answer_request={"wants_text": True})
    with django_assert_num_queries(1):
        assert len(InboxItemOut(selectors.inbox_of(head), many=True).data) == 1
    for _ in range(4):
        sent(clerk, [unit], answer_request={"wants_text": True})
    with django_assert_num_queries(1):
        assert len(InboxItemOut(selectors.inbox_of(head), many=True).data) == 5


def test_an_empty_selection_of_waiting_ones_for_who_may_not_answer(clerk, unit, api):
    reader = PersonFactory()
    MembershipFactory(person=reader, unit=unit)
    sent(clerk, [unit], answer_request={"wants_text": True})

    assert api(reader).get(URL).json()["count"] == 1
    assert api(reader).get(URL, {"waiting": "true"}).json()["count"] == 0
    assert list(selectors.inbox_of(reader).filter(is_waiting=True)) == []
