"""Taking the list of units away as a file: what the screen shows, as filtered and ordered."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import QuerySet

from audit import services as audit
from modules.directory.deeds import Deed
from modules.directory.models import Unit
from modules.directory.permissions import Permission
from opium.permissions import Actor
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


@transaction.atomic
def export_units(*, actor: Actor, units: QuerySet[Unit], query: Mapping[str, object]) -> bytes:
    """The units as an xlsx with a row for each, in the given order; an entry of the log.

    `units` comes from `selectors.units_visible_to` of the same actor; `query` says in the log how
    it was narrowed.
    """
    found = list(units)
    audit.record_export(
        actor=actor,
        deed=Deed.EXPORT_UNITS,
        right=Permission.VIEW_UNITS,
        model=Unit,
        query=query,
        rows=len(found),
    )
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
        for unit in found
    )
    return write_table(_COLUMNS, rows, name="Jednostki", frozen=1)
