"""Whoever takes an account back is alone in it afterwards, and has been told of each step."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.db import connection
from django.utils import timezone
from django_tenants.utils import tenant_context

from accounts import letters, services
from accounts.errors import LinkEnded, Locked
from accounts.models import ApiToken, Link, Session
from accounts.permissions import Permission
from accounts.services import attempts
from tests.accounts.conftest import API, code_of
from tests.factories.accounts import PersonFactory, person_with
from todo.models import CalendarLink
from todo.services import make_calendar_link

pytestmark = pytest.mark.django_db
NEW = "nowy-koc-w-grochy"


def token_for(person, kind="password"):
    link = Link.objects.create(
        person=person,
        kind=kind,
        address="zlodziej@example.org" if kind == "email" else person.email,
        expires_at=timezone.now() + timedelta(hours=1),
    )
    return letters.token_of(link)


def ways_into(person):
    """How many sessions, open links, keys, calendars and provider links there are."""
    return (
        Session.objects.filter(person=person).count(),
        Link.objects.open_now().filter(person=person).count(),
        ApiToken.objects.filter(person=person, revoked_at=None).count(),
        CalendarLink.objects.filter(person=person).count(),
        SocialAccount.objects.filter(user=person).count(),
    )


@pytest.fixture
def stolen(ala, sign_in):
    """Everything that somebody with the old password can have left open; and a colleague's own."""
    for person in (ala, PersonFactory()):
        ApiToken.objects.create(
            person=person,
            name="k",
            digest=person.pk.hex,
            hint="k",
            expires_at=timezone.now() + timedelta(days=1),
        )
        make_calendar_link(actor=person)
        SocialAccount.objects.create(provider="miasto", uid=person.pk.hex, user=person)
        token_for(person, "email")
    sign_in()
    assert ways_into(ala) == (1, 1, 1, 1, 1)
    return person


def test_a_reset_ends_whatever_could_let_the_thief_back_in(ala, stolen):
    services.set_password(token=token_for(ala), password=NEW)

    assert ways_into(ala) == (0, 0, 0, 0, 0)
    assert ways_into(stolen) == (0, 1, 1, 1, 1)


def test_a_pending_address_cannot_be_confirmed_after_a_reset(ala):
    pending = token_for(ala, "email")
    services.set_password(token=token_for(ala), password=NEW)
    with pytest.raises(LinkEnded):
        services.confirm_email(token=pending)


@pytest.mark.parametrize(
    "deed", [services.sign_out_person, services.close_account, services.reset_factors]
)
def test_the_offices_sign_out_reset_and_closing_end_the_same(deed, ala, stolen):
    deed(actor=person_with(Permission.MANAGE_PEOPLE), person=ala)

    assert ways_into(ala) == (0, 0, 0, 0, 0)
    assert ways_into(stolen) == (0, 1, 1, 1, 1)


@pytest.fixture
def at(api):
    """A stranger's browser at that network address."""

    def browser(address):
        found = api()
        found.defaults["REMOTE_ADDR"] = address
        return found

    return browser


def told(deed, capture):
    mail.outbox.clear()
    with capture(execute=True):
        deed()
    return sorted((letter.to[0], "zmieniono adres" in letter.body) for letter in mail.outbox)


def test_the_mailbox_is_told_when_a_change_of_address_is_asked_for_and_both_when_it_is_made(
    ala, django_capture_on_commit_callbacks
):
    new = "ala.nowa@example.org"
    asked = told(
        lambda: services.change_own_email(actor=ala, email=new),
        django_capture_on_commit_callbacks,
    )
    assert asked == [("ala.nowa@example.org", False), ("ala@example.org", False)]
    made = told(
        lambda: services.confirm_email(token=letters.token_of(Link.objects.get(kind="email"))),
        django_capture_on_commit_callbacks,
    )
    assert made == [("ala.nowa@example.org", True), ("ala@example.org", True)]


def test_the_mailbox_is_told_of_a_new_factor_and_of_a_new_key(
    ala, api, enrol, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        enrol(api(ala))
    [letter] = mail.outbox
    assert (letter.to, "dodano aplikację z kodami" in letter.body) == (["ala@example.org"], True)

    maker = person_with(Permission.MAKE_TOKENS)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        services.make_token(
            actor=maker,
            name="k",
            permissions=[],
            expires_at=timezone.now() + timedelta(days=1),
        )
    [letter] = mail.outbox
    assert (letter.to, "wydano klucz API" in letter.body) == ([maker.email], True)


def test_a_stranger_elsewhere_locks_nobody_out(ala, sign_in, at):
    stranger = at("203.0.113.9")
    for _ in range(10):
        sign_in(password="zle", browser=stranger)
    assert sign_in(password="zle", browser=stranger)[1].status_code == 429
    assert sign_in()[1].status_code == 200


def test_guessing_is_bounded_however_many_addresses_guess(ala, sign_in, at, monkeypatch):
    monkeypatch.setattr(attempts, "FROM_ANYWHERE", attempts.Limit(4))
    for number in range(4):
        sign_in(password="zle", browser=at(f"203.0.113.{number}"))
    assert sign_in()[1].status_code == 429


def test_the_reset_that_the_lock_speaks_of_unlocks(ala, sign_in):
    for _ in range(10):
        sign_in(password="zle")
    assert sign_in()[1].status_code == 429

    services.set_password(token=token_for(ala), password=NEW)

    assert sign_in(password=NEW)[1].status_code == 200


def test_a_strangers_requests_void_no_letter_and_stop_none(
    ala, api, django_capture_on_commit_callbacks
):
    def ask(address):
        with django_capture_on_commit_callbacks(execute=True):
            answer = api().post(
                f"{API}password/forgotten/", {"email": ala.email}, REMOTE_ADDR=address
            )
        return answer.status_code

    assert ask("127.0.0.1") == 202
    first = letters.token_of(Link.objects.get())
    assert [ask("203.0.113.9") for _ in range(6)] == [202] * 5 + [429]
    assert ask("127.0.0.1") == 202
    assert len(mail.outbox) == 7
    services.set_password(token=first, password=NEW)
    assert not Link.objects.open_now().exists()


def test_successes_are_not_counted_against_the_address_that_a_school_shares(
    ala, sign_in, monkeypatch
):
    monkeypatch.setattr(attempts, "PER_ADDRESS", attempts.Limit(2))
    assert [sign_in()[1].status_code for _ in range(4)] == [200] * 4


@pytest.mark.django_db(transaction=True)
def test_nine_tries_at_once_are_no_more_than_five(city):
    outcomes, together = [], Barrier(9)

    def guess():
        with tenant_context(city):
            together.wait()
            try:
                attempts.take(("factor:x", attempts.PER_FACTOR))
                outcomes.append("judged")
            except Locked:
                outcomes.append("locked")
            finally:
                connection.close()

    threads = [Thread(target=guess) for _ in range(9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["judged"] * 5 + ["locked"] * 4


def test_a_right_code_starts_the_count_anew(ala, api, sign_in, enrol):
    secret, codes = enrol(api(ala))
    for code in codes[:2]:
        browser, _ = sign_in()
        for _ in range(4):
            browser.post(f"{API}session/code/", {"code": "000000"})
        assert browser.post(f"{API}session/code/", {"code": code}).status_code == 200
    assert code_of(secret)
