"""The rows of a register file that were asked for, each cell in its place and cleaned.

Columns are found by their headers, never by position: the register's own export (54 columns in
2026, 35 in 2020 without diacritics) and its rearrangement for OpenStreetMap. Traps: domain.md 1.1.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from modules.directory.errors import NotARegisterFile, NothingSelected
from modules.directory.services.register import tables, values
from opium import identifiers
from opium.polish import fold, plural

Clean = Callable[[str], str]

_COLUMNS: dict[str, tuple[Clean, tuple[str, ...]]] = {
    "rspo": (values.number, ("numer rspo", "nr rspo", "rspo")),
    "type": (values.plain, ("typ", "typ podmiotu")),
    "name": (values.plain, ("nazwa", "nazwa oficjalna")),
    "status": (values.plain, ("publicznosc status", "status publicznosci")),
    "organ": (values.plain, ("nazwa organu prowadzacego", "organ prowadzacy")),
    "teryt": (values.commune, ("kod terytorialny gmina", "gmina kod6")),
    "street": (values.plain, ("ulica",)),
    "building": (values.plain, ("numer budynku", "nr budynku")),
    "flat": (values.plain, ("numer lokalu", "nr lokalu")),
    "postal_code": (values.postal_code, ("kod pocztowy",)),
    "city": (values.plain, ("miejscowosc",)),
    "village": (values.plain, ("miejscowosc bez ulic",)),
    "phone": (values.phone, ("telefon",)),
    "email": (values.email, ("e mail", "email", "adres e mail")),
    "website": (values.website, ("strona www", "www", "strona internetowa")),
    "nip": (values.nip, ("nip",)),
    "regon": (values.regon, ("regon",)),
    "opened_on": (values.plain, ("data zalozenia",)),
    "closed_on": (values.plain, ("data likwidacji",)),
    "parent": (values.number, ("rspo podmiotu nadrzednego",)),
    "parent_type": (values.plain, ("typ podmiotu nadrzednego",)),
    "parent_name": (values.plain, ("nazwa podmiotu nadrzednego",)),
    "note": (values.parent_in_note, ("note",)),
}
"""Field -> how its cell is cleaned, and the headers under which it has been seen."""

_OSM_TERYT = values.padded(6)
_LONGEST = {"type": 150, "name": 500, "status": 150, "organ": 300, "street": 200, "building": 30}
_LONGEST |= {"flat": 30, "city": 100, "phone": 60, "website": 300}
_RSPO_DIGITS = 12
_HINTS = 3


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about one row, for people."""

    row: int
    rspo: str
    text: str


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One establishment of the register; an empty field is one on which the file is silent."""

    row: int
    rspo: str
    name: str
    type: str = ""
    status: str = ""
    organ: str = ""
    teryt: str = ""
    street: str = ""
    building: str = ""
    flat: str = ""
    postal_code: str = ""
    city: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    nip: str = ""
    regon: str = ""
    opened_on: date | None = None
    closed_on: date | None = None
    parent: str = ""
    parent_type: str = ""
    parent_name: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rows count: of that governing body (any case), in communes whose code begins so."""

    organ: str = ""
    teryt: str = ""

    def covers(self, organ: str, teryt: str) -> bool:
        of_body = not self.organ or fold(organ) == fold(self.organ)
        width = min(len(self.teryt), len(teryt) or 1)
        return of_body and (not self.teryt or teryt[:width] == self.teryt[:width])

    def __str__(self) -> str:
        parts = (
            f"organ „{self.organ}”" if self.organ else "",
            self.teryt and f"TERYT {self.teryt}",
        )
        return ", ".join(filter(None, parts)) or "brak"


@dataclass(slots=True)
class Register:
    """What was read: `rows` in the order of the file, and everything worth a remark."""

    selection: Selection = field(default_factory=Selection)
    read: int = 0
    rows: list[RegisterRow] = field(default_factory=list)
    elsewhere: set[str] = field(default_factory=set)
    """Numbers that are in the file but outside the selection."""
    warnings: list[Remark] = field(default_factory=list)
    rejected: list[Remark] = field(default_factory=list)


def read_register(path: Path, *, organ: str = "", teryt: str = "") -> Register:
    """The selected rows; wrong cells are warnings, unusable rows are rejected, both with numbers.

    Raises `NotARegisterFile` where the file is something else, and `NothingSelected`.
    """
    register = Register(Selection(organ.strip(), teryt.strip()))
    organs: Counter[str] = Counter()
    with tables.opened(path) as table:
        places = _places(path, table.header, register.selection)
        seen: set[str] = set()
        for row, cells in table.rows:
            if not any(cells):
                continue
            register.read += 1
            is_short = len(cells) <= max(places.values())
            if is_short or any(cells[len(table.header) :]):
                found = plural(len(cells), "kolumnę", "kolumny", "kolumn")
                text = f"Wiersz ma {found} zamiast {len(table.header)}."
                register.rejected.append(Remark(row, "", text))
            else:
                _take(register, row, _cleaned(cells, places), organs, seen)
    if not register.rows:
        raise NothingSelected(conditions=register.selection, hint=_hint(register, organs))
    return register


