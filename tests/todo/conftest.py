"""The desk is tried with what modules really write: cases of `procedures`, messages."""

from tests.procedures.conftest import boss, case, clerk, head, procedure, unit

__all__ = ["boss", "case", "clerk", "head", "procedure", "unit"]
