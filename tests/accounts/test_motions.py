"""Nobody alone makes an administrator, or a way by which anybody could come in."""

from datetime import timedelta

import pytest
import time_machine
from allauth.socialaccount.models import SocialApp
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import services
from accounts.errors import (
    AlreadyProposed,
    DaysOver,
    LastAdministrator,
    MotionEnded,
    NoSecondPersonNeeded,
    NotSecondPerson,
    SecondPersonNeeded,
)
from accounts.models import Assignment, Joining, Motion, Person, Role
from accounts.permissions import Permission
from audit.models import Entry
from opium.permissions import SYSTEM
from outbox.models import Job
from tests.accounts.conftest import API
from tests.accounts.motions import assigns_roles, bell_of, proved, waits_for
from tests.factories.accounts import PersonFactory, again, person_with
from tests.factories.directory import UnitFactory

pytestmark = pytest.mark.django_db
PROVIDER = {
    "code": "urzad",
    "name": "Urząd",
    "server_url": "http://localhost:9",
    "client_id": "opium",
    "secret": "tajne",
}


def test_nobody_makes_an_administrator_alone_by_any_way(first, second, ala, steward):
    plain = Role.objects.create(name="Zwykła", permissions=[])
    services.assign_role(actor=first, person=ala, role=plain)
    ends = timezone.localdate() + timedelta(days=3)
    short = Assignment.objects.create(person=first, role=steward, valid_to=ends)
    ended = Assignment.objects.create(
        person=ala, role=steward, valid_to=timezone.localdate() - timedelta(days=1)
    )
    ways = [
        lambda: services.assign_role(actor=first, person=ala, role=steward),
        lambda: services.change_role(
            actor=first, role=plain, permissions=["accounts.manage_roles"]
        ),
        lambda: services.change_assignment(
            actor=first, assignment=ended, valid_from=None, valid_to=None
        ),
        lambda: services.invite_person(
            actor=first, email="x@example.org", first_name="X", last_name="Y", role=steward
        ),
        lambda: services.ask_to_join(
            actor=first,
            email="x@example.org",
            first_name="X",
            last_name="Y",
            role=steward,
            home=("city", None),
        ),
    ]
    for way in ways:
        with pytest.raises(SecondPersonNeeded):
            way()

    assert not assigns_roles(ala)
    assert not Person.objects.filter(email="x@example.org").exists()
    assert not Joining.objects.exists()
    services.end_assignment(actor=first, assignment=short)
    unit = UnitFactory()
    services.assign_role(actor=first, person=ala, role=steward, scope_kind="unit", scope_id=unit.pk)


def test_an_administrator_for_some_days_stays_none_longer_by_one_person_s_word(second, steward):
    ends = timezone.localdate() + timedelta(days=3)
    person = PersonFactory()
    short = Assignment.objects.create(person=person, role=steward, valid_to=ends)
    with pytest.raises(SecondPersonNeeded):
        services.change_assignment(
            actor=again(person), assignment=short, valid_from=None, valid_to=None
        )
    services.change_assignment(
        actor=second, assignment=short, valid_from=None, valid_to=ends - timedelta(days=1)
    )


def test_nobody_alone_lets_an_administrator_begin_earlier_or_fill_a_gap(first, ala, steward):
    today = timezone.localdate()

    def later(days):
        return today + timedelta(days=days)

    other = Role.objects.create(name="Inna", permissions=["accounts.manage_roles"])
    third = Role.objects.create(name="Trzecia", permissions=["accounts.manage_roles"])
    begins = Assignment.objects.create(
        person=ala, role=steward, valid_from=later(300), valid_to=later(400)
    )
    for start in (None, today, later(-5), later(299)):
        with pytest.raises(SecondPersonNeeded):
            services.change_assignment(
                actor=first, assignment=begins, valid_from=start, valid_to=later(400)
            )
        with pytest.raises(SecondPersonNeeded):
            services.assign_role(
                actor=first, person=ala, role=other, valid_from=start, valid_to=later(400)
            )
    assert not assigns_roles(ala)
    begins.refresh_from_db()

    Assignment.objects.create(person=ala, role=other, valid_from=None, valid_to=later(9))
    with pytest.raises(SecondPersonNeeded):  # today and in a year is not in between
        services.assign_role(actor=first, person=ala, role=third, valid_to=later(400))

    Assignment.objects.filter(role=other).update(valid_to=later(299))
    services.assign_role(actor=first, person=ala, role=third, valid_to=later(400))
    services.change_assignment(
        actor=first, assignment=begins, valid_from=later(310), valid_to=later(390)
    )


