"""The receipt of an answer entered for a unit: what it is, on what ground, and what may follow."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from modules.messaging.models import Answer
from opium.polish import format_moment
from tests.factories.messaging import sent
from tests.modules.messaging.entering.paper import API, enter, told

pytestmark = pytest.mark.django_db
TOLD = "System powiadamia o tej odpowiedzi osoby jednostki; widzą ją przy wiadomości."


def receipt(browser, version=1):
    answer = Answer.objects.get(version=version)
    return browser.get(f"{API}/answers/{answer.pk}/receipt/").json()


def facts(shown):
    return {one["label"]: one["value"] for one in shown["facts"]}


def test_it_says_that_the_answer_was_entered_for_the_unit_and_on_what_ground(
    asked, clerk, head, api
):
    enter(api(clerk), asked)

    for browser in (api(clerk), api(head)):
        shown = receipt(browser)
        assert (shown["title"], shown["by"]) == ("Wpisano odpowiedź w imieniu jednostki", "Ewa Lis")
        assert facts(shown) == {
            "Na wiadomość": "Ankieta o obiadach",
            "Od": "Ewa Lis",
            "W imieniu": "SP nr 7",
            "Podstawa": told(),
            "Wersja": "1",
            "Termin": "w terminie",
            "Tekst": "Mamy 24 uczniów.",
        }
        assert shown["follows"] == [
            TOLD,
            "Jednostka może wysłać własną odpowiedź; wtedy liczy się jej odpowiedź.",
        ]


def test_it_leads_each_side_to_a_screen_that_it_may_see(asked, clerk, head, api):
    enter(api(clerk), asked)

    assert receipt(api(clerk))["url"] == f"/messaging/messages/{asked.message_id}"
    assert receipt(api(head))["url"] == f"/messaging/inbox/{asked.pk}"


def test_it_says_until_when_the_unit_may_answer_itself_and_that_it_no_longer_may(clerk, unit, api):
    locks = timezone.now() + timedelta(days=5)
    request = {"wants_text": True, "due_at": locks - timedelta(days=1), "locks_at": locks}
    enter(api(clerk), sent(clerk, [unit], answer_request=request).deliveries.get())

    open_still = receipt(api(clerk))["follows"]
    with time_machine.travel(locks + timedelta(minutes=1)):
        closed = receipt(api(clerk))["follows"]

    until = format_moment(locks)
    assert open_still[1] == (
        f"Jednostka może wysłać własną odpowiedź do {until}; wtedy liczy się jej odpowiedź."
    )
    assert closed == [
        TOLD,
        f"Odpowiedzi zamknięto {until}; jednostka nie może już wysłać własnej.",
    ]


def test_an_entry_that_counts_no_longer_says_so_and_the_later_ones_are_told_apart(
    asked, clerk, head, api
):
    enter(api(clerk), asked)
    enter(api(clerk), asked, text="Mamy 42 uczniów.")
    assert receipt(api(clerk))["follows"] == [
        TOLD,
        "Nowsza wersja zastąpiła tę i to ona się liczy.",
    ]
    assert receipt(api(clerk), 2)["title"] == "Poprawiono odpowiedź wpisaną w imieniu jednostki"

    api(head).post(f"{API}/inbox/{asked.pk}/answers/", {"text": "Własna"})

    own = receipt(api(head), 3)
    assert own["title"] == "Wysłano odpowiedź"
    assert "Podstawa" not in facts(own)
    assert receipt(api(clerk), 3)["url"] == f"/messaging/messages/{asked.message_id}"
