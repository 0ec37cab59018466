"""Taking the list of units away as a file: what the screen shows, as filtered and ordered."""

from collections.abc import Mapping
from typing import IO

from django.db import transaction
from django.db.models import QuerySet

from audit import services as audit
from modules.directory.deeds import Deed
from modules.directory.permissions import Permission
from modules.directory.selectors import units_visible_to
from opium.models import AT_ONCE
from opium.permissions import Actor, require
from spreadsheets.writing import Column, Kind
from units.models import Unit

_COLUMNS = (
    Column("Nazwa skrócona", id="unit"),
    Column("Nazwa", id="unit"),
    Column("Rodzaj", id="kind"),
    Column("Numery RSPO", id="rspo"),
    Column("Ulica", id="address"),
    Column("Numer budynku", id="address"),
    Column("Numer lokalu", id="address"),
    Column("Kod pocztowy", id="address"),
    Column("Miejscowość", id="address"),
    Column("Telefon", id="phone"),
    Column("E-mail", id="email"),
    Column("Strona internetowa", id="website"),
    Column("NIP", id="nip"),
    Column("REGON", id="regon"),
    Column("Adres do e-Doręczeń", id="edoreczenia"),
    Column("Data założenia", Kind.DATE, id="opened"),
    Column("Data zamknięcia", Kind.DATE, id="unit"),
)


@transaction.atomic
def export_units(*, actor: Actor, units: QuerySet[Unit], query: Mapping[str, object]) -> IO[bytes]:
    """The units as an xlsx with a row for each, in the given order; an entry of the log.

    Units that the actor may not view are left out; `query` says in the log how it was narrowed.
    The caller closes the file.
    """
    require(actor, Permission.VIEW_UNITS)
    seen = units_visible_to(actor).order_by().values("pk")
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
        for unit in units.filter(pk__in=seen).iterator(chunk_size=AT_ONCE)
    )
    return audit.write_list(
        actor=actor,
        deed=Deed.EXPORT_UNITS,
        right=Permission.VIEW_UNITS,
        model=Unit,
        query=query,
        columns=_COLUMNS,
        rows=rows,
        name="Jednostki",
    )
