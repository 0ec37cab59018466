"""How each kind of news reaches a person, as they choose it."""

from uuid import uuid4

import pytest
from django.core import mail

from accounts.models import ApiToken
from audit.models import Entry
from notifications import registry, selectors, services
from notifications.errors import FixedKind, UnknownKind
from notifications.models import Channel, Email, Notification, Preference
from opium.permissions import MissingPermission
from tenants.models import Tenant
from tests.factories.accounts import PersonFactory
from tests.notifications.conftest import news

pytestmark = pytest.mark.django_db
URL = "/api/v1/notifications/settings/"


@pytest.fixture
def person(city):
    return PersonFactory()


def channels(answer):
    return {one["kind"]: one["channel"] for one in answer.json()}


def test_a_person_sees_each_kind_with_its_sentence_and_where_it_comes_from(person, api):
    answer = api(person).get(URL)

    assert answer.status_code == 200
    shown = {one["kind"]: one for one in answer.json()}
    assert shown["messaging.message"].pop("version")
    assert shown["messaging.message"] == {
        "kind": "messaging.message",
        "module": "messaging",
        "module_label": "Wiadomości",
        "label": "Nowa wiadomość",
        "sentence": "Do Ciebie albo do Twojej jednostki przyszła wiadomość lub ankieta.",
        "channel": "at_once",
        "default": "at_once",
        "is_fixed": False,
    }
    assert shown["messaging.reminder"]["label"] == "Ponaglenie"
    assert (shown["accounts.security"]["channel"], shown["accounts.security"]["is_fixed"]) == (
        "at_once",
        True,
    )
    modules = [one["module"] for one in answer.json()]
    assert modules == sorted(modules, key=modules.index)
    assert modules[0] == "accounts"


@pytest.mark.parametrize(
    ("channel", "letters", "waiting"), [("at_once", 1, 0), ("digest", 0, 1), ("bell", 0, 0)]
)
def test_news_reach_a_person_as_chosen_and_stand_under_the_bell_in_any_case(
    person, channel, letters, waiting, django_capture_on_commit_callbacks
):
    services.choose_channel(actor=person, kind="messaging.message", channel=Channel(channel))

    with django_capture_on_commit_callbacks(execute=True):
        services.notify([news(person)])

    assert len(mail.outbox) == letters
    assert Notification.objects.filter(awaits_digest=True).count() == waiting
    assert selectors.unread_count(person) == 1


def test_a_choice_is_ones_own_and_of_one_kind(person, django_capture_on_commit_callbacks):
    other = PersonFactory()
    services.choose_channel(actor=person, kind="messaging.message", channel=Channel.BELL)

    with django_capture_on_commit_callbacks(execute=True):
        services.notify([news(person), news(person, kind="messaging.reminder"), news(other)])

    assert sorted(letter.to[0] for letter in mail.outbox) == sorted([person.email, other.email])
    assert Email.objects.get(recipient=person.email).key.startswith("messaging.reminder:")


def test_choosing_through_the_api_tells_the_whole_list_and_is_written_down(person, api):
    browser = api(person)

    answer = browser.patch(URL, {"kind": "messaging.message", "channel": "digest"})
    again = browser.patch(URL, {"kind": "messaging.message", "channel": "bell"})

    assert channels(answer)["messaging.message"] == "digest"
    assert channels(again)["messaging.message"] == channels(browser.get(URL))["messaging.message"]
    assert channels(again)["messaging.reminder"] == "at_once"
    assert Preference.objects.get().channel == "bell"
    entry = Entry.objects.latest("id")
    assert (entry.actor_id, entry.right) == (person.pk, "accounts.keep_own_account")
    assert (entry.before, entry.after) == (
        {"channel": "digest"},
        {"kind": "messaging.message", "channel": "bell"},
    )


def test_letters_about_the_safety_of_the_account_cannot_be_switched_off(person, api):
    answer = api(person).patch(URL, {"kind": "accounts.security", "channel": "bell"})

    assert (answer.status_code, answer.json()["code"]) == (422, "fixed_kind")
    assert answer.json()["detail"].startswith("Listy „Bezpieczeństwo konta” przychodzą zawsze")
    with pytest.raises(FixedKind):
        services.choose_channel(actor=person, kind="accounts.security", channel=Channel.DIGEST)
    assert not Preference.objects.exists()


def test_even_a_row_in_the_database_does_not_silence_a_fixed_kind(person):
    Preference.objects.create(person=person, kind="accounts.security", channel="bell")

    [safety, *_] = selectors.settings_of(person)

    assert (safety.kind, safety.channel) == (registry.SECURITY, Channel.AT_ONCE)


def test_nonsense_is_refused(person, api):
    browser = api(person)

    unknown = browser.patch(URL, {"kind": "messaging.fly", "channel": "bell"})
    wrong = browser.patch(URL, {"kind": "messaging.message", "channel": "pigeon"})

    assert (unknown.status_code, unknown.json()["code"]) == (422, "unknown_kind")
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (400, "channel")
    assert api().get(URL).status_code == 401


def test_a_module_that_is_switched_off_is_neither_shown_nor_chosen(person, api, city):
    Tenant.objects.filter(pk=city.pk).update(modules=["directory"])
    browser = api(person)

    shown = {kind.partition(".")[0] for kind in channels(browser.get(URL))}
    assert ("accounts" in shown, "messaging" in shown) == (True, False)
    answer = browser.patch(URL, {"kind": "messaging.message", "channel": "bell"})
    assert answer.json()["code"] == "unknown_kind"
    city.refresh_from_db()


def test_a_program_with_an_api_token_chooses_nothing(person):
    person.limits = frozenset({"messaging.send_message"})

    with pytest.raises(MissingPermission):
        services.choose_channel(actor=person, kind="messaging.message", channel=Channel.BELL)
    with pytest.raises(MissingPermission):
        selectors.settings_of(person)
    assert not ApiToken.objects.exists()


def test_news_of_a_kind_that_nobody_declared_are_a_mistake(person):
    with pytest.raises(registry.UndeclaredKind, match=r"messaging\.typo"):
        services.notify([news(person, kind="messaging.typo")])
    with pytest.raises(UnknownKind):
        services.choose_channel(actor=person, kind="messaging.typo", channel=Channel.BELL)


def test_giving_up_letters_of_a_kind_takes_what_waits_out_of_the_digest(person, award):
    services.notify([news(person, kind=award.key)])

    services.choose_channel(actor=person, kind=award.key, channel=Channel.AT_ONCE)
    assert Notification.objects.get().awaits_digest is True
    services.choose_channel(actor=person, kind=award.key, channel=Channel.BELL)
    assert Notification.objects.get().awaits_digest is False


def test_the_other_city_has_its_own_settings(person, in_south):
    services.choose_channel(actor=person, kind="messaging.message", channel=Channel.BELL)

    with in_south():
        twin = PersonFactory(pk=person.pk)
        found = {one.kind.key: one.channel for one in selectors.settings_of(twin)}
    assert found["messaging.message"] == Channel.AT_ONCE


@pytest.mark.parametrize("count", [1, 30])
def test_telling_many_takes_the_same_queries_as_telling_one(count, django_assert_num_queries):
    people = PersonFactory.create_batch(count)
    for person in people:
        Preference.objects.create(person=person, kind="messaging.message", channel="digest")
    told = [news(person, uuid4()) for person in people]

    # a savepoint and its end, what they chose, the notices
    with django_assert_num_queries(4):
        services.notify(told)


def test_the_list_of_settings_takes_one_query_of_its_own(person, django_assert_num_queries):
    with django_assert_num_queries(1):
        selectors.settings_of(person)