def test_nothing_counts_before_the_second_person_confirms(motion, first, second, ala, api):
    assert not assigns_roles(ala)
    assert waits_for(second, api) == ["Rola „Zarządca” w całym mieście: Ala Nowak"]
    assert waits_for(first, api) == []
    told = "Jan Pierwszy prosi o potwierdzenie: Rola „Zarządca” w całym mieście: Ala Nowak"
    assert (bell_of(second), bell_of(first)) == ([told], [])

    answer = api(second).post(f"{API}motions/{motion.pk}/confirm/")

    assert (answer.status_code, answer.json()["state"]) == (200, "confirmed")
    assert assigns_roles(ala)
    assert waits_for(second, api) == []
    assert bell_of(first) == ["Potwierdzono: Rola „Zarządca” w całym mieście: Ala Nowak"]
    entry = Entry.objects.get(deed="accounts.confirm_motion")
    assert (entry.actor_id, entry.after["proposed_by"], entry.after["person_id"]) == (
        second.pk,
        "Jan Pierwszy",
        str(ala.pk),
    )
    with pytest.raises(MotionEnded):
        services.refuse_motion(actor=second, motion=motion)


def test_the_second_person_refuses_and_the_proposer_is_told(motion, first, second, ala, api):
    assert api(second).post(f"{API}motions/{motion.pk}/refuse/").json()["state"] == "refused"
    assert not assigns_roles(ala)
    assert bell_of(first) == ["Odmówiono: Rola „Zarządca” w całym mieście: Ala Nowak"]
    with pytest.raises(MotionEnded):
        services.confirm_motion(actor=second, motion=motion)


@pytest.mark.parametrize("loss", ["role ended", "account closed", "person closed"])
def test_it_is_void_where_the_proposer_may_not_propose_it_any_more(
    motion, first, second, ala, loss
):
    match loss:
        case "role ended":
            first.assignments.update(valid_to=timezone.localdate() - timedelta(days=1))
        case "account closed":
            Person.objects.filter(pk=first.pk).update(is_active=False)
        case "person closed":
            Person.objects.filter(pk=ala.pk).update(is_active=False)

    assert services.confirm_motion(actor=second, motion=motion).state == "void"
    assert not Assignment.objects.filter(person=ala).exists()


def test_nobody_becomes_administrator_who_has_another_address_by_now(motion, first, second, ala):
    Person.objects.filter(pk=ala.pk).update(email="inna@example.org")
    assert services.confirm_motion(actor=second, motion=motion).state == "void"
    assert not assigns_roles(ala)
    assert bell_of(first) == ["Straciło ważność: Rola „Zarządca” w całym mieście: Ala Nowak"]


def test_after_its_day_nobody_can_confirm(motion, first, second, api):
    with time_machine.travel(motion.expires_at + timedelta(minutes=1)):
        with pytest.raises(MotionEnded):
            services.confirm_motion(actor=proved(second), motion=motion)
        services.purge_expired(actor=SYSTEM)
        services.purge_expired(actor=SYSTEM)
    assert Motion.objects.get().state == "lapsed"
    assert bell_of(first)[0].startswith("Minął termin")


def test_no_motion_takes_the_city_its_last_administrator_without_an_end(
    first, second, ala, steward, city
):
    today = timezone.localdate()
    kept = Assignment.objects.create(person=ala, role=steward)
    motion = services.propose_administrator(actor=first, person=ala, role=steward, valid_to=today)
    Assignment.objects.exclude(pk=kept.pk).update(valid_to=today + timedelta(days=90))

    with pytest.raises(LastAdministrator):
        services.confirm_motion(actor=second, motion=motion)
    with pytest.raises(CommandError, match="nikt nie mógłby zarządzać rolami"):
        call_command("motion_decide", city.schema_name, "--confirm", str(motion.pk))

    kept.refresh_from_db()
    assert kept.valid_to is None
    assert Motion.objects.open_now().get() == motion
    Assignment.objects.filter(person=second).update(valid_to=None)
    assert services.confirm_motion(actor=second, motion=motion).state == "confirmed"
    kept.refresh_from_db()
    assert kept.valid_to == today


