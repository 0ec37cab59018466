"""Reading a catalogue's files; no database."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

Document = Mapping[str, Any]
SHIPPED = Path(__file__).parent / "shipped"
"""What the platform brings: the seven types of applications."""


class CatalogueUnreadable(Exception):  # a fact, as everywhere in the house
    """A file is missing or is no JSON; the message says which, in Polish."""


@dataclass(frozen=True, slots=True)
class Type:
    """One type of applications: its procedure and the forms that it names."""

    key: str
    procedure: Document
    forms: Mapping[str, Document]


@dataclass(frozen=True, slots=True)
class FunctionPlayed:
    name: str
    role: str
    """The starting role whose holders play it until the city says otherwise."""


@dataclass(frozen=True, slots=True)
class LetterFile:
    name: str
    path: Path
    asks: tuple[str, ...]
    """The values that the docx asks for, so that nobody has to open it to know."""


@dataclass(frozen=True, slots=True)
class PotPlanned:
    name: str
    amount: Decimal
    """An example in złote: the city's own budget says how much there is."""


@dataclass(frozen=True, slots=True)
class ClassListed:
    """An example: the city's own file plan says which class its matters belong to."""

    name: str
    archive_category: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    types: Sequence[Type]
    functions: Mapping[str, FunctionPlayed] | None = None
    """None where the folder says nothing of functions; likewise those below."""
    tables: Sequence[Document] | None = None
    letters: Mapping[str, LetterFile] | None = field(default=None)
    pots: Mapping[str, PotPlanned] | None = None
    """By the code that stages name."""
    classes: Mapping[str, ClassListed] | None = None
    """By the code that procedures name: `WE.4424`."""


@cache
def shipped() -> Catalogue:
    """What the platform brings; its files change with the program only."""
    return read(SHIPPED)


def functions_of(procedure: Document) -> dict[str, str]:
    """Key -> name of each function that acts in it."""
    return {one["key"]: one["name"] for one in procedure.get("functions", ())}


def letters_of(procedure: Document) -> set[str]:
    """The templates that its stages issue and its transitions send."""
    issued = {key for stage in procedure["stages"] for key in stage.get("letters", ())}
    effects = (effect for way in procedure["transitions"] for effect in way.get("effects", ()))
    return issued | {one["template"] for one in effects if one["kind"] == "letter"}


def pots_of(procedure: Document) -> set[str]:
    """The codes of the pots that its stages grant money from."""
    rows = (
        row
        for stage in procedure["stages"]
        for row in (stage.get("parameters") or {}).get("pots", ())
    )
    return {row["pot"] for row in rows}


def only(catalogue: Catalogue, key: str) -> Catalogue | None:
    """The type with what it needs of the rest; None where the catalogue has no such type."""
    one = next((one for one in catalogue.types if one.key == key), None)
    if one is None:
        return None
    texts = json.dumps([one.procedure, one.forms], ensure_ascii=False)

    def named(listed: Mapping[str, Any] | None, wanted: Collection[str]) -> dict[str, Any]:
        return {name: value for name, value in (listed or {}).items() if name in wanted}

    return replace(
        catalogue,
        types=[one],
        functions=named(catalogue.functions, functions_of(one.procedure)),
        tables=[table for table in catalogue.tables or () if table["key"] in texts],
        letters=named(catalogue.letters, letters_of(one.procedure)),
        pots=named(catalogue.pots, pots_of(one.procedure)),
        classes=named(catalogue.classes, {one.procedure.get("class", "")}),
    )


def read(folder: Path) -> Catalogue:
    """A catalogue, or one type of it. Raises `CatalogueUnreadable`."""
    if (folder / "procedure.json").is_file():
        return Catalogue([_type(folder)])
    home = folder / "types" if (folder / "types").is_dir() else folder
    types = sorted(path.parent for path in home.glob("*/procedure.json"))
    if not types:
        raise CatalogueUnreadable(
            f"W folderze „{folder}” nie ma żadnego pliku procedure.json ani folderu, który go ma."
        )
    functions = _optional(folder / "functions.json")
    letters = _optional(folder / "letters.json")
    pots = _optional(folder / "pots.json")
    classes = _optional(folder / "classes.json")
    return Catalogue(
        types=[_type(path) for path in types],
        functions=functions
        and {key: FunctionPlayed(one["name"], one["role"]) for key, one in functions.items()},
        tables=_optional(folder / "tables.json"),
        letters=letters
        and {
            key: LetterFile(
                one["name"], _letter(folder / "letters" / f"{key}.docx"), tuple(one["asks"])
            )
            for key, one in letters.items()
        },
        pots=pots
        and {code: PotPlanned(one["name"], Decimal(one["amount"])) for code, one in pots.items()},
        classes=classes
        and {
            code: ClassListed(one["name"], one["archive_category"]) for code, one in classes.items()
        },
    )


def _type(folder: Path) -> Type:
    forms = {path.stem: _json(path) for path in sorted((folder / "forms").glob("*.json"))}
    return Type(folder.name, _json(folder / "procedure.json"), forms)


def _letter(path: Path) -> Path:
    if not path.is_file():
        raise CatalogueUnreadable(f"Brakuje pliku „{path}”.")
    return path


def _optional(path: Path) -> Any:
    return _json(path) if path.is_file() else None


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise CatalogueUnreadable(f"Plik „{path}” nie jest zapisany w UTF-8.") from error
    except json.JSONDecodeError as error:
        place = f"wiersz {error.lineno}, znak {error.colno}"
        raise CatalogueUnreadable(f"Plik „{path}” nie jest poprawnym JSON ({place}).") from error
