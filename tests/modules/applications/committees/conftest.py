import pytest

from tests.factories import applications as made
from tests.factories.accounts import again


@pytest.fixture
def people():
    """Three who may act in matters; the first one leads where a test seats them all."""
    return [made.judge(first_name=name, last_name="Kowal") for name in ("Anna", "Bogdan", "Celina")]


@pytest.fixture
def now_as():
    """The person as a new request sees them."""
    return again
