"""Against a real OpenID Connect provider, over real HTTP on this machine."""

import logging
import time
from datetime import timedelta
from urllib.parse import parse_qs, quote, urlsplit

import oidc_provider_mock
import pytest
import requests
import time_machine
from allauth.socialaccount.models import SocialAccount, SocialApp
from django.utils import timezone

from accounts import services
from accounts.errors import InsecureAddress, ProviderTaken
from accounts.permissions import Permission
from audit.models import Entry
from opium.permissions import SYSTEM, MissingPermission
from tests.accounts.conftest import API
from tests.factories.accounts import PersonFactory, person_with

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning"),  # the provider's own
]
CODE = "miasto"


@pytest.fixture(scope="module")
def server():
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with oidc_provider_mock.run_server_in_thread() as running:
        yield f"http://localhost:{running.server_port}"


@pytest.fixture(autouse=True)
def this_machine_is_meant(settings):
    settings.PROVIDER_NETWORKS = ["127.0.0.0/8"]


@pytest.fixture
def provider(server):
    return services.add_provider(
        actor=SYSTEM,
        code=CODE,
        name="Urząd Miasta",
        server_url=server,
        client_id="opium",
        secret="bardzo-tajne",
    )


def vouch(server, subject="u-1", **claims):
    claims = {"email": "ala@example.org", "email_verified": True} | claims
    assert requests.put(f"{server}/users/{quote(subject)}", json=claims).status_code == 204
    return subject


