"""A file that a merge left out: its sender is asked for a new one, once, and may always send it."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from audit.models import Entry
from modules.messaging import selectors, services
from modules.messaging.errors import AnswersLocked, FileReplaced
from modules.messaging.models import AnswerRequest, FileRequest, Merge
from modules.messaging.permissions import Permission
from modules.messaging.services import AnswerContent
from notifications.models import Notification
from opium.errors import Forbidden
from opium.permissions import SYSTEM
from tests.factories.accounts import person_with
from tests.factories.files import uploaded
from tests.factories.messaging import broken_workbook, city_of, head_of, survey, workbook
from todo.selectors import open_rows

pytestmark = pytest.mark.django_db
HEADER = ["Lp.", "Klasa", "Obiady"]


@pytest.fixture
def merged(clerk, delivery_to):
    """A survey of four, merged: two good, one of them empty, one broken, one silent."""
    units, heads = city_of(4)
    message = survey(clerk, units)
    contents = [workbook(HEADER, [1, "1a", 12]), broken_workbook(), workbook(HEADER)]
    names = ["a.xlsx", "b.xlsx", "ankieta.xlsx"]
    for unit, head, name, content in zip(units, heads, names, contents, strict=False):
        answer(head, delivery_to(message, unit), name, content)
    merge = services.start_merge(actor=clerk, message=message)
    services.run_merge(actor=SYSTEM, merge=merge)
    return Merge.objects.get(), units, heads


def answer(head, delivery, name, content):
    return services.answer_delivery(
        actor=head,
        delivery=delivery,
        content=AnswerContent(
            text="Wysyłam.", workbook=uploaded(head, name, content).pk, despite_problems=True
        ),
    )


def url(merge):
    return f"/api/v1/messaging/merges/{merge.pk}/file-requests/"


def lock(message):
    AnswerRequest.objects.filter(message=message).update(
        due_at=timezone.now() - timedelta(days=2), locks_at=timezone.now() - timedelta(days=1)
    )


def test_every_recipient_is_in_one_figure_of_the_report(merged, clerk, api):
    merge, units, _ = merged
    report = api(clerk).get(f"/api/v1/messaging/merges/{merge.pk}/").json()["report"]
    figures = {"workbooks": 2, "left_out": [], "silent": 1, "otherwise": 0}
    assert report.items() >= figures.items()
    broken = merge.message.deliveries.get(unit=units[1])
    assert [(one["unit"], one["answer"]) for one in report["rejected"]] == [
        (units[1].short_name, str(broken.newest_id))
    ]


def test_a_refused_file_is_asked_for_anew_with_the_reason_once(
    merged, clerk, api, django_capture_on_commit_callbacks
):
    merge, units, heads = merged
    delivery = merge.message.deliveries.get(unit=units[1])
    body = {"answer": str(delivery.newest_id)}
    browser = api(clerk)
    assert browser.get(url(merge)).json()[0] == {
        "answer": str(delivery.newest_id),
        "asked_by": None,
        "asked_at": None,
        "is_replaced": False,
    }

    with django_capture_on_commit_callbacks(execute=True):
        first = browser.post(url(merge), body)
        second = browser.post(url(merge), body)

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert first.json()[0]["asked_by"] == "Ewa Lis"
    asked = FileRequest.objects.get()
    assert asked.reason == f"b.xlsx: {merge.report['rejected'][0]['reason']}"
    assert Notification.objects.filter(kind="messaging.new_file").get().person == heads[1]
    [letter] = [one for one in mail.outbox if one.subject.startswith("Prośba o nowy plik")]
    assert asked.reason in letter.body
    assert Entry.objects.filter(deed="messaging.ask_for_file").get().after["version"] == 1
    [waiting] = open_rows("messaging.delivery", [delivery.pk])
    assert (waiting.what, waiting.unit_id) == ("Wyślij nowy plik", units[1].pk)
    story = api(heads[1]).get(f"/api/v1/messaging/inbox/{delivery.pk}/").json()
    assert story["answers"][0]["file_request"]["reason"] == asked.reason


def test_what_was_asked_for_is_taken_after_the_answers_are_closed_and_is_not_late(
    merged, clerk, delivery_to, api
):
    merge, units, heads = merged
    lock(merge.message)
    services.ask_for_file(
        actor=clerk, merge=merge, answer_id=delivery_to(merge.message, units[1]).newest_id
    )

    anew = answer(
        heads[1], delivery_to(merge.message, units[1]), "b.xlsx", workbook(HEADER, [2, "1b", 3])
    )

    assert (anew.version, anew.is_late) == (2, False)
    assert not open_rows("messaging.delivery", [anew.delivery_id]).exists()
    assert api(clerk).get(url(merge)).json()[0]["is_replaced"] is True
    with pytest.raises(AnswersLocked):
        answer(heads[1], delivery_to(merge.message, units[1]), "b.xlsx", workbook(HEADER))
    with pytest.raises(AnswersLocked):
        answer(heads[0], delivery_to(merge.message, units[0]), "a.xlsx", workbook(HEADER))


def test_what_was_late_stays_late_when_it_is_asked_for_anew(merged, clerk, delivery_to):
    merge, units, heads = merged
    lock(merge.message)
    AnswerRequest.objects.filter(message=merge.message).update(locks_at=None)
    late = answer(heads[1], delivery_to(merge.message, units[1]), "b.xlsx", broken_workbook())
    again = services.start_merge(actor=clerk, message=merge.message)
    services.run_merge(actor=SYSTEM, merge=again)
    again.refresh_from_db()

    services.ask_for_file(actor=clerk, merge=again, answer_id=late.pk)

    anew = answer(heads[1], delivery_to(merge.message, units[1]), "b.xlsx", workbook(HEADER))
    assert (late.is_late, anew.is_late) == (True, True)


def test_a_new_file_is_late_no_more_with_the_one_that_it_replaces(merged, clerk, delivery_to):
    merge, units, heads = merged
    lock(merge.message)
    AnswerRequest.objects.filter(message=merge.message).update(locks_at=None)
    late = answer(heads[1], delivery_to(merge.message, units[1]), "b.xlsx", broken_workbook())
    FileRequest.objects.create(
        answer=late, reason="nie da się otworzyć", asked_by=clerk, asked_at=timezone.now()
    )
    with time_machine.travel(timezone.now() + timedelta(days=5)):
        anew = answer(heads[1], delivery_to(merge.message, units[1]), "b.xlsx", workbook(HEADER))
        second = answer(heads[1], delivery_to(merge.message, units[1]), "b.xlsx", workbook(HEADER))

    services.prolong_deadline(
        actor=clerk, message=merge.message, due_at=timezone.now() + timedelta(days=1)
    )

    for one in (late, anew, second):
        one.refresh_from_db()
    assert (late.is_late, anew.is_late, second.is_late) == (False, False, True)


def test_a_new_file_waits_without_a_deadline_also_after_the_message_is_prolonged(
    merged, clerk, delivery_to
):
    merge, units, _ = merged
    asked = delivery_to(merge.message, units[1])
    services.ask_for_file(actor=clerk, merge=merge, answer_id=asked.newest_id)
    due_at = timezone.now() + timedelta(days=1)
    AnswerRequest.objects.filter(message=merge.message).update(
        due_at=due_at, locks_at=due_at + timedelta(days=1)
    )

    services.prolong_deadline(actor=clerk, message=merge.message, due_at=due_at + timedelta(days=7))

    [waiting] = open_rows("messaging.delivery", [asked.pk])
    assert (waiting.what, waiting.due_at, waiting.ends_at) == ("Wyślij nowy plik", None, None)
    assert waiting.remind_on == []


def test_a_file_that_was_merged_or_is_replaced_is_not_asked_for(merged, clerk, delivery_to, api):
    merge, units, heads = merged
    good = delivery_to(merge.message, units[0])
    assert api(clerk).post(url(merge), {"answer": str(good.newest_id)}).status_code == 404
    broken = delivery_to(merge.message, units[1])
    answer(heads[1], broken, "b.xlsx", workbook(HEADER, [2, "1b", 3]))

    with pytest.raises(FileReplaced, match="ma już nowszą odpowiedź"):
        services.ask_for_file(actor=clerk, merge=merge, answer_id=broken.newest_id)

    assert not FileRequest.objects.exists()


def test_only_whoever_has_the_message_in_hand_asks(merged, delivery_to, api):
    merge, units, heads = merged
    viewer = person_with(Permission.VIEW_MESSAGES)
    answer_id = delivery_to(merge.message, units[1]).newest_id
    with pytest.raises(Forbidden):
        services.ask_for_file(actor=viewer, merge=merge, answer_id=answer_id)
    body = {"answer": str(answer_id)}
    asked = [api(one).post(url(merge), body).status_code for one in (viewer, heads[1], None)]
    assert asked == [403, 404, 401]
    assert api(viewer).get(url(merge)).status_code == 200
    assert api(head_of(units[1])).get(url(merge)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_what_became_of_the_files_is_one_query_for_any_number(
    clerk, delivery_to, count, django_assert_num_queries
):
    units, heads = city_of(count)
    message = survey(clerk, units)
    for unit, head in zip(units, heads, strict=True):
        answer(head, delivery_to(message, unit), "b.xlsx", broken_workbook())
    merge = services.start_merge(actor=clerk, message=message)
    services.run_merge(actor=SYSTEM, merge=merge)
    merge.refresh_from_db()
    for one in merge.left_files:
        services.ask_for_file(actor=clerk, merge=merge, answer_id=one["answer"])

    with django_assert_num_queries(1):
        found = selectors.asked_files(merge)
    assert len(found) == count
