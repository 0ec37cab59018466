from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from audit.models import Entry
from modules.messaging import services
from modules.messaging.errors import AcceptanceNeeded, NobodyNew, NoDeadline, WrongDeadline
from modules.messaging.models import AcceptanceRule, Delivery
from notifications.models import Notification
from opium.permissions import SYSTEM
from tests.factories.accounts import PersonFactory, again, person_with
from tests.factories.directory import (
    GroupFactory,
    MembershipFactory,
    SectionFactory,
    UnitFactory,
)
from tests.factories.messaging import clerk as make_clerk
from tests.factories.messaging import head_of, sent
from threads.services import write_post
from todo.models import Waiting

pytestmark = pytest.mark.django_db
API = "/api/v1/messaging/"
KIND = "messaging.delivery"
NOW = timezone.now()
DUE, LATER = NOW + timedelta(days=3), NOW + timedelta(days=9)


def asked(clerk, units):
    request = {"wants_text": True, "due_at": DUE, "locks_at": DUE + timedelta(days=1)}
    return sent(clerk, units, answer_request=request)


def test_a_unit_a_person_and_a_group_get_it_with_the_same_deadline(clerk, unit, api):
    message = asked(clerk, [unit])
    added, grouped, person = UnitFactory(), UnitFactory(), PersonFactory()
    head = head_of(added)
    group = GroupFactory(units=[grouped, unit])

    answer = api(clerk).post(
        f"{API}messages/{message.pk}/recipients/",
        {"units": [str(added.pk)], "people": [str(person.pk)], "groups": [str(group.pk)]},
    )
    services.deliver_message(actor=SYSTEM, message=message)

    assert answer.json() == {"count": 3}
    assert Delivery.objects.filter(message=message).count() == 4
    assert api(clerk).get(f"{API}messages/{message.pk}/").json()["counts"]["silent"] == 4
    assert Notification.objects.filter(person=head, kind="messaging.message").count() == 1
    waiting = Waiting.objects.filter(code="messaging.answer", done_at=None)
    assert set(waiting.values_list("due_at", flat=True)) == {DUE}
    assert Entry.objects.get(deed="messaging.add_recipients").after == {
        "units": 2,
        "people": 1,
        "due_at": None,
    }


def test_the_new_ones_may_have_a_deadline_of_their_own(clerk, unit, delivery_to):
    message, added = asked(clerk, [unit]), UnitFactory()
    with time_machine.travel(DUE + timedelta(hours=1)):
        with pytest.raises(WrongDeadline):
            services.add_recipients(actor=clerk, message=message, audience={"units": [added.pk]})
        services.add_recipients(
            actor=clerk, message=message, audience={"units": [added.pk]}, due_at=LATER
        )
        services.deliver_message(actor=SYSTEM, message=message)

    delivery = delivery_to(message, added)
    assert (delivery.own_due_at, delivery.own_locks_at) == (LATER, LATER + timedelta(days=1))
    assert delivery_to(message, unit).own_due_at is None
    assert Waiting.objects.get(subject_id=delivery.pk).due_at == LATER


def test_who_has_it_already_is_not_told_again_and_who_lost_it_gets_it_anew(clerk, unit, head):
    message = asked(clerk, [unit])
    with pytest.raises(NobodyNew):
        services.add_recipients(actor=clerk, message=message, audience={"units": [unit.pk]})
    services.recall_message(actor=clerk, message=message)

    assert services.add_recipients(actor=clerk, message=message, audience={"units": [unit.pk]}) == 1

    services.deliver_message(actor=SYSTEM, message=message)
    delivery = Delivery.objects.get()
    assert delivery.recalled_at is None
    assert Notification.objects.get(person=head).subject_id == delivery.pk


def test_a_question_asked_before_the_recall_is_read_at_the_new_delivery(clerk, unit, head, api):
    message = asked(clerk, [unit])
    old = Delivery.objects.get()
    write_post(actor=head, kind=KIND, subject_id=old.pk, text="Ile?", wants_answer=True)
    services.recall_message(actor=clerk, message=message)

    services.add_recipients(actor=clerk, message=message, audience={"units": [unit.pk]})
    services.deliver_message(actor=SYSTEM, message=message)

    new = Delivery.objects.get()
    [listed] = api(clerk).get(f"/api/v1/threads/of/{KIND}/{message.pk}/").json()
    assert listed["subject_id"] == str(new.pk) != str(old.pk)
    for one in (clerk, head):
        thread = api(again(one)).get(f"/api/v1/threads/about/{KIND}/{new.pk}/").json()
        assert [post["text"] for post in thread["posts"]] == ["Ile?"]


@pytest.mark.parametrize(("answers", "waiting"), [(False, ["messaging.question"]), (True, [])])
def test_a_question_that_nobody_answered_before_the_recall_waits_again(
    clerk, unit, head, answers, waiting
):
    message = asked(clerk, [unit])
    old = Delivery.objects.get()
    write_post(actor=head, kind=KIND, subject_id=old.pk, text="Ile?", wants_answer=True)
    if answers:
        write_post(actor=clerk, kind=KIND, subject_id=old.pk, text="Dwa.")
    services.recall_message(actor=clerk, message=message)
    asked_of_all = Waiting.objects.filter(subject_kind="threads.thread", done_at=None)
    assert not asked_of_all.exists()

    services.add_recipients(actor=clerk, message=message, audience={"units": [unit.pk]})

    assert list(asked_of_all.values_list("code", flat=True)) == waiting
    for one in asked_of_all:
        assert one.url == f"/messaging/messages/{message.pk}?question={Delivery.objects.get().pk}"


def test_nobody_gets_round_an_acceptance_by_adding(clerk, unit):
    message, added = asked(clerk, [unit]), UnitFactory()
    AcceptanceRule.objects.create(audience="units", chain="head")

    with pytest.raises(AcceptanceNeeded):
        services.add_recipients(actor=clerk, message=message, audience={"units": [added.pk]})
    assert Delivery.objects.count() == 1


def test_a_colleague_passes_neither_the_authors_rule_nor_an_own_one(clerk, unit):
    message, added = asked(clerk, [unit]), UnitFactory()
    colleague = make_clerk()
    sections = SectionFactory.create_batch(2)
    for person, section in zip((clerk, colleague), sections, strict=True):
        MembershipFactory(person=person, unit=None, section=section)

    for section in sections:
        rule = AcceptanceRule.objects.create(section=section, audience="units", chain="head")
        with pytest.raises(AcceptanceNeeded):
            services.add_recipients(
                actor=colleague, message=message, audience={"units": [added.pk]}
            )
        rule.delete()
    assert Delivery.objects.count() == 1


def test_a_message_without_a_deadline_gives_none_to_the_new_ones(clerk, unit):
    message = sent(clerk, [unit])

    with pytest.raises(NoDeadline):
        services.add_recipients(
            actor=clerk, message=message, audience={"units": [UnitFactory().pk]}, due_at=LATER
        )


def test_who_only_views_adds_nobody(clerk, unit, api):
    message = asked(clerk, [unit])
    url = f"{API}messages/{message.pk}/recipients/"

    viewer = person_with("messaging.view_messages")
    assert api(viewer).post(url, {"units": [str(UnitFactory().pk)]}).status_code == 403
    assert Delivery.objects.count() == 1
