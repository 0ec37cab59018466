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
        files = {"actor": self.reader, "file_id": file.pk, "purpose": PURPOSE}
        reading = services.begin_reading(**files)
        reading.about = str(number)  # of one matter only the newest is offered
        reading.save(update_fields=["about"])
        return reading
