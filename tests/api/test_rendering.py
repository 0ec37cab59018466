"""An answer's JSON is, byte for byte, what DRF itself would write."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.utils.translation import gettext_lazy
from rest_framework.renderers import JSONRenderer
from rest_framework.utils.serializer_helpers import ReturnDict

from api.rendering import Json
from audit.models import Outcome


@pytest.mark.parametrize(
    "answer",
    [
        {"zażółć": '„gęślą” "jaźń"\n\u2028 \u2029 \x7f \x01 😀', "no": None, "yes": True},
        {"id": UUID(int=7), "amount": Decimal("12.50"), "share": 0.1, "whole": -3},
        {"at": datetime(2026, 5, 1, 8, 30, 1, 5000, tzinfo=UTC), "on": date(2026, 5, 1)},
        {"state": Outcome.DONE, "lazy": gettext_lazy("Yes"), 3: ("a", ["b"])},
        ReturnDict({"large": 2**80}, serializer=None),
        [],
        None,
    ],
)
def test_it_writes_the_same_bytes(answer):
    assert Json().render(answer) == JSONRenderer().render(answer)
