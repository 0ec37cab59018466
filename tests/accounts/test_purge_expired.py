"""What proves nothing any more is thrown away each night."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from accounts import services
from accounts.models import Attempts, Link, Person, Session
from accounts.permissions import Permission
from audit.models import Entry
from opium.isolation import SomeFailed
from opium.permissions import SYSTEM, MissingPermission
from outbox import services as outbox
from outbox.models import Job
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.poison import poison

pytestmark = pytest.mark.django_db
NOTHING = {"links": 0, "joinings": 0, "motions": 0, "sessions": 0, "attempts": 0, "answers": 0}


def ago(**spent):
    return timezone.now() - timedelta(**spent)


def link(person, **moments):
    return Link.objects.create(
        person=person,
        kind=Link.Kind.INVITATION,
        address=person.email,
        **{"expires_at": timezone.now() + timedelta(days=1)} | moments,
    )


def session(key, expires):
    return Session.objects.create(session_key=key, expire_date=expires)


def test_what_ended_long_ago_goes_and_the_rest_stays(ala):
    link(ala, expires_at=ago(days=31))
    link(ala, expires_at=ago(days=31), ended_at=ago(days=40), used_at=ago(days=40))
    link(ala, ended_at=ago(days=31))
    kept = {link(ala), link(ala, expires_at=ago(days=29)), link(ala, ended_at=ago(days=29))}
    session("stara", ago(minutes=1))
    alive = session("nowa", timezone.now() + timedelta(minutes=1))
    Attempts.objects.create(pk="account:dawne", since=ago(days=2))
    Attempts.objects.create(
        pk="account:zamknięte", since=ago(days=2), locked_until=timezone.now() + timedelta(hours=1)
    )
    Attempts.objects.create(pk="account:świeże", since=ago(hours=23))

    assert services.purge_expired(actor=SYSTEM) == NOTHING | {
        "links": 3,
        "sessions": 1,
        "attempts": 1,
    }

    assert set(Link.objects.all()) == kept
    assert list(Session.objects.all()) == [alive]
    assert set(Attempts.objects.values_list("pk", flat=True)) == {
        "account:zamknięte",
        "account:świeże",
    }
    assert Person.objects.filter(pk=ala.pk).exists()


def test_run_twice_it_finds_nothing_and_tells_the_log_nothing(ala):
    link(ala, expires_at=ago(days=31))

    services.purge_expired(actor=SYSTEM)
    entry = Entry.objects.latest("id")
    assert entry.after == {
        "purged_links": 1,
        "purged_joinings": 0,
        "purged_motions": 0,
        "purged_sessions": 0,
        "purged_attempts": 0,
        "purged_answers": 0,
    }
    assert (entry.right, entry.target_label) == ("accounts.manage_people", "North")

    assert services.purge_expired(actor=SYSTEM) == NOTHING
    assert Entry.objects.latest("id") == entry


def test_the_installation_says_how_long(ala, settings):
    link(ala, expires_at=ago(days=5))
    session("dawna", ago(days=5))
    settings.KEEP_DAYS = dict.fromkeys(NOTHING, 6)
    assert services.purge_expired(actor=SYSTEM) == NOTHING

    settings.KEEP_DAYS = dict.fromkeys(NOTHING, 4)
    assert services.purge_expired(actor=SYSTEM) == NOTHING | {"links": 1, "sessions": 1}


def test_who_is_signed_in_stays_so_and_an_open_invitation_opens(ala, sign_in):
    browser, _ = sign_in()
    link(ala)

    services.purge_expired(actor=SYSTEM)

    assert browser.get("/api/v1/accounts/session/").json()["person"]["name"] == "Ala Nowak"
    assert Link.objects.open_now().count() == 1


def test_the_clock_does_it_at_night_in_each_city_and_in_the_console(
    ala, in_south, django_capture_on_commit_callbacks
):
    with time_machine.travel(datetime(2026, 11, 24, 3, tzinfo=UTC), tick=False):
        link(ala, expires_at=ago(days=31))
        with in_south():
            link(PersonFactory(), expires_at=ago(days=31))
        connection.set_schema_to_public()
        link(PersonFactory(email="operator@example.org"), expires_at=ago(days=31))
        with django_capture_on_commit_callbacks(execute=True):
            outbox.plan_daily()
        assert not Link.objects.exists()
    with in_south():
        assert not Link.objects.exists()

    jobs = Job.objects.filter(task="accounts.purge_expired", done_at__isnull=False)
    assert sorted(jobs.values_list("schema_name", flat=True)) == ["north", "public", "south"]


def test_a_purge_of_one_city_leaves_the_other_alone(ala, in_south):
    with in_south():
        theirs = link(PersonFactory(), expires_at=ago(days=31))

    services.purge_expired(actor=SYSTEM)

    with in_south():
        assert Link.objects.get() == theirs


def test_only_whoever_keeps_the_accounts_of_the_city_purges(city):
    with pytest.raises(MissingPermission):
        services.purge_expired(actor=person_with(Permission.MANAGE_ROLES))


@pytest.mark.parametrize("count", [1, 30])
def test_a_purge_of_many_takes_the_same_queries(ala, count, django_assert_num_queries):
    for number in range(count):
        link(ala, expires_at=ago(days=31))
        session(f"s{number}", ago(days=1))
        Attempts.objects.create(pk=f"a{number}", since=ago(days=2))

    # each kind is found, and deleted between a savepoint and its end; the entry between two more
    with django_assert_num_queries(27):
        services.purge_expired(actor=SYSTEM)


def test_a_row_that_cannot_go_keeps_no_other(ala):
    stuck = link(ala, expires_at=ago(days=31))
    for _ in range(3):
        link(ala, expires_at=ago(days=31))
    session("stara", ago(minutes=1))
    poison(Link, "DELETE", f"OLD.id = '{stuck.pk}'")

    with pytest.raises(SomeFailed) as told:
        services.purge_expired(actor=SYSTEM)

    assert [row for row, _ in told.value.failures] == [stuck.pk]
    assert list(Link.objects.all()) == [stuck]
    assert not Session.objects.filter(session_key="stara").exists()
    assert Entry.objects.latest("id").after["purged_links"] == 3
