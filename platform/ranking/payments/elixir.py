"""Elixir-0: the file of domestic transfers that Polish banks read.

Known from banks' public descriptions (read 2026-11-30): a text file, one transfer a line, each
line ended by CR LF; the bank reads CP1250, ISO 8859-2 or UTF-8; some refuse `: ; & @ $` and the
quotation mark within texts. Not held against any bank's own description: the order of the sixteen
fields below, `110` for an ordinary transfer and `51` for its kind. So whatever a bank could want
otherwise is a member of `Layout`, and a city tries its first file with its bank before it pays.
"""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from opium import identifiers
from opium.errors import FieldError
from ranking.errors import PaymentsFaulty
from ranking.payments.transfers import PaymentList, Transfer


@dataclass(frozen=True, slots=True)
class Layout:
    """What banks differ in."""

    encoding: str = "cp1250"
    line_end: str = "\r\n"
    order: str = "110"
    kind: str = "51"
    line_length: int = 35
    lines: int = 4
    """Of a name with its address, and of a title: so many, joined by `joint`."""
    joint: str = "|"
    forbidden: str = ':;&@$"|'
    """Each becomes a blank."""


@dataclass(frozen=True, slots=True)
class Payer:
    name: str
    address: str
    account: str


def write_elixir(
    payments: PaymentList, *, payer: Payer, day: date, layout: Layout | None = None
) -> bytes:
    """The list as a bank's file, paid on the day. Letters that the encoding lacks become `?`.

    Raises `PaymentsFaulty` where the payer's account is wrong, or a title is longer than the file
    can hold: a title cut short could be another one.
    """
    layout = layout or Layout()
    if not identifiers.is_nrb(payer.account):
        sentence = "Numer rachunku, z którego się płaci, jest błędny. Popraw go w ustawieniach."
        raise PaymentsFaulty(errors=[FieldError("payer.account", sentence)])
    room = layout.line_length * layout.lines
    long = [
        FieldError(
            f"transfers.{number}.title",
            f"{one.whose}: tytuł przelewu nie mieści się w {layout.lines} wierszach po "
            f"{layout.line_length} znaków. Skróć go.",
        )
        for number, one in enumerate(payments.transfers)
        if len(one.title) > room or len(_wrapped(one.title, layout)) > layout.lines
    ]
    if long:
        raise PaymentsFaulty(errors=long)
    lines = [_line(one, payer, day, layout) for one in payments.transfers]
    text = "".join(line + layout.line_end for line in lines)
    return text.encode(layout.encoding, "replace")


def _line(transfer: Transfer, payer: Payer, day: date, layout: Layout) -> str:
    own = identifiers.compact(payer.account)
    fields = [
        layout.order,
        f"{day:%Y%m%d}",
        str(int(transfer.amount * 100)),
        _bank(own),
        "0",
        _quoted(own),
        _quoted(transfer.account),
        _quoted(_block((payer.name, payer.address), layout)),
        _quoted(_block((transfer.name, transfer.address), layout)),
        "0",
        _bank(transfer.account),
        _quoted(_block((transfer.title,), layout)),
        _quoted(""),
        _quoted(""),
        _quoted(layout.kind),
        _quoted(""),
    ]
    return ",".join(fields)


def _bank(account: str) -> str:
    """The eight digits by which an account names its bank."""
    return account[2:10]


def _block(texts: Iterable[str], layout: Layout) -> str:
    lines = [line for text in texts for line in _wrapped(text, layout)]
    return layout.joint.join(lines[: layout.lines])


def _wrapped(text: str, layout: Layout) -> list[str]:
    clean = "".join(" " if one in layout.forbidden else one for one in text)
    return textwrap.wrap(" ".join(clean.split()), layout.line_length)


def _quoted(text: str) -> str:
    return f'"{text}"'
