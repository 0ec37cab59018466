from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import selectors, services
from accounts.errors import (
    NoSubstitute,
    SubstitutionDates,
    SubstitutionOverlap,
    WrongSubstitute,
)
from accounts.models import Person, Substitution
from accounts.permissions import Permission
from audit import services as audit
from audit.models import Entry
from modules.directory.deeds import Deed
from modules.directory.permissions import Permission as Directory
from opium.permissions import SYSTEM, MissingPermission, require
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import UnitFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/accounts/substitutions/"
TODAY = timezone.localdate()
DAY = timedelta(days=1)


@pytest.fixture
def director():
    return person_with(Permission.APPOINT_SUBSTITUTE, Directory.CHANGE_UNITS, last_name="Nowak")


@pytest.fixture
def deputy():
    return PersonFactory(first_name="Jan", last_name="Zając")


def appoint(actor, person, substitute, starts_on=TODAY, ends_on=TODAY):
    return services.appoint_substitute(
        actor=actor, person=person, substitute=substitute, starts_on=starts_on, ends_on=ends_on
    )


def test_the_matters_pass_to_the_substitute_from_the_first_day_to_the_last(director, deputy):
    for starts_on, ends_on, passes in (
        (TODAY, TODAY, True),
        (TODAY + DAY, TODAY + DAY, False),
        (TODAY - 2 * DAY, TODAY - DAY, False),
    ):
        Substitution.objects.all().delete()
        Substitution.objects.create(
            person=director, substitute=deputy, starts_on=starts_on, ends_on=ends_on
        )
        assert list(selectors.acting_for(deputy)) == ([director] if passes else [])


def test_a_substitute_acts_with_the_rights_of_the_absent_and_the_record_says_so(director, deputy):
    unit = UnitFactory()
    assert not deputy.allows(Directory.CHANGE_UNITS, unit)
    with pytest.raises(NoSubstitute):
        selectors.standing_in(deputy, in_place_of=director)
    appoint(director, director, deputy)

    actor = selectors.standing_in(deputy, in_place_of=director)

    require(actor, Directory.CHANGE_UNITS, unit)
    with pytest.raises(MissingPermission):
        require(actor, Directory.IMPORT_UNITS, unit)
    audit.record(actor=actor, deed=Deed.CHANGE_UNIT, right=Directory.CHANGE_UNITS, target=unit)
    entry = Entry.objects.get(target_id=str(unit.pk), deed="directory.change_unit")
    assert (entry.actor_id, entry.actor_name) == (deputy.pk, "Jan Zając")
    assert (entry.in_place_of_id, entry.in_place_of_name) == (director.pk, "Anna Nowak")


def test_a_substitute_never_keeps_the_absent_ones_own_account(director, deputy):
    appoint(director, director, deputy)
    actor = selectors.standing_in(deputy, in_place_of=director)

    assert not actor.allows(Permission.KEEP_OWN_ACCOUNT, director)
    assert not actor.allows(Permission.KEEP_OWN_ACCOUNT, deputy)


def test_a_substitute_who_is_absent_passes_the_matter_on_and_a_circle_ends(director, deputy):
    third = PersonFactory()
    services.add_function(actor=SYSTEM, code="zatwierdza", name="Zatwierdza")
    function = selectors.functions_visible_to(SYSTEM).get()
    services.give_function(actor=SYSTEM, function=function, person=director)
    appoint(SYSTEM, director, deputy)
    appoint(SYSTEM, deputy, third)

    [acting] = selectors.holders_of("zatwierdza")
    assert (acting.person, acting.in_place_of) == (third, director)

    appoint(SYSTEM, third, director)
    [acting] = selectors.holders_of("zatwierdza")
    assert acting.person == third


def test_one_appoints_for_oneself_and_only_whoever_manages_roles_for_others(director, deputy):
    with pytest.raises(MissingPermission):
        appoint(director, deputy, director)
    with pytest.raises(MissingPermission):
        appoint(deputy, deputy, director)
    with pytest.raises(MissingPermission):
        appoint(deputy, director, deputy)
    appoint(person_with(Permission.MANAGE_ROLES), deputy, director)


def test_nonsense_is_refused(director, deputy):
    closed = PersonFactory(is_active=False)
    for substitute in (director, closed):
        with pytest.raises(WrongSubstitute):
            appoint(director, director, substitute)
    for starts_on, ends_on in ((TODAY, TODAY - DAY), (TODAY - 3 * DAY, TODAY - DAY)):
        with pytest.raises(SubstitutionDates):
            appoint(director, director, deputy, starts_on, ends_on)
    appoint(director, director, deputy, TODAY, TODAY + 5 * DAY)
    with pytest.raises(SubstitutionOverlap, match="Jan Zając"):
        appoint(director, director, PersonFactory(), TODAY + 5 * DAY, TODAY + 9 * DAY)
    appoint(director, director, PersonFactory(), TODAY + 6 * DAY, TODAY + 9 * DAY)


def test_matters_come_back_at_once(director, deputy, api):
    made = api(director).post(
        URL,
        {
            "person": director.pk,
            "substitute": deputy.pk,
            "starts_on": TODAY,
            "ends_on": TODAY + DAY,
            "reason": "urlop",
        },
    )
    assert (made.status_code, made.json()["substitute"]["name"]) == (201, "Jan Zając")
    address = f"{URL}{made.json()['id']}/"
    assert api(PersonFactory()).delete(address).status_code == 404
    assert api(deputy).delete(address).status_code == 403

    assert api(director).delete(address).status_code == 204

    assert list(selectors.acting_for(deputy)) == []


def test_a_closed_account_stands_in_for_nobody(director, deputy):
    appoint(director, director, deputy)
    services.close_account(actor=SYSTEM, person=deputy)

    with pytest.raises(NoSubstitute):
        selectors.standing_in(Person.objects.get(pk=deputy.pk), in_place_of=director)
