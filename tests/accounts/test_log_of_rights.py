"""What the log says of roles, functions and substitutes: names that a reader knows, and ids."""

import pytest
from django.utils import timezone

from accounts import services
from accounts.models import Role
from audit.models import Entry
from modules.directory.permissions import Permission as Directory
from opium.permissions import SYSTEM
from tests.factories.accounts import PersonFactory
from tests.factories.directory import GroupFactory, SectionFactory, UnitFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def ewa():
    return PersonFactory(first_name="Ewa", last_name="Lis")


@pytest.fixture
def ola():
    return PersonFactory(first_name="Ola", last_name="Sowa")


@pytest.fixture
def reader():
    return Role.objects.create(name="Czyta", permissions=[str(Directory.VIEW_UNITS)])


def last():
    entry = Entry.objects.latest("id")
    return entry.before, entry.after


def test_a_role_is_given_changed_and_taken_in_words(ewa, reader):
    unit = UnitFactory(short_name="SP nr 2")
    given = {
        "person": "Ewa Lis",
        "person_id": str(ewa.pk),
        "role": "Czyta",
        "role_id": str(reader.pk),
        "scope": "SP nr 2",
        "scope_kind": "unit",
        "scope_id": str(unit.pk),
        "valid_from": None,
        "valid_to": None,
    }

    assignment = services.assign_role(
        actor=SYSTEM, person=ewa, role=reader, scope_kind="unit", scope_id=unit.pk
    )
    assert last() == (None, given)
    services.change_assignment(actor=SYSTEM, assignment=assignment, valid_from=TODAY, valid_to=None)
    changed = given | {"valid_from": TODAY.isoformat()}
    assert last() == (given, changed)
    services.end_assignment(actor=SYSTEM, assignment=assignment)
    assert last() == (changed, None)


@pytest.mark.parametrize(
    ("kind", "make", "name"),
    [
        ("section", SectionFactory, "Referat finansów"),
        ("group", GroupFactory, "Szkoły z basenem"),
    ],
)
def test_every_kind_of_place_is_told_by_its_name(ewa, reader, kind, make, name):
    place = make(name=name)

    services.assign_role(actor=SYSTEM, person=ewa, role=reader, scope_kind=kind, scope_id=place.pk)

    assert last()[1]["scope"] == name


def test_the_whole_city_is_told_as_such(ewa, reader):
    services.assign_role(actor=SYSTEM, person=ewa, role=reader)

    _, after = last()
    assert (after["scope"], after["scope_kind"], after["scope_id"]) == ("całe miasto", "city", None)


def test_a_place_that_is_gone_has_no_name_but_its_id(ewa, reader):
    group = GroupFactory(name="Dawna")
    assignment = services.assign_role(
        actor=SYSTEM, person=ewa, role=reader, scope_kind="group", scope_id=group.pk
    )
    pk = group.pk
    group.delete()

    services.end_assignment(actor=SYSTEM, assignment=assignment)

    before, _ = last()
    assert (before["scope"], before["scope_id"]) == (None, str(pk))


def test_the_log_keeps_the_name_of_that_day(ewa, reader):
    services.assign_role(actor=SYSTEM, person=ewa, role=reader)
    _, after = last()

    reader.name = "Przegląda"
    reader.save()
    entry = Entry.objects.get(after=after)

    assert entry.after["role"] == "Czyta"


def test_a_function_is_given_to_a_person_and_to_a_role_in_words(ewa, reader):
    function = services.add_function(actor=SYSTEM, code="zatwierdza", name="Zatwierdza za referat")
    services.give_function(actor=SYSTEM, function=function, person=ewa)
    by_person = {
        "function": "Zatwierdza za referat",
        "function_code": "zatwierdza",
        "role": None,
        "role_id": None,
        "person": "Ewa Lis",
        "person_id": str(ewa.pk),
        "scope": "całe miasto",
        "scope_kind": "city",
        "scope_id": None,
    }
    assert last() == (None, by_person)

    holder = services.give_function(actor=SYSTEM, function=function, role=reader)
    by_role = by_person | {
        "role": "Czyta",
        "role_id": str(reader.pk),
        "person": None,
        "person_id": None,
    }
    assert last() == (None, by_role)
    services.take_function(actor=SYSTEM, holder=holder)
    assert last() == (by_role, None)


def test_a_substitute_is_named_beside_the_absent(ewa, ola):
    substitution = services.appoint_substitute(
        actor=SYSTEM, person=ewa, substitute=ola, starts_on=TODAY, ends_on=TODAY
    )
    facts = {
        "person": "Ewa Lis",
        "person_id": str(ewa.pk),
        "substitute": "Ola Sowa",
        "substitute_id": str(ola.pk),
        "starts_on": TODAY.isoformat(),
        "ends_on": TODAY.isoformat(),
    }
    assert last() == (None, facts)

    services.end_substitution(actor=SYSTEM, substitution=substitution)
    assert last() == (facts, None)


def test_a_closed_account_names_who_takes_the_matters_over(ewa, ola):
    services.close_account(actor=SYSTEM, person=ewa, successor=ola)

    entry = Entry.objects.get(deed="accounts.close_account", target_id=str(ewa.pk))
    assert (entry.after["successor"], entry.after["successor_id"]) == ("Ola Sowa", str(ola.pk))
