import pytest

from tests.factories import settling
from tests.factories.directory import UnitFactory
from tests.factories.invoices import SCHOOL


@pytest.fixture
def unit():
    return UnitFactory(short_name="SP Siódma", nip=SCHOOL)


@pytest.fixture
def matter(unit):
    """A granted case of 3,000 zł: instruments for 2,000 and a journey for 1,000."""
    return settling.granted(unit)
