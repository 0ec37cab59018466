"""A browser is known again by its mark: others are told of, and a stranger's tries do not count."""

from datetime import timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone
from django_tenants.utils import get_tenant_model, tenant_context

from accounts import letters, services
from accounts.errors import Locked
from accounts.models import Device, Link
from accounts.permissions import Permission
from accounts.services import attempts, devices
from accounts.services.evicting import evict
from notifications.models import Notification, Preference
from opium.secrets import digest_of
from tests.accounts.conftest import API, PASSWORD, code_of
from tests.factories.accounts import PersonFactory, person_with

pytestmark = pytest.mark.django_db
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/140 Safari/537"


@pytest.fixture
def enter(sign_in, django_capture_on_commit_callbacks):
    """Sign in; the browser, the answer and the letters that left."""

    def entering(**given):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            browser, answer = sign_in(**given)
        return browser, answer, list(mail.outbox)

    return entering


@pytest.fixture
def at(api):
    """A browser at that network address, with the name of one."""

    def browser(address):
        found = api()
        found.defaults |= {"REMOTE_ADDR": address, "HTTP_USER_AGENT": CHROME}
        return found

    return browser


def test_the_first_sign_in_ever_is_nothing_to_tell_of(ala, enter):
    browser, _, sent = enter()
    assert sent == []
    mark = browser.cookies["opium-device"]
    assert (mark["httponly"], mark["samesite"]) == (True, "Lax")
    [device] = Device.objects.filter(person=ala)
    assert (device.digest, mark.value in str(device.__dict__)) == (digest_of(mark.value), False)


def test_the_same_browser_again_is_known(ala, enter):
    browser, _, _ = enter()
    browser.delete(f"{API}session/")
    _, answer, sent = enter(browser=browser)
    assert (answer.status_code, sent) == (200, [])
    assert "opium-device" not in answer.cookies
    assert Device.objects.count() == 1


def test_another_browser_is_told_of_with_when_with_what_from_where_and_what_to_do(ala, enter, at):
    enter()
    _, _, [letter] = enter(browser=at("203.0.113.9"))
    assert letter.to == ["ala@example.org"]
    assert letter.subject.startswith("Logowanie z nowego urządzenia")
    assert "Przeglądarka: Chrome, Windows" in letter.body
    assert "Adres sieciowy: z sieci 203.0.113.0/24" in letter.body
    assert "203.0.113.9" not in letter.body
    assert "ustaw nowe hasło" in letter.body
    [news] = Notification.objects.filter(person=ala, kind="accounts.new_device")
    assert news.url == "/accounts/me"


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("full", "Adres sieciowy: 2001:db8:1:2::9"),
        ("network", "Adres sieciowy: z sieci 2001:db8:1::/48"),
        ("none", ""),
    ],
)
@pytest.mark.usefixtures("ala")
def test_the_letter_tells_as_much_of_the_address_as_the_installation_lets(
    enter, at, settings, setting, words
):
    settings.LETTER_ADDRESS = setting
    enter()
    _, _, [letter] = enter(browser=at("2001:db8:1:2::9"))
    assert words in letter.body
    assert ("Adres sieciowy" in letter.body) == bool(words)


def test_each_person_chooses_whether_a_letter_comes(ala, enter):
    Preference.objects.create(person=ala, kind="accounts.new_device", channel="bell")
    enter()
    _, _, sent = enter()
    assert sent == []
    assert Notification.objects.filter(person=ala, kind="accounts.new_device").count() == 1


def test_a_city_may_want_no_such_letters(ala, enter):
    office = person_with(Permission.MANAGE_SIGN_IN)
    services.change_sign_in_rules(actor=office, tells_new_devices=False)
    enter()
    _, _, sent = enter()
    assert sent == []
    assert not Notification.objects.filter(kind="accounts.new_device").exists()


def test_after_an_eviction_no_browser_is_known_and_the_first_is_told_of(ala, enter):
    browser, _, _ = enter()
    evict(ala)
    browser.delete(f"{API}session/")
    _, _, sent = enter(browser=browser)
    assert len(sent) == 1


def test_a_mark_that_we_did_not_make_is_replaced(ala, enter, api):
    planted = api()
    planted.cookies["opium-device"] = "cudzy-znak"
    browser, _, _ = enter(browser=planted)
    assert browser.cookies["opium-device"].value != "cudzy-znak"
    assert not Device.objects.filter(digest=digest_of("cudzy-znak")).exists()


