"""The payment list: what was given, to whom and on which account; as xlsx, and for a bank. Pure."""

from ranking.payments.elixir import Layout, Payer, write_elixir
from ranking.payments.listing import write_list
from ranking.payments.transfers import PaymentList, Remark, Transfer, check

__all__ = [
    "Layout",
    "Payer",
    "PaymentList",
    "Remark",
    "Transfer",
    "check",
    "write_elixir",
    "write_list",
]
