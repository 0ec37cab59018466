import pytest

from tests.factories import applications
from tests.factories import procedures as made
from tests.factories.directory import UnitFactory


@pytest.fixture
def unit():
    return UnitFactory(short_name="SP Siódma")


@pytest.fixture
def head(unit):
    return made.head_of(unit, first_name="Jan", last_name="Dyrektor")


@pytest.fixture
def clerk():
    return applications.clerk(first_name="Ewa", last_name="Lis")
