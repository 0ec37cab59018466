"""The publishing checks on files, as a city would meet them; no database."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from catalogue.parsing import Catalogue, Document, Type
from forms import definition as forms
from forms.expressions import TableShape, shape_of
from procedures import checking as procedures
from procedures.definition import Unreadable
from procedures.definition import read as read_procedure


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that would keep a type from being published."""

    type: str
    file: str
    stage: str
    """The key of the stage at fault; "" where it is none."""
    where: str
    sentence: str

    def __str__(self) -> str:
        stage = f" [etap {self.stage}]" if self.stage else ""
        where = f" {self.where}:" if self.where else ""
        return f"{self.type}/{self.file}{stage}{where} {self.sentence}"


def check(catalogue: Catalogue) -> list[Problem]:
    """Everything that would keep the catalogue's types from being published; [] if nothing."""
    return [problem for one in catalogue.types for problem in _check_type(one, catalogue)]


def _check_type(one: Type, catalogue: Catalogue) -> Iterator[Problem]:
    tables = _tables(catalogue.tables)
    known: dict[str, forms.Definition] = {}
    for key, document in one.forms.items():
        file = f"forms/{key}.json"
        try:
            known[key] = forms.read(document)
        except forms.Unreadable as unreadable:
            for fault in unreadable.faults:
                yield Problem(one.key, file, "", fault.where, fault.sentence)
            continue
        for fault in forms.check(known[key], tables=tables):
            yield Problem(one.key, file, "", fault.where, fault.sentence)
    try:
        procedure = read_procedure(one.procedure)
    except Unreadable as unreadable:
        for wrong in unreadable.faults:
            yield Problem(one.key, "procedure.json", wrong.stage, wrong.where, wrong.sentence)
        return
    faults = procedures.check(
        procedure,
        form=known.get(procedure.form),
        forms=known,
        functions=_played(catalogue),
        letters=catalogue.letters and set(catalogue.letters),
        classes=catalogue.classes and set(catalogue.classes),
        pots=None if catalogue.pots is None else dict.fromkeys(catalogue.pots, ()),
        tables=tables,
    )
    for wrong in faults:
        yield Problem(one.key, "procedure.json", wrong.stage, wrong.where, wrong.sentence)


def _played(catalogue: Catalogue) -> Mapping[str, bool] | None:
    if catalogue.functions is None:
        return None
    return dict.fromkeys(catalogue.functions, True)


def _tables(tables: Sequence[Document] | None) -> Mapping[str, TableShape] | None:
    if tables is None:
        return None
    return {table["key"]: shape_of(table["columns"], table.get("keys", ())) for table in tables}
