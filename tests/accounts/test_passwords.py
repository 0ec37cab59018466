import re
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.utils import timezone
from django_tenants.utils import tenant_context

from accounts import letters, services
from accounts.errors import EmailTaken, LinkEnded, WrongPassword
from accounts.models import Link, Person
from accounts.permissions import Permission
from audit.models import Entry
from config import settings as config
from opium.permissions import MissingPermission
from tests.factories.accounts import PersonFactory, person_with

pytestmark = pytest.mark.django_db
PASSWORD = "koc-w-kratę-17"
API = "/api/v1/accounts/"


@pytest.fixture
def ala():
    person = PersonFactory(email="ala@example.org", first_name="Ala", last_name="Nowak")
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    def letters(deed):
        with django_capture_on_commit_callbacks(execute=True):
            deed()
        found, mail.outbox = mail.outbox, []
        return found

    return letters


def to(address, letters):
    [found] = [letter for letter in letters if letter.to == [address]]
    return found


def token_in(letter):
    return re.search(r"#(\S+)", letter.body).group(1)


def signed_in(api, email="ala@example.org", password=PASSWORD):
    browser = api()
    answer = browser.post(f"{API}session/", {"email": email, "password": password})
    assert answer.status_code == 200
    return browser


def is_inside(browser):
    return browser.get(f"{API}session/").json()["person"] is not None


def test_a_known_and_an_unknown_address_are_answered_the_same(ala, api, sent):
    answers = []

    def ask(email):
        return sent(
            lambda: answers.append(api().post(f"{API}password/forgotten/", {"email": email}))
        )

    assert [letter.to for letter in ask("ALA@example.org")] == [["ala@example.org"]]
    assert ask("nikt@example.org") == []
    closed = PersonFactory(is_active=False)
    assert ask(closed.email) == []
    assert {(one.status_code, one.content) for one in answers} == {(202, b"")}


def test_whoever_has_the_longest_name_sets_a_password_too(ala, sent):
    ala.first_name, ala.last_name = "A" * 100, "B" * 100
    ala.save()
    [letter] = sent(lambda: services.ask_for_password(email=ala.email))

    services.set_password(token=token_in(letter), password="nowy-koc-w-grochy")

    assert Entry.objects.get(deed="accounts.set_password").actor_name == ala.display_name


def test_a_forgotten_password_is_set_anew_and_ends_every_session(ala, api, sent):
    browser = signed_in(api)
    [letter] = sent(lambda: services.ask_for_password(email=ala.email))

    services.set_password(token=token_in(letter), password="nowy-koc-w-grochy")

    assert not is_inside(browser)
    signed_in(api, password="nowy-koc-w-grochy")
    assert Entry.objects.filter(target_id=str(ala.pk), deed="accounts.set_password").exists()


def test_setting_the_password_ends_the_other_links(ala, sent):
    [first] = sent(lambda: services.ask_for_password(email=ala.email))
    token = token_in(first)
    services.change_password(actor=ala, current=PASSWORD, password="nowy-koc-w-grochy")

    with pytest.raises(LinkEnded):
        services.set_password(token=token, password="inny-koc-w-grochy")