def test_one_browser_of_two_people_is_known_to_each_by_themselves(ala, enter):
    ola = PersonFactory(email="ola@example.org")
    ola.set_password(PASSWORD)
    ola.save()
    enter(email="ola@example.org")
    shared, _, _ = enter()
    _, _, sent = enter(email="ola@example.org", browser=shared)
    assert [one.to for one in sent] == [["ola@example.org"]]
    _, _, sent = enter(browser=shared)
    assert sent == []


def test_so_many_browsers_of_a_person_are_known_and_no_more(ala, enter, monkeypatch):
    monkeypatch.setattr(devices, "KEPT", 2)
    first, _, _ = enter()
    for _ in range(2):
        enter()
    assert Device.objects.filter(person=ala).count() == 2
    _, _, sent = enter(browser=first)
    assert len(sent) == 1


def test_an_operator_is_told_by_a_letter_though_the_console_has_no_bell(
    ala, enter, django_capture_on_commit_callbacks
):
    public = get_tenant_model()(schema_name="public", name="OPIUM")
    with tenant_context(public):
        operator = PersonFactory(email="operator@example.org")
        evict(operator)
        assert devices.registry.tell_new_device(operator, uuid4(), "x", "y") is False


def test_a_stranger_does_not_use_up_the_tries_of_a_known_browser(ala, enter, at, monkeypatch):
    monkeypatch.setattr(attempts, "FROM_ANYWHERE", attempts.Limit(3))
    monkeypatch.setattr(attempts, "PER_ADDRESS", attempts.Limit(3))
    own, _, _ = enter()
    for number in range(3):
        enter(password="zle", browser=at(f"203.0.113.{number}"))
    for _ in range(3):
        enter(password="zle")
    assert enter(browser=at("203.0.113.77"))[1].status_code == 429
    assert enter()[1].status_code == 429
    assert enter(browser=own)[1].status_code == 200


def test_a_known_browser_guesses_no_more_than_any_other(ala, enter):
    own, _, _ = enter()
    answers = [enter(password="zle", browser=own)[1].status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]
    assert enter(browser=own)[1].status_code == 429


def test_a_browser_of_ones_own_guesses_at_nobody_else_more_freely(ala, enter, monkeypatch):
    monkeypatch.setattr(attempts, "FROM_ANYWHERE", attempts.Limit(2))
    PersonFactory(email="ola@example.org")
    own, _, _ = enter()
    for _ in range(2):
        enter(email="ola@example.org", password="zle", browser=own)
    answer = enter(email="ola@example.org", password="zle", browser=own)[1]
    assert answer.status_code == 429


def test_wrong_codes_elsewhere_do_not_lock_the_owners_browser_out(ala, api, enrol, sign_in):
    own, _ = sign_in()
    secret, _ = enrol(own)
    stranger, _ = sign_in()
    codes = [stranger.post(f"{API}session/code/", {"code": "000000"}) for _ in range(6)]
    assert [one.status_code for one in codes] == [422] * 5 + [429]
    own.delete(f"{API}session/")
    sign_in(browser=own)
    code = {"code": code_of(secret, later=1)}
    assert own.post(f"{API}session/code/", code).status_code == 200


def test_a_proved_mailbox_unlocks_the_known_browser_too(ala, enter):
    own, _, _ = enter()
    for _ in range(10):
        enter(password="zle", browser=own)
    link = Link.objects.create(
        person=ala, kind="password", address=ala.email, expires_at=timezone.now() + timedelta(1)
    )
    services.set_password(token=letters.token_of(link), password="nowy-koc-w-grochy")
    assert enter(password="nowy-koc-w-grochy", browser=own)[1].status_code == 200


@pytest.mark.django_db(transaction=True)
def test_guesses_from_everywhere_at_once_are_no_more_than_one_after_another(city, monkeypatch):
    monkeypatch.setattr(attempts, "FROM_ANYWHERE", attempts.Limit(5))
    outcomes, together = [], Barrier(12)

    def guess(number):
        with tenant_context(city):
            together.wait()
            try:
                attempts.take(*attempts.of_sign_in("ala@example.org", f"203.0.113.{number}", None))
                outcomes.append("judged")
            except Locked:
                outcomes.append("locked")
            finally:
                connection.close()

    threads = [Thread(target=guess, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["judged"] * 5 + ["locked"] * 7
