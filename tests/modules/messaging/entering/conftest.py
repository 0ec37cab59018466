import pytest

from tests.factories.accounts import person_with
from tests.factories.messaging import sent
from tests.modules.messaging.entering.paper import RIGHTS


@pytest.fixture
def clerk(city):
    return person_with(*RIGHTS, first_name="Ewa", last_name="Lis")


@pytest.fixture
def asked(clerk, unit):
    return sent(clerk, [unit], answer_request={"wants_text": True}).deliveries.get()