def test_ones_own_password_changes_and_the_other_sessions_end(ala, api):
    here, there = signed_in(api), signed_in(api)
    wrong = here.put(f"{API}account/password/", {"current": "x", "password": "nowy-koc-w-grochy"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "wrong_password")

    answer = here.put(
        f"{API}account/password/", {"current": PASSWORD, "password": "nowy-koc-w-grochy"}
    )

    assert answer.status_code == 204
    assert is_inside(here)
    assert not is_inside(there)


def test_nobody_changes_anothers_password(ala):
    other = PersonFactory()
    with pytest.raises(WrongPassword):
        services.change_password(actor=ala, current="x", password="nowy-koc-w-grochy")
    assert not other.allows(Permission.KEEP_OWN_ACCOUNT, ala)


def test_an_address_changes_once_the_new_mailbox_confirms_and_the_old_is_told(ala, api, sent):
    browser = signed_in(api)
    given = {"email": "ala.nowa@example.org"}
    asked = sent(lambda: browser.put(f"{API}account/email/", given))
    letter = to("ala.nowa@example.org", asked)
    assert "#" not in to("ala@example.org", asked).body
    assert Person.objects.get(pk=ala.pk).email == "ala@example.org"

    stranger = api()
    told = sent(lambda: stranger.post(f"{API}email/", {"token": token_in(letter)}))

    assert Person.objects.get(pk=ala.pk).email == "ala.nowa@example.org"
    assert sorted(one.to for one in told) == [["ala.nowa@example.org"], ["ala@example.org"]]
    signed_in(api, email="ala.nowa@example.org")
    entry = Entry.objects.filter(target_id=str(ala.pk), before__email="ala@example.org").last()
    assert entry.after == {"email": "ala.nowa@example.org"}


def test_a_taken_address_is_refused_at_once_and_at_the_end(ala, sent):
    PersonFactory(email="zajety@example.org")
    with pytest.raises(EmailTaken):
        services.change_own_email(actor=ala, email="ZAJETY@example.org")
    asked = sent(lambda: services.change_own_email(actor=ala, email="wolny@example.org"))
    letter = to("wolny@example.org", asked)
    PersonFactory(email="Wolny@example.org")
    with pytest.raises(EmailTaken):
        services.confirm_email(token=token_in(letter))


def test_a_link_for_one_deed_does_no_other(ala, sent):
    asked = sent(lambda: services.change_own_email(actor=ala, email="wolny@example.org"))
    letter = to("wolny@example.org", asked)
    with pytest.raises(LinkEnded):
        services.set_password(token=token_in(letter), password="nowy-koc-w-grochy")
    assert Link.objects.get().ended_at is None


def test_the_office_changes_an_address_that_the_new_mailbox_confirms(ala, sent):
    office = person_with(Permission.MANAGE_PEOPLE)
    asked = sent(lambda: services.change_email(actor=office, person=ala, email="wolny@example.org"))
    letter = to("wolny@example.org", asked)
    services.confirm_email(token=token_in(letter))
    assert Person.objects.get(pk=ala.pk).email == "wolny@example.org"
    with pytest.raises(MissingPermission):
        services.change_email(actor=PersonFactory(), person=ala, email="x@example.org")


def test_a_reset_of_one_city_is_worth_nothing_in_the_other(ala, sent, api, in_south):
    [letter] = sent(lambda: services.ask_for_password(email=ala.email))
    with in_south():
        PersonFactory(email="ala@example.org")
    given = {"token": token_in(letter), "password": "nowy-koc-w-grochy"}
    assert api(host="south.test").post(f"{API}password/", given).status_code == 422


def test_passwords_are_kept_with_argon2():
    assert config.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
    assert any(
        one["NAME"].endswith("CommonPasswordValidator") for one in settings.AUTH_PASSWORD_VALIDATORS
    )


@pytest.mark.django_db(transaction=True)
def test_a_link_used_twice_at_the_same_moment_sets_one_password(city):
    person = PersonFactory()
    link = Link.objects.create(
        person=person,
        kind="password",
        address=person.email,
        expires_at=timezone.now() + timedelta(hours=1),
    )
    token, outcomes, both = letters.token_of(link), [], Barrier(2)

    def use(password):
        with tenant_context(city):
            both.wait()
            try:
                services.set_password(token=token, password=password)
                outcomes.append(password)
            except LinkEnded:
                outcomes.append("refused")
            finally:
                connection.close()

    threads = [Thread(target=use, args=(one,)) for one in ("koc-w-kratę-17", "koc-w-grochy-18")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    [winner] = [one for one in outcomes if one != "refused"]
    assert len(outcomes) == 2
    assert Person.objects.get(pk=person.pk).check_password(winner)
