"""The desk is tried with what modules really write: cases of `procedures`, messages."""

import pytest

from tests.factories.directory import UnitFactory
from tests.procedures.conftest import boss, case, clerk, head, procedure

__all__ = ["boss", "case", "clerk", "head", "procedure"]


@pytest.fixture
def unit():
    return UnitFactory(short_name="SP Leśna")
