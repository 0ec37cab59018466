from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from accounts.services import attempts
from audit.models import Entry
from tests.accounts.conftest import API, PASSWORD

pytestmark = pytest.mark.django_db


def words(answer):
    return answer.status_code, answer.json()


def test_ten_failures_lock_a_known_and_an_unknown_address_in_the_same_words(ala, sign_in):
    told = {}
    with time_machine.travel(timezone.now(), tick=False):
        for email in ("ala@example.org", "nikt@example.org"):
            answers = [words(sign_in(email, "zle-haslo")[1]) for _ in range(10)]
            told[email] = [*answers, words(sign_in(email, PASSWORD)[1])]

    assert told["ala@example.org"] == told["nikt@example.org"]
    assert [status for status, _ in told["ala@example.org"]] == [422] * 10 + [429]
    assert told["ala@example.org"][-1][1]["code"] == "locked"


def test_the_lock_ends_after_a_quarter_of_an_hour(ala, sign_in):
    for _ in range(10):
        sign_in(password="zle-haslo")
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert sign_in()[1].status_code == 200


def test_a_success_starts_the_count_anew(ala, sign_in):
    for _ in range(2):
        for _ in range(9):
            sign_in(password="zle-haslo")
        assert sign_in()[1].status_code == 200


def test_case_and_blanks_of_the_address_do_not_help(ala, sign_in):
    for email in ("ala@example.org", "ALA@example.org") * 5:
        sign_in(email, "zle-haslo")
    assert sign_in("Ala@Example.org")[1].status_code == 429


def test_one_network_address_cannot_try_many_accounts(ala, sign_in, monkeypatch):
    monkeypatch.setattr(attempts, "PER_ADDRESS", attempts.Limit(3))
    for number in range(3):
        sign_in(f"osoba{number}@example.org", "x")
    assert sign_in()[1].status_code == 429


def test_failures_in_one_city_lock_nothing_in_the_other(ala, sign_in, in_south):
    for _ in range(10):
        sign_in(password="zle-haslo")
    _, answer = sign_in(host="south.test")
    assert answer.json()["code"] == "wrong_credentials"


def test_a_refused_sign_in_is_on_record_with_the_account_it_meant(ala, sign_in):
    sign_in(password="zle-haslo")
    sign_in("nikt@example.org", "zle-haslo")

    refused = Entry.objects.filter(deed="accounts.start_session", outcome="refused").order_by("pk")
    assert [one.target_id for one in refused] == [str(ala.pk), ""]
    assert [one.origin for one in refused] == ["127.0.0.1", "127.0.0.1"]


@pytest.mark.django_db(transaction=True)
def test_a_failure_is_counted_and_recorded_although_the_sign_in_is_refused(ala, sign_in):
    assert not connection.in_atomic_block
    sign_in(password="zle-haslo")
    assert attempts.Attempts.objects.filter(count=1).count() == 3
    with transaction.atomic():
        assert Entry.objects.filter(outcome="refused").count() == 1


def test_letters_for_a_forgotten_password_are_limited_alike(ala, api):
    for email in ("ala@example.org", "nikt@example.org"):
        statuses = [
            api().post(f"{API}password/forgotten/", {"email": email}).status_code for _ in range(6)
        ]
        assert statuses == [202] * 5 + [429]
