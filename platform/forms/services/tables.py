"""Tables of the city: what they hold, and by what their rows are found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction

from audit import services as audit
from forms import selectors
from forms.deeds import Deed
from forms.errors import ColumnsFaulty, KeysFixed, KeyTaken, ListInUse
from forms.expressions import FROM
from forms.models import UnitTable, UnitTableRow
from forms.permissions import Permission
from forms.services import grids
from forms.services.uploads import SINCE_TITLE, UNIT_TITLES
from opium.errors import FieldError
from opium.permissions import WHOLE_CITY, Actor, require
from opium.polish import fold
from spreadsheets.writing import write_table

TYPES = ("number", "money", "text", "date", "yes_no")


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its key as expressions name it, its title, and what it holds (one of `TYPES`)."""

    key: str
    label: str
    type: str = "number"


@transaction.atomic
def add_table(
    *,
    actor: Actor,
    key: str,
    name: str,
    columns: Sequence[TableColumn],
    keys: Sequence[TableColumn] = (),
) -> UnitTable:
    """With one row a unit, or with `keys` by which its rows are found (`grids.KEY_TYPES`).

    Raises `KeyTaken`, `ColumnsFaulty`.
    """
    require(actor, Permission.MANAGE_DICTIONARIES, WHOLE_CITY)
    taken = UnitTable.objects.filter(key=key).first()
    if taken is not None:
        raise KeyTaken(key=key, name=taken.name)
    made, named = _columns(columns, keys)
    table = UnitTable.objects.create(key=key, name=name.strip(), columns=made, keys=named)
    _record(
        actor, Deed.ADD_TABLE, table, {"name": table.name, "columns": [one.key for one in columns]}
    )
    return table


@transaction.atomic
def change_table(
    *,
    actor: Actor,
    table: UnitTable,
    name: str | None = None,
    columns: Sequence[TableColumn] | None = None,
    keys: Sequence[TableColumn] | None = None,
) -> UnitTable:
    """Change what is given; a column left out takes its values with it.

    The key never changes: forms name it. Nor do the keys of rows that there are. Raises
    `ColumnsFaulty`, `KeysFixed`.
    """
    require(actor, Permission.MANAGE_DICTIONARIES, table)
    table = UnitTable.objects.select_for_update().get(pk=table.pk)
    if name is not None:
        table.name = name.strip()
    if columns is not None or keys is not None:
        _reshape(actor, table, columns, keys)
    table.save(update_fields=["name", "sort_key", "columns", "keys", "updated_at"])
    _record(
        actor,
        Deed.CHANGE_TABLE,
        table,
        {"name": table.name, "columns": [one["key"] for one in table.columns]},
    )
    return table


@transaction.atomic
def remove_table(*, actor: Actor, table: UnitTable) -> None:
    """Forget a table that no form has ever quoted. Raises `ListInUse`."""
    require(actor, Permission.MANAGE_DICTIONARIES, table)
    if users := selectors.forms_naming(table=table.key):
        raise ListInUse(name=table.name, forms=", ".join(users))
    audit.record(
        actor=actor,
        deed=Deed.REMOVE_TABLE,
        right=Permission.MANAGE_DICTIONARIES,
        target=table,
        before={"name": table.name, "key": table.key},
    )
    table.delete()


def table_template(table: UnitTable) -> bytes:
    """An empty workbook with the right headers."""
    return write_table(grids.columns_of(table), [], name=table.name)


def _reshape(
    actor: Actor,
    table: UnitTable,
    columns: Sequence[TableColumn] | None,
    keys: Sequence[TableColumn] | None,
) -> None:
    """Other columns of a table with keys are an edition of it, with the values that stay."""
    given_columns = [TableColumn(**one) for one in table.columns] if columns is None else columns
    given_keys = [TableColumn(**one) for one in table.keys] if keys is None else keys
    made, named = _columns(given_columns, given_keys)
    has_rows = table.edition > 0 or UnitTableRow.objects.filter(table=table).exists()
    if [one["type"] for one in named] != [one["type"] for one in table.keys] and has_rows:
        raise KeysFixed(name=table.name)
    table.columns, table.keys = made, named
    newest = selectors.rows_of_edition(table) if table.edition else None
    if newest is not None:
        types = {one["key"]: one["type"] for one in newest.columns}
        staying = {one["key"] for one in made if types.get(one["key"]) == one["type"]}
        rows = [
            {**row, "values": {key: row["values"][key] for key in row["values"] if key in staying}}
            for row in newest.rows
        ]
        grids.put_edition(table, rows, by=actor.pk)


def _columns(
    columns: Sequence[TableColumn], keys: Sequence[TableColumn]
) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    errors: list[FieldError] = []
    titles: set[str] = {fold(SINCE_TITLE)} if keys else set(UNIT_TITLES)
    for named, given, types in (("keys", keys, grids.KEY_TYPES), ("columns", columns, TYPES)):
        seen: set[str] = set()
        for place, column in enumerate(given):
            if column.key in seen:
                errors.append(FieldError(f"{named}.{place}.key", "Ten klucz ma już inna kolumna."))
            if fold(column.label) in titles:
                sentence = "Ten nagłówek ma już inna kolumna albo oznacza jednostkę."
                errors.append(FieldError(f"{named}.{place}.label", sentence))
            if column.type not in types:
                errors.append(FieldError(f"{named}.{place}.type", "Wybierz rodzaj z listy."))
            seen.add(column.key)
            titles.add(fold(column.label))
    if not columns:
        errors.append(FieldError("columns", "Dodaj co najmniej jedną kolumnę."))
    errors += _of_keys(keys)
    if errors:
        raise ColumnsFaulty(errors=errors)
    return _written(columns), _written(keys)


def _of_keys(keys: Sequence[TableColumn]) -> Iterator[FieldError]:
    if len(keys) > grids.MOST_KEYS:
        yield FieldError("keys", f"Tabela może mieć najwyżej {grids.MOST_KEYS} kluczy.")
    for place, key in enumerate(keys[:-1]):
        if key.type == FROM:
            sentence = "Próg „od” może być tylko ostatnim kluczem. Przesuń go na koniec."
            yield FieldError(f"keys.{place}.type", sentence)


def _written(columns: Sequence[TableColumn]) -> list[dict[str, str]]:
    return [{"key": one.key, "label": one.label.strip(), "type": one.type} for one in columns]


def _record(actor: Actor, deed: Deed, table: UnitTable, after: dict[str, object]) -> None:
    audit.record(
        actor=actor, deed=deed, right=Permission.MANAGE_DICTIONARIES, target=table, after=after
    )