def test_nothing_waits_that_could_only_fail(first, second, ala, steward):
    today = timezone.localdate()
    kept = Assignment.objects.create(person=ala, role=steward)
    Assignment.objects.exclude(pk=kept.pk).update(valid_to=today + timedelta(days=90))
    with pytest.raises(LastAdministrator):
        services.propose_administrator(actor=first, person=ala, role=steward, valid_to=today)
    with pytest.raises(DaysOver):
        services.propose_administrator(
            actor=first, person=PersonFactory(), role=steward, valid_to=today - timedelta(days=1)
        )
    kept.refresh_from_db()
    assert (kept.valid_to, Assignment.objects.filter(role=steward).count()) == (None, 1)
    assert not Motion.objects.exists()
    assert not Job.objects.exists()  # nobody is told of what was only tried


def test_days_that_pass_while_it_waits_make_it_void(first, second, ala, steward):
    today = timezone.localdate()
    motion = services.propose_administrator(actor=first, person=ala, role=steward, valid_to=today)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert services.confirm_motion(actor=proved(second), motion=motion).state == "void"
    assert not assigns_roles(ala)


def test_only_the_proposer_takes_it_back(motion, first, second, api):
    address = f"{API}motions/{motion.pk}/withdraw/"
    assert api(second).post(address).status_code == 403
    assert api(PersonFactory()).post(address).status_code == 403
    assert api(first).post(address).json()["state"] == "withdrawn"
    with pytest.raises(MotionEnded):
        services.confirm_motion(actor=second, motion=motion)


def test_the_same_is_proposed_once_and_no_weaker_role_is(motion, first, ala, steward):
    with pytest.raises(AlreadyProposed):
        services.propose_administrator(actor=first, person=ala, role=steward)
    weak = Role.objects.create(name="Słaba", permissions=[])
    with pytest.raises(NoSecondPersonNeeded):
        services.propose_administrator(actor=first, person=ala, role=weak)


def test_a_provider_of_an_administrator_too_waits_for_a_second_person(first, second, api):
    provider = services.add_provider(actor=first, **PROVIDER)
    [shown] = api(first).get(f"{API}providers/").json()["results"]
    assert shown["waits"] is True
    page = api(second).get(f"{API}motions/{Motion.objects.get().pk}/").json()
    assert page["provider"]["Adres serwera"] == "http://localhost:9"
    assert (page["obstacle"], page["has_second_person"]) == ("", True)
    with pytest.raises(NotSecondPerson):
        services.confirm_motion(actor=first, motion=Motion.objects.get())

    services.confirm_motion(actor=second, motion=Motion.objects.get())
    assert SocialApp.objects.get().settings["waits"] is False

    provider.refresh_from_db()
    services.change_provider(actor=first, provider=provider, client_id="inny")
    old = Motion.objects.open_now().get()
    services.change_provider(actor=first, provider=provider, server_url="http://localhost:8")
    assert SocialApp.objects.get().settings["waits"] is True
    with pytest.raises(MotionEnded):  # what the second person saw is not what stands there now
        services.confirm_motion(actor=second, motion=old)
    services.delete_provider(actor=first, provider=provider)
    assert not Motion.objects.open_now().exists()


def test_what_waits_in_one_city_is_nothing_in_the_other(motion, in_south):
    with in_south():
        theirs = person_with(*Permission)
        assert not Motion.objects.exists()
        with pytest.raises(MotionEnded):
            services.confirm_motion(actor=theirs, motion=motion)


@pytest.mark.parametrize("rows", [1, 9])
def test_what_waits_costs_six_questions_however_long_the_list(first, second, steward, api, rows):
    for _ in range(rows):
        services.propose_administrator(actor=first, person=PersonFactory(), role=steward)
    browser = api(second)
    browser.get(f"{API}motions/")
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(f"{API}motions/", {"is_open": "true"})
    assert (len(asked), answer.json()["count"]) == (6, rows)
