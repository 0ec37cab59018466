from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts import services
from accounts.permissions import Permission
from audit.models import Entry
from modules.directory.permissions import Permission as Directory
from opium.permissions import MissingPermission
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import MembershipFactory, UnitFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/accounts/people/"


@pytest.fixture
def office():
    return person_with(Permission.MANAGE_PEOPLE, first_name="Iza", last_name="Biurowa")


def looks():
    return [
        (entry.actor_name, entry.right, entry.target_label)
        for entry in Entry.objects.filter(after={"viewed": True}).order_by("pk")
    ]


def test_opening_somebodys_account_is_written_down(office, api):
    person = PersonFactory(last_name="Oglądana")

    assert api(office).get(f"{URL}{person.pk}/").status_code == 200

    assert looks() == [("Iza Biurowa", "accounts.manage_people", "Anna Oglądana")]
    entry = Entry.objects.get(after={"viewed": True})
    assert (entry.target_type, entry.target_id) == ("accounts.person", str(person.pk))
    assert (entry.outcome, entry.origin) == ("done", "127.0.0.1")


def test_looking_again_within_an_hour_is_written_down_once_for_each_viewer_and_person(office, api):
    person, second = PersonFactory(), PersonFactory()
    other = person_with(Permission.VIEW_RIGHTS, first_name="Zyta", last_name="Druga")
    for viewer in (office, office, other):
        api(viewer).get(f"{URL}{person.pk}/")
    api(office).get(f"{URL}{second.pk}/")

    assert looks() == [
        ("Iza Biurowa", "accounts.manage_people", str(person)),
        ("Zyta Druga", "accounts.view_rights", str(person)),
        ("Iza Biurowa", "accounts.manage_people", str(second)),
    ]


def test_after_an_hour_a_look_counts_anew(office):
    person = PersonFactory()
    services.view_person(actor=office, person=person)
    for minutes, entries in ((59, 1), (61, 2)):
        with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
            services.view_person(actor=office, person=person)
        assert len(looks()) == entries


def test_another_deed_of_the_same_hour_does_not_hide_a_look(office):
    person = PersonFactory()
    services.change_person(actor=office, person=person, phone="1")

    services.view_person(actor=office, person=person)

    assert len(looks()) == 1


def test_the_list_and_ones_own_account_are_no_look(office, api):
    PersonFactory()
    browser = api(office)

    assert browser.get(URL).status_code == 200
    assert browser.get(f"{URL}{office.pk}/").status_code == 200

    assert looks() == []


def test_a_head_looks_by_the_right_of_the_own_unit_and_at_no_one_else(api):
    unit = UnitFactory()
    head = person_with(
        Permission.MANAGE_UNIT_PEOPLE, scope_kind="unit", scope_id=unit.pk, last_name="Kierująca"
    )
    mine, foreign = PersonFactory(last_name="Moja"), PersonFactory()
    MembershipFactory(person=mine, unit=unit)
    MembershipFactory(person=foreign, unit=UnitFactory())

    assert api(head).get(f"{URL}{mine.pk}/").status_code == 200
    assert api(head).get(f"{URL}{foreign.pk}/").status_code == 404
    with pytest.raises(MissingPermission):
        services.view_person(actor=head, person=foreign)

    assert looks() == [("Anna Kierująca", "accounts.manage_unit_people", "Anna Moja")]


def test_without_the_right_nothing_is_shown_or_written(api):
    person, nosy = PersonFactory(), person_with(Directory.VIEW_UNITS)

    assert api(nosy).get(f"{URL}{person.pk}/").status_code == 403
    with pytest.raises(MissingPermission):
        services.view_person(actor=nosy, person=person)

    assert looks() == []


def test_a_person_of_the_other_city_is_not_there_to_look_at(office, api, in_south):
    with in_south():
        foreign = PersonFactory()

    assert api(office).get(f"{URL}{foreign.pk}/").status_code == 404

    assert looks() == []
    with in_south():
        assert looks() == []
