"""What messages ask of people stands in the one list, from deed to deed."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts import services as accounts
from modules.messaging import services
from modules.messaging.permissions import Permission
from modules.messaging.services import AnswerContent, duties
from opium.permissions import SYSTEM
from tests.factories import messaging as made
from tests.factories.accounts import PersonFactory
from tests.factories.directory import UnitFactory
from todo.models import Waiting
from todo.selectors import todo_of
from units.selectors import units_of

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DUE = NOW + timedelta(days=10)
REQUEST = {**made.TEXT_ONLY, "due_at": DUE}


@pytest.fixture
def author():
    return made.clerk(first_name="Ewa", last_name="Lis")


@pytest.fixture
def unit():
    return UnitFactory(short_name="SP 7")


@pytest.fixture
def head(unit):
    return made.head_of(unit)


def asked(person):
    return [(one.code, one.title) for one in todo_of(person)]


def answer(person, message, text="Tak."):
    delivery = message.deliveries.get(unit__in=[one.pk for one in units_of(person.pk)])
    services.answer_delivery(actor=person, delivery=delivery, content=AnswerContent(text=text))


def test_an_answer_that_is_wanted_waits_for_the_unit_until_it_is_given(author, unit, head):
    secretary = made.head_of(unit)
    message = made.sent(author, [unit], answer_request=REQUEST)

    [row] = todo_of(head)
    assert (row.code, row.what, row.title) == (
        "messaging.answer",
        "Odpowiedz",
        "Ankieta o obiadach",
    )
    assert (row.details, row.due_at) == ("od: Ewa Lis · dla: SP 7", DUE)
    assert row.url == f"/messaging/inbox/{message.deliveries.get().pk}"
    assert asked(secretary) == asked(head)

    answer(secretary, message)

    assert asked(head) == asked(secretary) == []
    assert Waiting.objects.get(pk=row.pk).done_by == secretary


def test_nothing_waits_where_no_answer_is_wanted_or_before_it_is_delivered(author, unit, head):
    made.sent(author, [unit])
    services.send_message(actor=author, message=made.draft(author, [unit], answer_request=REQUEST))

    assert asked(head) == []


def test_what_is_locked_waits_for_nobody(author, unit, head):
    made.sent(author, [unit], answer_request={**REQUEST, "locks_at": DUE + timedelta(days=1)})

    with time_machine.travel(DUE + timedelta(hours=1), tick=False):
        assert asked(head) == [("messaging.answer", "Ankieta o obiadach")]
    with time_machine.travel(DUE + timedelta(days=2), tick=False):
        assert asked(head) == []


def test_delivering_twice_asks_once(author, unit, head):
    message = made.sent(author, [unit], answer_request=REQUEST)
    message.deliveries.update(delivered_at=None)

    services.deliver_message(actor=SYSTEM, message=message)

    assert len(asked(head)) == 1


def test_from_the_deadline_on_the_author_has_the_silent_to_chase(author, unit, head):
    message = made.sent(author, [unit, UnitFactory()], answer_request=REQUEST)
    assert asked(author) == []

    with time_machine.travel(DUE + timedelta(minutes=1), tick=False):
        [row] = todo_of(author)
        assert (row.code, row.url) == (
            "messaging.chase",
            f"/messaging/messages/{message.pk}?status=silent",
        )
        services.remind_silent(actor=author, message=message)
        assert asked(author) == []


def test_a_month_after_the_deadline_the_silent_are_let_be(author, unit):
    made.sent(author, [unit], answer_request=REQUEST)

    with time_machine.travel(DUE + timedelta(days=29), tick=False):
        assert len(asked(author)) == 1
    with time_machine.travel(DUE + timedelta(days=31), tick=False):
        assert asked(author) == []


def test_with_the_last_answer_nobody_is_left_to_chase(author, unit, head):
    other = UnitFactory()
    message = made.sent(author, [unit, other], answer_request=REQUEST)
    answer(head, message)
    assert Waiting.objects.filter(code="messaging.chase", done_at=None).exists()

    answer(made.head_of(other), message)
    assert not Waiting.objects.filter(code="messaging.chase", done_at=None).exists()


def test_the_author_of_a_survey_who_may_not_write_any_more_chases_nobody(author, unit):
    made.sent(author, [unit], answer_request=REQUEST)
    author.assignments.all().delete()
    again = type(author).objects.get(pk=author.pk)

    with time_machine.travel(DUE + timedelta(minutes=1), tick=False):
        assert asked(again) == []


def test_an_answer_is_reminded_of_on_the_working_day_before(author, unit, head):
    monday = datetime(2026, 11, 30, 12, tzinfo=UTC)
    with time_machine.travel(monday - timedelta(days=10), tick=False):
        made.sent(author, [unit], answer_request={**made.TEXT_ONLY, "due_at": monday})

    row = Waiting.objects.get(code="messaging.answer")
    assert [day.isoformat() for day in row.remind_on] == ["2026-11-27"]


def test_answering_costs_as_many_queries_with_one_recipient_as_with_many(
    author, head, unit, django_assert_num_queries
):
    few = made.sent(author, [unit, UnitFactory()], answer_request=REQUEST)
    many = made.sent(author, [unit, *UnitFactory.create_batch(8)], answer_request=REQUEST)
    assert head.allows(Permission.ANSWER_MESSAGE)
    for message in (few, many):
        delivery = message.deliveries.get(unit=unit)
        with django_assert_num_queries(15):
            services.answer_delivery(
                actor=head, delivery=delivery, content=AnswerContent(text="Tak.")
            )


def test_a_returned_draft_waits_for_its_author_and_passes_to_the_successor(author):
    successor = made.clerk()
    message = made.draft(author, people=[PersonFactory()])
    duties.ask_to_correct(message, "Za długo.")
    [row] = todo_of(author)
    assert (row.what, row.details) == ("Popraw i wyślij ponownie", "zwrócono: Za długo.")
    assert row.url == f"/messaging/compose/{message.pk}"

    accounts.close_account(actor=SYSTEM, person=author, successor=successor)
    assert asked(successor) == [("messaging.correct", "Ankieta o obiadach")]

    message.refresh_from_db()
    services.discard_draft(actor=successor, message=message)
    assert asked(successor) == []