def through(browser, subject, host="north.test"):
    """Go to the provider, consent there as the subject, and come back."""
    begun = browser.post(f"{API}sign-in-ways/{CODE}/")
    assert begun.status_code == 200, begun.json()
    url = begun.json()["url"]
    asked = parse_qs(urlsplit(url).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == [f"http://{host}/accounts/oidc/{CODE}/login/callback/"]
    consent = requests.post(url, data={"sub": subject}, allow_redirects=False)
    back = urlsplit(consent.headers["location"])
    return browser.get(f"{back.path}?{back.query}")


def person_in(browser):
    return browser.get(f"{API}session/").json()["person"]


def test_an_invited_person_comes_in_by_a_verified_address_and_then_by_number(
    ala, provider, server, api
):
    browser = api()
    assert browser.get(f"{API}sign-in-ways/").json() == [{"code": CODE, "name": "Urząd Miasta"}]

    answer = through(browser, vouch(server))

    assert (answer.status_code, answer["location"]) == (302, "/")
    assert person_in(browser)["name"] == "Ala Nowak"
    assert SocialAccount.objects.get().uid == "u-1"
    entry = Entry.objects.filter(deed="accounts.start_session", actor_id=ala.pk).last()
    assert entry.after == {"by": "logowanie przez miasto"}

    again = api()
    through(again, vouch(server, email="inny@example.org"))
    assert person_in(again)["name"] == "Ala Nowak"


def test_nobody_gets_an_account_that_way(ala, provider, server, api):
    people = type(ala).objects.count()
    for subject, claims in (
        ("u-2", {"email": "obcy@example.org"}),
        ("u-3", {"email_verified": False}),
        ("u-4", {"email_verified": None}),
    ):
        browser = api()
        answer = through(browser, vouch(server, subject, **claims))
        assert (answer.status_code, answer["location"]) == (302, "/?sign-in=not_invited")
        assert person_in(browser) is None
    assert type(ala).objects.count() == people
    assert not SocialAccount.objects.exists()
    assert Entry.objects.filter(deed="accounts.start_session", outcome="refused").count() == 3


def test_a_city_may_trust_addresses_that_its_provider_does_not_verify(ala, provider, server, api):
    services.change_provider(actor=SYSTEM, provider=provider, trusts_addresses=True)
    browser = api()
    through(browser, vouch(server, "u-5", email_verified=False))
    assert person_in(browser)["name"] == "Ala Nowak"


def test_a_closed_account_stays_closed(ala, provider, server, api):
    through(api(), vouch(server))
    services.close_account(actor=SYSTEM, person=ala)
    browser = api()
    through(browser, vouch(server))
    assert person_in(browser) is None


def test_the_second_factor_follows(ala, provider, server, api, enrol):
    enrol(api(ala))
    browser = api()
    through(browser, vouch(server))
    assert person_in(browser) is None
    assert "totp" in browser.get(f"{API}session/").json()["second_factor"]


def test_an_answer_for_another_browser_or_of_no_hand_shake_is_refused(ala, provider, server, api):
    subject = vouch(server)
    first = api()
    url = first.post(f"{API}sign-in-ways/{CODE}/").json()["url"]
    consent = requests.post(url, data={"sub": subject}, allow_redirects=False)
    back = urlsplit(consent.headers["location"])

    victim = api()
    answer = victim.get(f"{back.path}?{back.query}")

    assert (answer.status_code, answer["location"]) == (302, "/?sign-in=provider_failed")
    assert person_in(victim) is None
    plain = victim.get(f"/accounts/oidc/{CODE}/login/callback/")
    assert plain["location"] == "/?sign-in=provider_failed"


def test_the_other_city_knows_nothing_of_the_provider(ala, provider, server, api, in_south):
    with in_south():
        PersonFactory(email="ala@example.org")
    browser = api(host="south.test")
    assert browser.get(f"{API}sign-in-ways/").json() == []
    answer = browser.post(f"{API}sign-in-ways/{CODE}/")
    assert (answer.status_code, answer.json()["code"]) == (404, "provider_unknown")
    assert browser.get(f"/accounts/oidc/{CODE}/login/callback/?code=x&state=y").status_code == 404


def test_a_provider_that_does_not_answer_is_told_in_a_sentence(ala, provider, api):
    services.change_provider(actor=SYSTEM, provider=provider, server_url="http://localhost:1")
    answer = api().post(f"{API}sign-in-ways/{CODE}/")
    assert (answer.status_code, answer.json()["code"]) == (422, "provider_failed")


def test_the_settings_are_kept_by_whoever_may_and_the_secret_never_leaves(api, settings):
    administrator = person_with(Permission.MANAGE_SIGN_IN)
    given = {
        "code": "adfs",
        "name": "ADFS",
        "server_url": "https://login.example.org",
        "client_id": "opium",
        "secret": "bardzo-tajne",
    }
    browser = api(administrator)

    made = browser.post(f"{API}providers/", given)

    assert made.status_code == 201
    assert "bardzo-tajne" not in made.content.decode()
    assert "bardzo-tajne" not in browser.get(f"{API}providers/").content.decode()
    assert "bardzo-tajne" not in str(list(Entry.objects.values_list("before", "after")))
    assert browser.post(f"{API}providers/", given).json()["code"] == ProviderTaken.code
    address = f"{API}providers/{made.json()['id']}/"
    assert browser.patch(address, {"name": "Urząd"}).json()["name"] == "Urząd"
    settings.HTTPS = True
    refused = browser.patch(address, {"server_url": "http://login.example.org"})
    assert refused.json()["code"] == InsecureAddress.code
    assert browser.delete(address).status_code == 204
    assert not SocialApp.objects.exists()
    with pytest.raises(MissingPermission):
        services.add_provider(actor=person_with(Permission.MANAGE_ROLES), **given)


def test_a_provider_proves_only_what_it_says_it_has_asked_lately(ala, provider, server, api):
    """Who is signed in there since morning has proved nothing just now (`auth_time`)."""
    begin = f"{API}account/totp/options/"
    now = int(time.time())
    told = {}
    for name, moment in (("now", now), ("an hour ago", now - 3600), ("tomorrow", now + 86400)):
        browser = api()
        through(browser, vouch(server, auth_time=moment))
        told[name] = browser.post(begin).status_code
    assert told == {"now": 200, "an hour ago": 403, "tomorrow": 200}
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert browser.post(begin).json()["code"] == "proof_needed"


def test_who_is_signed_in_is_asked_anew_by_the_provider(ala, provider, api):
    first = api().post(f"{API}sign-in-ways/{CODE}/").json()["url"]
    again = api(ala).post(f"{API}sign-in-ways/{CODE}/").json()["url"]
    asked = [parse_qs(urlsplit(url).query) for url in (first, again)]
    assert ["prompt" in one for one in asked] == [False, True]
    assert (asked[1]["prompt"], asked[1]["max_age"]) == (["login"], ["0"])
