"""The lists of the budget as files: what the screen shows, as filtered and ordered."""

from collections.abc import Iterator, Mapping, Sequence
from typing import IO

from django.db import transaction
from django.db.models import QuerySet

from audit import services as audit
from budget.deeds import Deed
from budget.models import OF_POT, Entry, Pot
from budget.permissions import Permission
from budget.selectors.figures import figures_of
from budget.selectors.ledger import owners_of
from budget.selectors.pots import disposers_of
from opium.models import in_blocks
from opium.permissions import Actor, require
from spreadsheets.writing import Cell, Column, Kind

POT_COLUMNS = (
    Column("Rok", Kind.NUMBER, id="pot"),
    Column("Kod", id="pot"),
    Column("Nazwa", width=40, id="pot"),
    Column("Wydzielona z", width=30, id="pot"),
    Column("Źródło środków", width=25, id="fund"),
    Column("Klasyfikacja", id="classification"),
    Column("Dysponent", width=30, id="disposer"),
    Column("Plan", Kind.MONEY, id="use"),
    Column("Wydzielono", Kind.MONEY, id="use"),
    Column("Wnioskowano", Kind.MONEY, id="asked"),
    Column("Zarezerwowano", Kind.MONEY, id="use"),
    Column("Przyznano", Kind.MONEY, id="granted"),
    Column("Zafakturowano", Kind.MONEY, id="use"),
    Column("Rozliczono", Kind.MONEY, id="use"),
    Column("Zwrócono", Kind.MONEY, id="use"),
    Column("Zostało", Kind.MONEY, id="left"),
)
ENTRY_COLUMNS = (
    Column("Kiedy", Kind.DATETIME, id="at"),
    Column("Co", id="what"),
    Column("Kwota", Kind.MONEY, id="amount"),
    Column("Czego dotyczy", width=40, id="subject"),
    Column("Cofa zapis", id="what"),
    Column("Powód", width=40, id="subject"),
    Column("Kto", width=25, id="who"),
)


@transaction.atomic
def export_pots(*, actor: Actor, pots: QuerySet[Pot], query: Mapping[str, object]) -> IO[bytes]:
    """The pots with their figures as an xlsx, an open file; an entry of the log.

    `pots` comes from `selectors.pots_visible_to` of the same actor; `query` says in the log how it
    was narrowed.
    """
    require(actor, Permission.VIEW_POTS)
    return audit.write_list(
        deed=Deed.EXPORT_POTS,
        actor=actor,
        right=Permission.VIEW_POTS,
        model=Pot,
        columns=POT_COLUMNS,
        rows=_pots(pots),
        name="Pule",
        query=query,
        frozen=2,
    )


def _pots(pots: QuerySet[Pot]) -> Iterator[Sequence[Cell]]:
    for block in in_blocks(pots.select_related("parent", "classification")):
        figures, disposers = figures_of([one.pk for one in block]), disposers_of(block)
        for pot in block:
            told = figures[pot.pk]
            yield (
                pot.year,
                pot.code,
                pot.name,
                pot.parent.name if pot.parent else "",
                pot.fund,
                pot.classification.code if pot.classification else "",
                disposers[pot.pk],
                told.planned,
                told.delegated,
                told.asked,
                told.reserved,
                told.granted,
                told.invoiced,
                told.settled,
                told.returned,
                told.left,
            )


@transaction.atomic
def export_entries(
    *, actor: Actor, entries: QuerySet[Entry], query: Mapping[str, object]
) -> IO[bytes]:
    """A ledger as an xlsx, an open file; an entry of the log.

    `entries` comes from `selectors.entries_of` of the same actor.
    """
    require(actor, Permission.VIEW_POTS)
    return audit.write_list(
        deed=Deed.EXPORT_ENTRIES,
        actor=actor,
        right=Permission.VIEW_POTS,
        model=Entry,
        columns=ENTRY_COLUMNS,
        rows=_entries(actor, entries),
        name="Zapisy",
        query=query,
        frozen=2,
    )


def _entries(actor: Actor, entries: QuerySet[Entry]) -> Iterator[Sequence[Cell]]:
    for block in in_blocks(entries):
        owners = owners_of(actor, block)
        for one in block:
            owner = owners.get((one.owner_kind, one.owner_id))
            told = "plan puli" if one.owner_kind == OF_POT or owner is None else ""
            yield (
                one.at,
                " ".join(filter(None, (one.get_kind_display(), one.get_releases_display())))
                if one.releases
                else one.get_kind_display(),
                one.amount,
                told or (owner.name or owner.label if owner is not None else ""),
                one.reverses_id,
                one.reason,
                one.made_by_name,
            )
