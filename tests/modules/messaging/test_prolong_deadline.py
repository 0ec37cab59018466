from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from audit.models import Entry
from modules.messaging import services
from modules.messaging.errors import AnswersLocked, NoDeadline, WrongDeadline
from modules.messaging.models import Answer, Delivery
from notifications.models import Notification
from opium.calendar import day_of
from opium.permissions import SYSTEM
from tests.factories.accounts import person_with
from tests.factories.directory import UnitFactory
from tests.factories.messaging import city_of, sent
from todo.models import Waiting

pytestmark = pytest.mark.django_db
API = "/api/v1/messaging/"
NOW = timezone.now()
DUE, LOCK = NOW + timedelta(days=3), NOW + timedelta(days=5)
LATER = NOW + timedelta(days=10)


def asked(clerk, units, **request):
    wanted = {"wants_text": True, "due_at": DUE, "locks_at": LOCK} | request
    return sent(clerk, units, answer_request=wanted)


def answered(person, delivery):
    return services.answer_delivery(
        actor=person, delivery=delivery, content=services.AnswerContent(text="tak")
    )


def test_all_have_until_then_are_told_and_are_reminded_anew(
    clerk, unit, head, api, django_capture_on_commit_callbacks
):
    message = asked(clerk, [unit])
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        answer = api(clerk).post(
            f"{API}messages/{message.pk}/deadline/", {"due_at": LATER.isoformat()}
        )

    assert answer.json() == {"count": 1}
    shown = api(head).get(f"{API}inbox/").json()["results"][0]
    lock = LOCK + (LATER - DUE)
    assert (shown["due_at"], shown["locks_at"]) == (told(LATER), told(lock))
    waiting = Waiting.objects.get(code="messaging.answer", done_at=None)
    assert (waiting.due_at, waiting.ends_at) == (LATER, lock)
    assert [day < day_of(LATER) for day in waiting.remind_on] == [True]
    chase = Waiting.objects.get(code="messaging.chase", done_at=None)
    assert (chase.since, chase.due_at) == (LATER, LATER)
    assert Notification.objects.filter(kind="messaging.prolonged", person=head).count() == 1
    [letter] = mail.outbox
    assert letter.subject.startswith("Termin przesunięty do ")
    services.tell_deadline(actor=SYSTEM, message=message, due_at=LATER)
    assert Notification.objects.filter(kind="messaging.prolonged").count() == 1
    entry = Entry.objects.get(deed="messaging.prolong_deadline")
    assert entry.before == {"due_at": DUE.isoformat()}
    assert entry.after == {"due_at": told(LATER), "for": "all"}


def told(moment):
    return timezone.localtime(moment).isoformat()


def test_chosen_units_have_longer_and_the_others_do_not(clerk, api, delivery_to):
    (first, second), (head, other_head) = city_of(2)
    message = asked(clerk, [first, second])
    chosen = delivery_to(message, first)

    services.prolong_deadline(actor=clerk, message=message, due_at=LATER, deliveries=[chosen.pk])

    assert api(head).get(f"{API}inbox/{chosen.pk}/").json()["answer_request"]["due_at"] == told(
        LATER
    )
    theirs = delivery_to(message, second)
    shown = api(other_head).get(f"{API}inbox/{theirs.pk}/").json()
    assert shown["answer_request"]["due_at"] == shown["due_at"] == told(DUE)
    with time_machine.travel(LOCK + timedelta(hours=1)):
        rows = api(clerk).get(f"{API}messages/{message.pk}/deliveries/").json()["results"]
        assert [(one["is_late"], one["due_at"]) for one in rows] in (
            [(False, told(LATER)), (True, None)],
            [(False, LATER.isoformat()), (True, None)],
        )
        assert api(clerk).get(f"{API}messages/{message.pk}/").json()["counts"]["late"] == 1
        chosen.refresh_from_db()
        assert answered(head, chosen).is_late is False
        with pytest.raises(AnswersLocked):
            answered(other_head, theirs)
    services.tell_deadline(actor=SYSTEM, message=message, due_at=LATER)
    kinds = Notification.objects.filter(kind="messaging.prolonged")
    assert [one.person for one in kinds] == [head]


def test_late_answers_that_the_new_deadline_covers_are_late_no_more(clerk, delivery_to):
    (first, second), (head, other) = city_of(2)
    message = asked(clerk, [first, second], locks_at=None)
    with time_machine.travel(DUE + timedelta(days=1)):
        covered = answered(head, delivery_to(message, first))
    with time_machine.travel(DUE + timedelta(days=4)):
        too_late = answered(other, delivery_to(message, second))
    assert (covered.is_late, too_late.is_late) == (True, True)

    services.prolong_deadline(actor=clerk, message=message, due_at=DUE + timedelta(days=2))

    late = dict(Delivery.objects.values_list("unit", "is_late"))
    assert late == {first.pk: False, second.pk: True}
    assert list(Answer.objects.order_by("sent_at").values_list("is_late", flat=True)) == [
        False,
        True,
    ]


def test_prolonging_takes_no_time_away_from_whom_an_earlier_deadline_was_given(
    clerk, unit, delivery_to
):
    message = asked(clerk, [unit], due_at=LATER, locks_at=LATER + timedelta(days=5))
    added = UnitFactory(short_name="SP dodana")
    services.add_recipients(
        actor=clerk, message=message, audience={"units": [added.pk]}, due_at=DUE
    )
    theirs = delivery_to(message, added)

    services.prolong_deadline(
        actor=clerk, message=message, due_at=DUE + timedelta(days=1), deliveries=[theirs.pk]
    )

    theirs.refresh_from_db()
    assert theirs.own_due_at == DUE + timedelta(days=1)
    assert theirs.own_locks_at == LATER + timedelta(days=5)


@pytest.mark.parametrize("moment", [DUE, DUE - timedelta(hours=1), NOW - timedelta(days=1)])
def test_a_deadline_only_moves_on(clerk, unit, moment):
    message = asked(clerk, [unit])

    with pytest.raises(WrongDeadline) as refusal:
        services.prolong_deadline(actor=clerk, message=message, due_at=moment)

    assert [one.field for one in refusal.value.errors] == ["due_at"]


def test_what_has_no_deadline_is_not_prolonged(clerk, unit):
    with pytest.raises(NoDeadline):
        services.prolong_deadline(actor=clerk, message=sent(clerk, [unit]), due_at=LATER)


def test_who_does_not_send_prolongs_nothing(clerk, unit, api):
    message = asked(clerk, [unit])
    url = f"{API}messages/{message.pk}/deadline/"

    answer = api(person_with("messaging.view_messages")).post(url, {"due_at": LATER.isoformat()})

    assert answer.status_code == 403
    assert message.answer_request.due_at == DUE


def test_prolonging_for_many_asks_as_much_as_for_one(clerk, django_assert_max_num_queries):
    few = asked(clerk, [UnitFactory()])
    many = asked(clerk, UnitFactory.create_batch(20))

    for message in (few, many):
        with django_assert_max_num_queries(20):
            services.prolong_deadline(actor=clerk, message=message, due_at=LATER)
