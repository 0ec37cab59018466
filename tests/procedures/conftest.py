import pytest

from tests.factories import procedures as made
from tests.factories.directory import UnitFactory


@pytest.fixture
def unit():
    return UnitFactory(short_name="SP nr 7")


@pytest.fixture
def head(unit):
    return made.head_of(unit, first_name="Jan", last_name="Dyrektor")


@pytest.fixture
def clerk():
    return made.officer("referent", first_name="Ewa", last_name="Lis")


@pytest.fixture
def boss():
    return made.officer("kierownik", first_name="Adam", last_name="Nowak")


@pytest.fixture
def procedure():
    return made.published()


@pytest.fixture
def case(procedure, head, unit):
    """A submitted application that waits for its formal check."""
    return made.submitted(procedure, head, unit)
