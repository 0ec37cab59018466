from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import Entry
from files.services import read_chunks
from modules.messaging import services
from modules.messaging.models import Message
from tests.factories.accounts import person_with
from tests.factories.messaging import clerk as make_clerk
from tests.factories.messaging import draft, survey

pytestmark = pytest.mark.django_db
API = "/api/v1/messaging/"


def test_the_copy_says_and_asks_the_same_and_goes_to_nobody_yet(clerk, unit, api):
    due = timezone.now() + timedelta(days=2)
    message = survey(clerk, [unit], due_at=due, locks_at=due + timedelta(days=1))
    colleague = make_clerk()

    begun = api(colleague).post(f"{API}messages/{message.pk}/copies/")

    assert begun.status_code == 201
    shown = api(colleague).get(f"{API}messages/{begun.json()['id']}/").json()
    assert (shown["state"], shown["subject"]) == ("draft", "Ankieta o obiadach")
    assert shown["body"] == "Proszę o odpowiedź."
    assert [one["name"] for one in shown["attachments"]] == ["ankieta.xlsx"]
    wanted = shown["answer_request"]
    assert wanted["wants_workbook"] is True
    assert wanted["template"] == shown["attachments"][0]["id"]
    assert (wanted["due_at"], wanted["locks_at"]) == (None, None)
    assert [one["field"] for one in shown["missing"]] == ["audience"]
    entry = Entry.objects.get(deed="messaging.copy_message")
    assert entry.after["copied_from"] == str(message.pk)


def test_throwing_the_copy_away_takes_nothing_from_what_was_sent(clerk, unit):
    message = survey(clerk, [unit])
    copy = services.copy_message(actor=clerk, message=message)
    kept = message.attachments.get().file
    assert copy.attachments.get().file_id != kept.pk

    services.discard_draft(actor=clerk, message=copy)

    assert b"".join(read_chunks(kept))


def test_nobody_copies_what_they_do_not_see_or_a_draft(clerk, unit, api):
    message = survey(clerk, [unit])
    url = f"{API}messages/{message.pk}/copies/"

    assert api(person_with("messaging.send_message")).post(url).status_code == 404
    assert api(person_with("messaging.view_messages")).post(url).status_code == 403
    own = draft(clerk, [unit])
    assert api(clerk).post(f"{API}messages/{own.pk}/copies/").status_code == 409
    assert Message.objects.count() == 2
