from datetime import datetime, timedelta

import pytest
import time_machine

from modules.messaging import selectors
from modules.messaging.models import Answer, AnswerRequest
from opium.errors import NotFound
from opium.polish import format_moment
from tests.factories.directory import UnitFactory
from tests.factories.messaging import head_of, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer(clerk, unit, head, api):
    message = sent(clerk, [unit], subject="Obiady", answer_request={"wants_text": True})
    delivery = message.deliveries.get()
    api(head).post(f"/api/v1/messaging/inbox/{delivery.pk}/answers/", {"text": "Dwanaście"})
    return Answer.objects.get()


def values(receipt):
    return {one["label"]: one["value"] for one in receipt["facts"]}


def test_who_answers_gets_a_receipt_with_the_server_s_moment_and_who_sees_it(answer, head, api):
    told = api(head).get(f"/api/v1/messaging/answers/{answer.pk}/receipt/").json()
    assert told["title"] == "Wysłano odpowiedź"
    assert datetime.fromisoformat(told["at"]) == answer.sent_at
    assert told["by"] == "Jan Nowak"
    assert values(told) == {
        "Na wiadomość": "Obiady",
        "Od": "Ewa Lis",
        "W imieniu": "SP nr 7",
        "Wersja": "1",
        "Termin": "w terminie",
        "Tekst": "Dwanaście",
    }
    assert told["seen_by"] == [
        "Ewa Lis",
        "osoby urzędu, które mogą przeglądać wysłane wiadomości",
        "osoby jednostki SP nr 7",
    ]
    assert told["number"].replace("-", "") == answer.pk.hex[-12:].upper()


def test_a_receipt_of_a_version_that_counts_no_longer_says_so(answer, head, api):
    api(head).post(f"/api/v1/messaging/inbox/{answer.delivery_id}/answers/", {"text": "Trzynaście"})
    old = selectors.receipt_of_answer(head, answer.pk)
    assert old.follows[1] == "Po tej wersji wysłano nowszą i to ona się liczy."
    newest = Answer.objects.get(version=2)
    assert selectors.receipt_of_answer(head, newest.pk).title == "Wysłano poprawioną odpowiedź"


def test_a_receipt_read_after_the_lock_promises_no_correction(answer, head):
    lock = answer.sent_at + timedelta(hours=1)
    AnswerRequest.objects.update(locks_at=lock)
    before = selectors.receipt_of_answer(head, answer.pk).follows[1]
    assert before == (
        f"Odpowiedź możesz poprawić do {format_moment(lock)}; liczy się najnowsza wersja."
    )
    with time_machine.travel(lock + timedelta(seconds=1)):
        after = selectors.receipt_of_answer(head, answer.pk).follows[1]
    assert after == (
        f"Odpowiedzi zamknięto {format_moment(lock)}; tej odpowiedzi nie można już poprawić."
    )


def test_another_unit_gets_no_receipt_of_an_answer(answer):
    other = head_of(UnitFactory(short_name="SP nr 8"))
    with pytest.raises(NotFound):
        selectors.receipt_of_answer(other, answer.pk)


def test_the_author_gets_a_receipt_of_the_message_and_its_recipient_gets_none(answer, clerk, head):
    message = answer.delivery.message
    told = selectors.receipt_of_message(clerk, message.pk)
    assert [(one.label, one.value) for one in told.facts] == [
        ("Temat", "Obiady"),
        ("Do", "1 adresat"),
    ]
    assert told.at == message.sent_at
    with pytest.raises(NotFound):
        selectors.receipt_of_message(head, message.pk)
