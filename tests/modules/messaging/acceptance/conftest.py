import pytest

from modules.messaging.permissions import Permission
from tests.factories.accounts import person_with
from tests.factories.directory import MembershipFactory, SectionFactory
from tests.factories.messaging import clerk as make_clerk
from tests.factories.procedures import officer


@pytest.fixture
def section(city):
    return SectionFactory(name="Referat szkół")


@pytest.fixture
def clerk(section):
    person = make_clerk(first_name="Ewa", last_name="Lis")
    MembershipFactory(person=person, section=section, unit=None)
    return person


@pytest.fixture
def boss():
    return officer("kierownik", first_name="Adam", last_name="Nowak")


@pytest.fixture
def director():
    return officer("dyrektor", first_name="Iga", last_name="Mróz")


@pytest.fixture
def admin():
    return person_with(Permission.SET_ACCEPTANCE)
