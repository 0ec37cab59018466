import pytest

from modules.messaging.models import Delivery
from tests.factories.directory import UnitFactory
from tests.factories.messaging import clerk as make_clerk
from tests.factories.messaging import head_of


@pytest.fixture(autouse=True)
def files_root(settings, tmp_path):
    settings.FILES_ROOT = str(tmp_path)


@pytest.fixture
def clerk(city):
    return make_clerk(first_name="Ewa", last_name="Lis")


@pytest.fixture
def unit(city):
    return UnitFactory(short_name="SP nr 7")


@pytest.fixture
def head(unit):
    return head_of(unit, first_name="Jan", last_name="Nowak")


@pytest.fixture
def delivery_to():
    """The delivery of a message to a unit or person."""

    def find(message, recipient):
        kind = (
            "person" if hasattr(recipient, "email") and hasattr(recipient, "is_active") else "unit"
        )
        return Delivery.objects.get(message=message, **{kind: recipient})

    return find