def _places(path: Path, header: list[str], selection: Selection) -> dict[str, int]:
    """Field -> column. The first column of a name counts."""
    named: dict[str, int] = {}
    for place, title in enumerate(header):
        named.setdefault(values.header(title), place)
    places = {
        name: next(named[title] for title in titles if title in named)
        for name, (_, titles) in _COLUMNS.items()
        if any(title in named for title in titles)
    }
    needed = {"rspo": "Numer RSPO", "name": "Nazwa"}
    if selection.organ:
        needed["organ"] = "Nazwa organu prowadzącego"
    if selection.teryt:
        needed["teryt"] = "Kod terytorialny gmina"
    missing = [title for name, title in needed.items() if name not in places]
    if missing:
        titles = ", ".join(f"„{title}”" for title in missing)
        raise NotARegisterFile(name=path.name, reason=f"w nagłówku brakuje: {titles}.")
    return places


def _cleaned(cells: list[str], places: dict[str, int]) -> dict[str, str]:
    cleaned = {name: _COLUMNS[name][0](cells[place]) for name, place in places.items()}
    if "note" in cleaned:
        cleaned["parent"] = cleaned.get("parent") or cleaned.pop("note")
        cleaned["teryt"] = _OSM_TERYT(cleaned.get("teryt", ""))
    cleaned["city"] = cleaned.get("city") or cleaned.get("village", "")
    cleaned.pop("village", None)
    cleaned.pop("note", None)
    return cleaned


def _take(
    register: Register,
    row: int,
    cleaned: dict[str, str],
    organs: Counter[str],
    seen: set[str],
) -> None:
    organ, rspo = cleaned.get("organ", ""), cleaned["rspo"].lstrip("0")
    organs[organ] += 1
    if not register.selection.covers(organ, cleaned.get("teryt", "")):
        register.elsewhere.add(rspo)
        return
    reason = _refusal(rspo, cleaned["name"], seen)
    if reason:
        register.rejected.append(Remark(row, rspo, reason))
        return
    seen.add(rspo)
    remarks: list[str] = []
    register.rows.append(_register_row(row, rspo, cleaned, remarks))
    register.warnings += [Remark(row, rspo, text) for text in remarks]


def _refusal(rspo: str, name: str, seen: set[str]) -> str:
    if not rspo.isascii() or not rspo.isdigit() or len(rspo) > _RSPO_DIGITS:
        return f"To nie jest numer RSPO: „{rspo[:40]}”." if rspo else "Brak numeru RSPO."
    if not name:
        return "Brak nazwy."
    if rspo in seen:
        return f"Numer RSPO {rspo} był już w pliku; liczy się pierwszy wiersz."
    return ""


def _register_row(row: int, rspo: str, cleaned: dict[str, str], remarks: list[str]) -> RegisterRow:
    texts = {name: value for name, value in cleaned.items() if name not in _SPECIAL}
    for name, limit in _LONGEST.items():
        if len(texts.get(name, "")) > limit:
            remarks.append(f"Zbyt długi tekst skrócono: „{texts[name][:40]}…”.")
            texts[name] = texts[name][:limit]
    _check_numbers(cleaned, texts, remarks)
    if texts.get("email") and not _is_email(texts["email"]):
        remarks.append(f"Pominięto nieprawidłowy adres e-mail „{texts['email'][:60]}”.")
        texts["email"] = ""
    return RegisterRow(
        row=row,
        rspo=rspo,
        opened_on=_day(cleaned.get("opened_on", ""), "Data założenia", remarks),
        closed_on=_day(cleaned.get("closed_on", ""), "Data likwidacji", remarks),
        **texts,
    )


_SPECIAL = frozenset({"rspo", "opened_on", "closed_on"})
_NUMBERS = {
    "nip": ("NIP", 10, identifiers.is_nip),
    "regon": ("REGON", 14, identifiers.is_regon),
}


def _check_numbers(cleaned: dict[str, str], texts: dict[str, str], remarks: list[str]) -> None:
    """A wrong checksum is a warning (domain.md 1.4); what is no number at all is left out."""
    for name, (title, limit, holds) in _NUMBERS.items():
        number = cleaned.get(name, "")
        if not number or holds(number):
            continue
        if number.isdecimal() and len(number) <= limit:
            remarks.append(f"{title} {number} ma złą cyfrę kontrolną.")
        else:
            remarks.append(f"Pominięto {title} „{number[:40]}”, bo to nie jest numer.")
            texts[name] = ""
    code = texts.get("postal_code", "")
    if code and not identifiers.is_postal_code(code):
        remarks.append(f"Pominięto nieprawidłowy kod pocztowy „{code[:40]}”.")
        texts["postal_code"] = ""
    if not texts.get("teryt", "").isdecimal() or len(texts["teryt"]) > 7:  # noqa: PLR2004  # WWPPGGR
        texts["teryt"] = ""


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254  # noqa: PLR2004  # RFC 5321


def _day(cell: str, title: str, remarks: list[str]) -> date | None:
    try:
        return values.day(cell)
    except ValueError:
        remarks.append(f"Nieczytelna data w kolumnie „{title}”: „{cell[:40]}”.")
        return None


def _hint(register: Register, organs: Counter[str]) -> str:
    if not register.selection.organ or not organs:
        return ""
    wanted = fold(register.selection.organ)
    folded = {fold(organ): organ for organ, _ in organs.most_common() if organ}
    near = get_close_matches(wanted, folded, n=_HINTS, cutoff=0.6)
    if not near:
        return ""
    return (
        " Podobne: "
        + ", ".join(f"„{folded[name]}” ({organs[folded[name]]})" for name in near)
        + "."
    )
