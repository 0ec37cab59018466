"""The list of units as a workbook."""

from collections.abc import Iterable

from modules.directory.models import Unit
from spreadsheets.writing import Column, Kind, write_table

_COLUMNS = (
    Column("Nazwa skrócona"),
    Column("Nazwa"),
    Column("Rodzaj"),
    Column("Numery RSPO"),
    Column("Ulica"),
    Column("Numer budynku"),
    Column("Numer lokalu"),
    Column("Kod pocztowy"),
    Column("Miejscowość"),
    Column("Telefon"),
    Column("E-mail"),
    Column("Strona internetowa"),
    Column("NIP"),
    Column("REGON"),
    Column("Adres do e-Doręczeń"),
    Column("Data założenia", Kind.DATE),
    Column("Data zamknięcia", Kind.DATE),
)


def units_workbook(units: Iterable[Unit]) -> bytes:
    """An xlsx with a row for each unit, in the given order."""
    rows = (
        (
            unit.short_name,
            unit.name,
            unit.kind.name,
            ", ".join(entry.rspo for entry in unit.entries.all()),
            unit.street,
            unit.building,
            unit.flat,
            unit.postal_code,
            unit.city,
            unit.phone,
            unit.email,
            unit.website,
            unit.nip,
            unit.regon,
            unit.edoreczenia,
            unit.opened_on,
            unit.closed_on,
        )
        for unit in units
    )
    return write_table(_COLUMNS, rows, name="Jednostki", frozen=1)
