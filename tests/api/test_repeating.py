"""A POST that is sent again under its key gives its first answer, and does nothing twice."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tenants.utils import tenant_context

from accounts.models import ApiToken
from accounts.services import purge_expired
from api.models import FirstAnswer
from audit.models import Entry
from modules.messaging.models import Answer, Delivery, Message
from modules.messaging.permissions import Permission
from opium.permissions import SYSTEM
from tests.factories.accounts import person_with
from tests.factories.directory import UnitFactory
from tests.factories.keys import secret_of
from tests.factories.messaging import clerk as clerk_of_the_city
from tests.factories.messaging import head_of, sent

pytestmark = pytest.mark.django_db
DRAFTS = "/api/v1/messaging/messages/"
TOKENS = "/api/v1/accounts/tokens/"
KEY = "5f0c8a0e-3a8e-4f3f-9a55-0d1f7f6f2b11"
DRAFT = {"subject": "Ankieta o obiadach", "body": "Proszę o odpowiedź."}


@pytest.fixture
def clerk(city):
    return clerk_of_the_city()


def keyed(browser, url, body, key=KEY, **headers):
    return browser.post(url, body, HTTP_IDEMPOTENCY_KEY=key, **headers)


def test_a_draft_sent_four_times_is_one_draft_and_four_times_the_first_answer(clerk, api):
    browser = api(clerk)

    answers = [keyed(browser, DRAFTS, DRAFT) for _ in range(4)]

    assert {one.status_code for one in answers} == {201}
    assert len({one.content for one in answers}) == 1
    assert [one.headers.get("Idempotency-Replayed") for one in answers] == [None, *["true"] * 3]
    assert {one.headers["Content-Type"] for one in answers} == {"application/json"}
    assert Message.objects.count() == 1
    assert Entry.objects.filter(deed="messaging.write_draft").count() == 1


def test_an_answer_sent_six_times_is_one_version(clerk, api, city):
    unit = UnitFactory()
    head = head_of(unit)
    sent(clerk, [unit], answer_request={"wants_text": True})
    url = f"/api/v1/messaging/inbox/{Delivery.objects.get().pk}/answers/"
    browser = api(head)

    versions = [keyed(browser, url, {"text": "Tak"}).json()["version"] for _ in range(6)]

    assert versions == [1] * 6
    assert Answer.objects.count() == 1


def test_without_a_key_and_under_another_key_it_is_another_draft(clerk, api):
    browser = api(clerk)
    keyed(browser, DRAFTS, DRAFT)

    browser.post(DRAFTS, DRAFT)
    keyed(browser, DRAFTS, DRAFT, key="inny-klucz")

    assert Message.objects.count() == 3


def test_the_same_key_with_another_body_or_address_is_refused_and_does_nothing(clerk, api):
    browser = api(clerk)
    keyed(browser, DRAFTS, DRAFT)

    other = [
        keyed(browser, DRAFTS, DRAFT | {"subject": "Inny"}),
        keyed(browser, f"{DRAFTS}?x=1", DRAFT),
        keyed(browser, "/api/v1/files/uploads/", {"name": "a.txt", "size": 1}),
    ]

    assert {(one.status_code, one.json()["code"]) for one in other} == {
        (422, "idempotency_key_reused")
    }
    assert other[0].json()["detail"] == (
        "Tym samym kluczem (Idempotency-Key) oznaczono już inne żądanie. "
        "Każdą nową czynność oznacz nowym kluczem, a ponawiaj tylko niezmienione żądanie."
    )
    assert Message.objects.count() == 1


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 201, "ą"])
def test_a_key_that_is_none_is_refused(clerk, api, key):
    answer = keyed(api(clerk), DRAFTS, DRAFT, key=key)

    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_unusable")
    assert Message.objects.count() == 0


def test_a_refusal_is_not_kept_and_the_mended_request_may_bear_the_same_key(clerk, api):
    browser = api(clerk)

    refused = keyed(browser, DRAFTS, {"subject": 1, "audience": "nikt"})
    mended = keyed(browser, DRAFTS, DRAFT)

    assert (refused.status_code, mended.status_code) == (400, 201)
    assert Message.objects.count() == 1


def test_a_missing_right_is_in_the_log_though_the_request_bore_a_key(api):
    person = person_with()

    answer = keyed(api(person), "/api/v1/accounts/roles/", {"name": "Nowa", "permissions": []})

    assert answer.status_code == 403
    refusal = Entry.objects.get(outcome="refused")
    assert (refusal.actor_id, refusal.right) == (person.pk, "accounts.manage_roles")
    assert FirstAnswer.objects.count() == 0


def test_the_key_of_another_person_is_another_key(clerk, api):
    colleague = clerk_of_the_city()

    mine, theirs = keyed(api(clerk), DRAFTS, DRAFT), keyed(api(colleague), DRAFTS, DRAFT)

    assert mine.json()["id"] != theirs.json()["id"]
    assert {one.author for one in Message.objects.all()} == {clerk, colleague}


def test_a_program_of_the_person_does_not_hear_the_persons_answer(clerk, api):
    keyed(api(clerk), DRAFTS, DRAFT)
    key = {"HTTP_AUTHORIZATION": f"Bearer {secret_of(clerk, 'directory.view_units')}"}

    answer = keyed(api(), DRAFTS, DRAFT, **key)

    assert answer.status_code == 403
    assert Message.objects.count() == 1


def test_the_key_of_the_other_city_is_another_key(clerk, api, in_south):
    with in_south():
        twin = person_with(Permission.SEND_MESSAGE, Permission.VIEW_MESSAGES, pk=clerk.pk)
    keyed(api(clerk), DRAFTS, DRAFT)

    answer = keyed(api(twin, host="south.test"), DRAFTS, DRAFT)

    assert (answer.status_code, "Idempotency-Replayed" in answer.headers) == (201, False)
    with in_south():
        assert (Message.objects.count(), FirstAnswer.objects.count()) == (1, 1)
    assert (Message.objects.count(), FirstAnswer.objects.count()) == (1, 1)


def test_a_stranger_has_no_answers_to_hear_again(api):
    answer = keyed(api(), "/api/v1/accounts/password/forgotten/", {"email": "ala@example.org"})

    assert answer.status_code == 202
    assert FirstAnswer.objects.count() == 0


def test_a_secret_is_told_once_and_its_repeat_makes_no_other(clerk, api):
    person = person_with("directory.view_units", "accounts.make_tokens")
    wanted = {
        "name": "Program",
        "permissions": ["directory.view_units"],
        "expires_at": (timezone.now() + timedelta(days=1)).isoformat(),
    }
    browser = api(person)

    first, again = keyed(browser, TOKENS, wanted), keyed(browser, TOKENS, wanted)

    assert first.status_code == 201
    assert (again.status_code, again.json()["code"]) == (409, "told_once")
    assert ApiToken.objects.count() == 1
    assert FirstAnswer.objects.get().sealed is None


def test_a_copy_of_the_database_opens_no_answer(clerk, api):
    keyed(api(clerk), DRAFTS, DRAFT)

    row = json.dumps(FirstAnswer.objects.values().get(), default=str)

    assert not any(word in row for word in (KEY, "Ankieta", "Prosz", str(clerk.pk)))


def test_after_the_installations_key_was_replaced_a_repeat_is_refused_and_does_nothing(
    clerk, api, settings
):
    browser = api(clerk)
    keyed(browser, DRAFTS, DRAFT)
    with_new = api(clerk)
    settings.SECRET_KEY = "zupełnie-inny-klucz"
    with_new.force_login(clerk)

    again = keyed(with_new, DRAFTS, DRAFT)

    assert (again.status_code, again.json()["code"]) == (422, "idempotency_key_reused")
    assert Message.objects.count() == 1


def test_after_its_term_a_key_is_a_new_one_and_the_night_forgets_it(clerk, api, settings):
    settings.KEEP_DAYS = settings.KEEP_DAYS | {"answers": 2}
    browser = api(clerk)
    keyed(browser, DRAFTS, DRAFT)

    with time_machine.travel(timezone.now() + timedelta(days=1, hours=23)):
        assert purge_expired(actor=SYSTEM)["answers"] == 0
        browser.force_login(clerk)
        assert "Idempotency-Replayed" in keyed(browser, DRAFTS, DRAFT).headers
    with time_machine.travel(timezone.now() + timedelta(days=2, minutes=1)):
        browser.force_login(clerk)
        assert "Idempotency-Replayed" not in keyed(browser, DRAFTS, DRAFT).headers
        assert FirstAnswer.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=5)):
        assert purge_expired(actor=SYSTEM)["answers"] == 1

    assert Message.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_with_one_key_are_one_draft(clerk, api, city):
    browsers = [api(clerk) for _ in range(20)]

    def send(browser):
        with tenant_context(city):
            try:
                return keyed(browser, DRAFTS, DRAFT)
            finally:
                connection.close()

    with ThreadPoolExecutor(20) as people:
        answers = list(people.map(send, browsers))

    made = {one.json()["id"] for one in answers if one.status_code == 201}
    waiting = [one for one in answers if one.status_code != 201]
    assert len(made) == Message.objects.count() == FirstAnswer.objects.count() == 1
    assert {(one.status_code, one.json()["code"]) for one in waiting} <= {(409, "still_running")}
    assert all(one.headers["Retry-After"] == "1" for one in waiting)
    assert keyed(api(clerk), DRAFTS, DRAFT).json()["id"] in made


@pytest.mark.django_db(transaction=True)
def test_the_second_is_told_to_wait_while_the_first_runs(clerk, api, city):
    browser = api(clerk)
    keyed(browser, DRAFTS, DRAFT)
    name = FirstAnswer.objects.get().pk
    FirstAnswer.objects.all().delete()

    with transaction.atomic(), connection.cursor() as cursor:
        number = int.from_bytes(bytes.fromhex(name)[:8], signed=True)
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
        with ThreadPoolExecutor(1) as other:
            answer = other.submit(send_from(city, browser)).result()

    assert (answer.status_code, answer.json()) == (
        409,
        {
            "code": "still_running",
            "detail": "Ta sama czynność jeszcze trwa. Poczekaj chwilę i spróbuj ponownie.",
            "errors": [],
        },
    )
    assert Message.objects.count() == 1


def send_from(city, browser):
    def send():
        with tenant_context(city):
            try:
                return keyed(browser, DRAFTS, DRAFT)
            finally:
                connection.close()

    return send


@pytest.mark.django_db(transaction=True)
def test_the_deed_and_its_answer_are_kept_together_or_not_at_all(clerk, api, monkeypatch):
    """As when the server dies, or the database goes away, before either is."""
    browser = api(clerk)
    browser.raise_request_exception = False

    def dies(*_args, **_fields):
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(FirstAnswer.objects, "create", dies)
        assert keyed(browser, DRAFTS, DRAFT).status_code == 500
    assert (Message.objects.count(), FirstAnswer.objects.count()) == (0, 0)

    assert keyed(browser, DRAFTS, DRAFT).status_code == 201
    assert Message.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_post_that_changes_nothing_keeps_no_answer(clerk, api):
    answer = keyed(api(clerk), "/api/v1/messaging/audience/", {})

    assert answer.status_code == 200
    assert FirstAnswer.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_what_a_service_keeps_before_it_refuses_stays_kept(api, city, settings, tmp_path):
    """An upload that is no file is refused for good, and so is it under a key."""
    settings.FILES_ROOT = str(tmp_path)
    browser = api(person_with())
    begun = browser.post("/api/v1/files/uploads/", {"name": "a.pdf", "size": 4}).json()
    browser.generic("PUT", begun["url"], b"nic.")
    finish = f"/api/v1/files/uploads/{begun['id']}/finish/"

    codes = [keyed(browser, finish, {}).json()["code"] for _ in range(2)]

    assert codes == ["file_content_disagrees"] * 2


def test_a_keyed_post_asks_six_questions_more(clerk, api):
    browser = api(clerk)
    browser.post(DRAFTS, DRAFT)
    with CaptureQueriesContext(connection) as plain:
        browser.post(DRAFTS, DRAFT)
    with CaptureQueriesContext(connection) as marked:
        keyed(browser, DRAFTS, DRAFT)

    assert len(marked) - len(plain) == 6
