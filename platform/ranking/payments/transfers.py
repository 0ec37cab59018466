"""Transfers checked before anybody is paid: accounts, names, sums; equal ones found."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from opium import identifiers
from opium.errors import FieldError
from opium.polish import fold, format_money
from ranking.errors import PaymentsFaulty

GROSZ = Decimal("0.01")
MOST = Decimal("99999999999.99")
MOST_TRANSFERS = 10_000
MOST_SIGNS = 300
"""Of a name, an address, a title."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """One payment. `key` says whose it is for the program, `whose` for people (a sign, a title)."""

    key: str
    whose: str
    name: str
    address: str
    account: str
    """As people write it: with blanks, with or without PL."""
    amount: Decimal
    title: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody should look at, though it may be right."""

    keys: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class PaymentList:
    """Transfers that can be paid, in their order, each account as 26 digits."""

    transfers: tuple[Transfer, ...]
    total: Decimal
    remarks: tuple[Remark, ...]


def check(transfers: Sequence[Transfer], *, granted: Decimal) -> PaymentList:
    """The list, where every account is a Polish one with right control digits (NRB, modulo 97).

    Raises `PaymentsFaulty` with every faulty line: an account that is absent or wrong, no name, no
    title, one of them or an address that is too long, a sum that is nothing or not in whole
    grosze; or where all together are not what was granted, to the grosz. Two lines with one
    account, or one person twice, are remarks.
    """
    faults = [one for number, of in enumerate(transfers) for one in _faults(number, of)]
    total = sum((one.amount for one in transfers), Decimal("0.00"))
    if not transfers:
        faults.append(FieldError("", "Na liście nie ma ani jednej wypłaty."))
    if len(transfers) > MOST_TRANSFERS:
        faults.append(FieldError("", f"Jedna lista ma najwyżej {MOST_TRANSFERS} wypłat."))
    if not faults and total != granted:
        faults.append(
            FieldError(
                "",
                f"Wypłaty razem to {format_money(total)}, a przyznano {format_money(granted)}. "
                "Sprawdź kwoty.",
            )
        )
    if faults:
        raise PaymentsFaulty(errors=faults)
    clean = tuple(
        Transfer(
            one.key,
            one.whose,
            one.name.strip(),
            one.address.strip(),
            identifiers.compact(one.account),
            one.amount,
            one.title.strip(),
        )
        for one in transfers
    )
    return PaymentList(clean, total, tuple(_remarks(clean)))


def _faults(number: int, one: Transfer) -> Iterator[FieldError]:
    place, whose = f"transfers.{number}", one.whose or f"pozycja {number + 1}."
    if not one.account.strip():
        yield FieldError(f"{place}.account", f"{whose}: brak numeru rachunku.")
    elif not identifiers.is_nrb(one.account):
        sentence = (
            f"{whose}: numer rachunku jest błędny. Ma 26 cyfr, a cyfry kontrolne muszą się zgadzać."
        )
        yield FieldError(f"{place}.account", sentence)
    if not one.name.strip():
        yield FieldError(f"{place}.name", f"{whose}: brak nazwy odbiorcy.")
    if not one.title.strip():
        yield FieldError(f"{place}.title", f"{whose}: brak tytułu przelewu.")
    texts = (
        ("name", "nazwa odbiorcy", one.name),
        ("address", "adres odbiorcy", one.address),
        ("title", "tytuł przelewu", one.title),
    )
    for field, called, text in texts:
        if len(text.strip()) > MOST_SIGNS:
            sentence = f"{whose}: {called} ma więcej niż {MOST_SIGNS} znaków. Wskaż krótszą treść."
            yield FieldError(f"{place}.{field}", sentence)
    if not GROSZ <= one.amount <= MOST or one.amount != one.amount.quantize(GROSZ):
        yield FieldError(
            f"{place}.amount", f"{whose}: kwota ma być większa od zera i w pełnych groszach."
        )


def _remarks(transfers: Sequence[Transfer]) -> Iterator[Remark]:
    by_account: dict[str, list[Transfer]] = defaultdict(list)
    by_name: dict[str, list[Transfer]] = defaultdict(list)
    for one in transfers:
        by_account[one.account].append(one)
        by_name[fold(one.name)].append(one)
    for same in by_account.values():
        if len({fold(one.name) for one in same}) > 1:
            names = ", ".join(one.name for one in same)
            yield Remark(_keys(same), f"Jeden rachunek mają różni odbiorcy: {names}.")
    for same in by_name.values():
        if len({one.account for one in same}) > 1:
            yield Remark(_keys(same), f"{same[0].name} ma na liście różne rachunki.")
        elif len(same) > 1:
            told = f"{same[0].name} jest na liście {len(same)} razy, na ten sam rachunek."
            yield Remark(_keys(same), told)


def _keys(transfers: Sequence[Transfer]) -> tuple[str, ...]:
    return tuple(one.key for one in transfers)
