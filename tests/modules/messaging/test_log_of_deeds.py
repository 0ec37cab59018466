"""One right to write and send, and the log still tells which of its deeds it was."""

import pytest

from audit.models import Entry
from modules.messaging import services
from modules.messaging.permissions import Permission
from opium.permissions import SYSTEM
from tests.factories.accounts import person_with
from tests.factories.files import uploaded
from tests.factories.messaging import city_of, draft, survey, workbook

pytestmark = pytest.mark.django_db


def told(*ids):
    """What the log says of these records, the oldest first."""
    entries = Entry.objects.filter(target_id__in=[str(one) for one in ids]).order_by("pk")
    return [(entry.deed, entry.right) for entry in entries]


def test_writing_discarding_sending_and_reminding_are_four_deeds_of_one_right(clerk):
    [unit], _ = city_of(1)
    thrown_away = draft(clerk, [unit])
    message = survey(clerk, [unit])
    ids = [thrown_away.pk, message.pk]

    services.discard_draft(actor=clerk, message=thrown_away)
    services.remind_silent(actor=clerk, message=message)

    assert told(*ids) == [
        ("messaging.write_draft", "messaging.send_message"),
        ("messaging.write_draft", "messaging.send_message"),
        ("messaging.send_message", "messaging.send_message"),
        ("messaging.discard_draft", "messaging.send_message"),
        ("messaging.remind_silent", "messaging.send_message"),
    ]


def test_a_message_is_on_record_as_opened_when_each_person_first_opens_it(clerk, delivery_to):
    [unit], [head] = city_of(1)
    delivery = delivery_to(survey(clerk, [unit]), unit)

    for _ in range(2):
        services.open_delivery(actor=head, delivery=delivery)

    [entry] = Entry.objects.filter(target_id=str(delivery.pk))
    assert (entry.actor_id, entry.deed, entry.right) == (head.pk, "messaging.open_delivery", "")


def test_asking_for_a_merge_doing_it_and_taking_it_away_are_three_deeds(clerk, delivery_to, api):
    [unit], [head] = city_of(1)
    message = survey(clerk, [unit])
    filled = uploaded(head, "obiady.xlsx", workbook(["Lp.", "Klasa", "Obiady"], [1, "1a", 2]))
    services.answer_delivery(
        actor=head,
        delivery=delivery_to(message, unit),
        content=services.AnswerContent(workbook=filled.pk),
    )

    merge = services.start_merge(actor=clerk, message=message)
    services.run_merge(actor=SYSTEM, merge=merge)
    answer = api(clerk).get(f"/api/v1/messaging/merges/{merge.pk}/download/")

    assert answer.status_code == 302
    assert told(merge.pk) == [
        ("messaging.start_merge", "messaging.send_message"),
        ("messaging.run_merge", "messaging.send_message"),
        ("messaging.download_merge", "messaging.view_messages"),
    ]
    taken = Entry.objects.latest("id")
    merge.refresh_from_db()
    assert (taken.actor_id, taken.after) == (
        clerk.pk,
        {"workbooks": 1, "sha256": merge.result.sha256},
    )


def test_changing_a_draft_is_told_once_an_hour_however_often_it_saves_itself(clerk):
    message = draft(clerk)
    for number in range(5):
        services.change_draft(actor=clerk, message=message, content={"subject": f"T{number}"})

    assert told(message.pk) == [
        ("messaging.write_draft", "messaging.send_message"),
        ("messaging.change_draft", "messaging.send_message"),
    ]


def test_each_single_file_that_is_taken_out_is_a_deed_by_the_right_that_shows_it(clerk, api):
    [unit], [head] = city_of(1)
    author = person_with(Permission.SEND_MESSAGE)
    message = survey(author, [unit])
    filled = uploaded(head, "obiady.xlsx", workbook(["Lp.", "Klasa", "Obiady"], [1, "1a", 2]))
    answer = services.answer_delivery(
        actor=head,
        delivery=message.deliveries.get(),
        content=services.AnswerContent(workbook=filled.pk),
    )
    attachment = f"/api/v1/messaging/attachments/{message.attachments.get().pk}/download/"
    answered = f"/api/v1/messaging/answer-files/{answer.files.get().pk}/download/"

    for person in (author, clerk, head):
        assert api(person).get(attachment).status_code == 302
        assert api(person).get(answered).status_code == 302
    assert api(person_with(Permission.SEND_MESSAGE)).get(attachment).status_code == 404

    rights = ["messaging.send_message", "messaging.view_messages", "messaging.keep_own_inbox"]
    taken = Entry.objects.filter(deed="messaging.download_attachment").order_by("pk")
    assert [one.right for one in taken] == rights
    assert [one.target_id for one in taken] == [str(message.pk)] * 3
    assert taken[0].after["file"] == "ankieta.xlsx"
    taken = Entry.objects.filter(deed="messaging.download_answer_file").order_by("pk")
    assert [one.right for one in taken] == rights
    assert {one.target_id for one in taken} == {str(answer.delivery_id)}
    assert taken[0].after == {"file": "obiady.xlsx", "sha256": filled.sha256, "version": 1}
