from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import services as accounts
from accounts.errors import LastAdministrator
from accounts.permissions import Permission as Accounts
from audit.models import Entry
from opium.permissions import SYSTEM
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import MembershipFactory, SectionFactory, UnitFactory
from units.models import Membership

pytestmark = pytest.mark.django_db


def day(offset):
    return timezone.localdate() + timedelta(days=offset)


def test_closing_an_account_makes_today_the_last_day_of_its_memberships():
    person = PersonFactory()
    unit = MembershipFactory(person=person, unit=UnitFactory())
    section = MembershipFactory(person=person, section=SectionFactory(), valid_to=day(30))
    past = MembershipFactory(person=person, unit=UnitFactory(), valid_to=day(-3))
    coming = MembershipFactory(person=person, unit=UnitFactory(), valid_from=day(1))
    colleague = MembershipFactory(person=PersonFactory(), unit=unit.unit)

    accounts.close_account(actor=SYSTEM, person=person)

    ends = dict(Membership.objects.values_list("pk", "valid_to"))
    assert ends == {
        unit.pk: day(0),
        section.pk: day(0),
        past.pk: day(-3),
        colleague.pk: None,
    }
    entries = Entry.objects.filter(deed="directory.end_memberships").order_by("target_id")
    assert {entry.target_id: (entry.before, entry.after) for entry in entries} == {
        str(unit.pk): ({"valid_to": None}, {"valid_to": day(0).isoformat()}),
        str(section.pk): ({"valid_to": day(30).isoformat()}, {"valid_to": day(0).isoformat()}),
        str(coming.pk): (
            {"valid_from": day(1).isoformat(), "valid_to": None},
            {"forgotten": True},
        ),
    }


def test_a_head_who_closes_an_account_of_the_own_unit_ends_the_membership_and_still_sees_it(api):
    unit = UnitFactory()
    head = person_with(Accounts.MANAGE_UNIT_PEOPLE, scope_kind="unit", scope_id=unit.pk)
    MembershipFactory(person=head, unit=unit)
    leaver = MembershipFactory(person=PersonFactory(), unit=unit)

    answer = api(head).post(f"/api/v1/accounts/people/{leaver.person.pk}/close/", {})

    assert (answer.status_code, answer.json()["is_active"]) == (200, False)
    leaver.refresh_from_db()
    assert leaver.valid_to == day(0)


def test_a_refused_closing_ends_nothing():
    administrator = person_with(Accounts.MANAGE_ROLES)
    membership = MembershipFactory(person=administrator, unit=UnitFactory())

    with pytest.raises(LastAdministrator):
        accounts.close_account(actor=SYSTEM, person=administrator)

    membership.refresh_from_db()
    assert membership.valid_to is None


def test_the_same_person_id_in_the_other_city_keeps_its_memberships(in_south):
    person = PersonFactory()
    with in_south():
        twin = MembershipFactory(person=PersonFactory(pk=person.pk), unit=UnitFactory())

    accounts.close_account(actor=SYSTEM, person=person)

    with in_south():
        twin.refresh_from_db()
        assert twin.valid_to is None
