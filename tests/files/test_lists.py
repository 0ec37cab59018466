"""The list of a person's readings promises what every list does."""

import pytest

from files import services
from tests.factories.files import uploaded
from tests.lists import ListTest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_purpose")]
PURPOSE = "tests.plain"


class TestReadings(ListTest):
    route, queries = "files/readings/", 5
    whole = {"purpose": PURPOSE}

    def make(self, number):
        file = uploaded(self.reader, f"{number}.pdf")
        return services.begin_reading(actor=self.reader, file_id=file.pk, purpose=PURPOSE)
