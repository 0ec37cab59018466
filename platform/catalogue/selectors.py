"""What the catalogue offers this city: each type, what it needs and lacks, and what differs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from django.utils import timezone

import forms.definition
import forms.differences
import forms.selectors
import procedures.definition
import procedures.differences
import procedures.permissions
import procedures.selectors
from accounts import selectors as accounts
from budget import selectors as budget
from catalogue.parsing import (
    Catalogue,
    Document,
    Type,
    functions_of,
    letters_of,
    pots_of,
    shipped,
)
from catalogue.permissions import Permission
from opium.permissions import SYSTEM, WHOLE_CITY, Actor, require
from procedures.selectors.class_list import active_codes
from procedures.selectors.templates import template_digests

if TYPE_CHECKING:
    from forms.models import FormRevision
    from procedures.models import Procedure, ProcedureRevision

NeedKind = Literal["function", "letter", "pot", "class", "dates"]
NeedState = Literal["ready", "added", "missing"]
TypeState = Literal["absent", "draft", "published", "archived"]


@dataclass(frozen=True, slots=True)
class Need:
    """Something that a type cannot run without."""

    kind: NeedKind
    name: str
    state: NeedState
    """Is there; comes with the type when it is switched on; somebody has to see to it."""
    sentence: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What is otherwise in the catalogue than in the city: it was (here), it is (there)."""

    about: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Offered:
    """A type as the city may have it, or has it."""

    key: str
    name: str
    description: str
    noun: str
    stages: int
    questions: int
    """Of the applicant's form."""
    state: TypeState
    procedure: UUID | None
    draft_version: int
    number: int | None
    """Of the edition that the city has published last."""
    needs: Sequence[Need]
    problems: Sequence[str]
    """What keeps a draft from being published."""
    differences: Sequence[Difference]


def offered(actor: Actor) -> list[Offered]:
    """Every type of the catalogue, those that the city lacks first.

    The number of queries grows only with the types whose drafts wait to be published.
    """
    require(actor, Permission.SWITCH_ON_TYPES, WHOLE_CITY)
    catalogue = shipped()
    city = _City(catalogue)
    found = [_offered(one, catalogue, city) for one in catalogue.types]
    return sorted(found, key=lambda one: (STATES.index(one.state), one.name))


STATES: tuple[TypeState, ...] = ("draft", "absent", "published", "archived")


def bound(procedure: Document, ids: Mapping[str, str]) -> dict[str, object]:
    """The procedure with the ids of the city's forms where the file has their keys."""

    def named(key: str) -> str:
        return ids.get(key, key)

    stages = [
        {**stage, "form": named(stage["form"])} if stage.get("form") else stage
        for stage in procedure["stages"]
    ]
    return {**procedure, "form": named(procedure.get("form", "")), "stages": stages}


def bound_forms(one: Type, mine: Document) -> dict[str, UUID]:
    """Key of the type's form -> the city's form at the same place of its procedure.

    By the place, since a city renames its forms.
    """
    own = {stage.get("key"): stage.get("form") for stage in mine.get("stages", ())}
    pairs = [(one.procedure.get("form"), mine.get("form"))]
    pairs += [(stage.get("form"), own.get(stage["key"])) for stage in one.procedure["stages"]]
    return {key: pk for key, text in pairs if key and (pk := _as_id(text)) is not None}


def _as_id(text: object) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None


class _City:
    """What this city has of all that the catalogue names, read once for every type."""

    def __init__(self, catalogue: Catalogue) -> None:
        documents = [one.procedure for one in catalogue.types]
        named = {str(one["name"]) for one in documents}
        made = procedures.selectors.procedures_made_by(SYSTEM).filter(name__in=named)
        self.procedures: dict[str, Procedure] = {one.name: one for one in made}
        self.revisions: Mapping[UUID, ProcedureRevision] = procedures.selectors.newest_revisions(
            [one.pk for one in self.procedures.values()]
        )
        used = {
            pk
            for one in catalogue.types
            if (mine := self.procedures.get(str(one.procedure["name"])))
            for pk in bound_forms(one, mine.draft).values()
        }
        self.forms: Mapping[UUID, FormRevision] = (
            forms.selectors.newest_revisions(used) if used else {}
        )
        codes = {code for one in documents for code in functions_of(one)}
        self.functions = accounts.function_names(codes)
        self.played = accounts.functions_played(
            codes, procedures.permissions.Permission.ACT_IN_CASE
        )
        self.letters = template_digests()
        self.years = budget.years_by_code()
        self.classes = active_codes()
        self.today = timezone.localdate()


def _offered(one: Type, catalogue: Catalogue, city: _City) -> Offered:
    name = str(one.procedure["name"])
    procedure = city.procedures.get(name)
    revision = city.revisions.get(procedure.pk) if procedure else None
    state = _state(procedure, revision)
    return Offered(
        key=one.key,
        name=name,
        description=str(one.procedure.get("description", "")),
        noun=str(one.procedure.get("noun", "")),
        stages=len(one.procedure["stages"]),
        questions=_questions(one),
        state=state,
        procedure=procedure.pk if procedure else None,
        draft_version=procedure.draft_version if procedure else 0,
        number=revision.number if revision else None,
        needs=list(_needs(one, catalogue, city, procedure)),
        problems=_problems(procedure) if procedure and state == "draft" else [],
        differences=list(_differences(one, catalogue, city, procedure, revision)),
    )


def _state(procedure: "Procedure | None", revision: "ProcedureRevision | None") -> TypeState:
    if procedure is None:
        return "absent"
    if procedure.is_archived:
        return "archived"
    return "published" if revision else "draft"


def _problems(procedure: "Procedure") -> list[str]:
    return [str(fault) for fault in procedures.selectors.problems_of(procedure.draft)]


def _questions(one: Type) -> int:
    form = one.forms.get(str(one.procedure.get("form", "")), {})
    return sum(len(section.get("questions", ())) for section in form.get("sections", ()))


def _needs(
    one: Type, catalogue: Catalogue, city: _City, mine: "Procedure | None"
) -> Iterator[Need]:
    for code, name in functions_of(one.procedure).items():
        yield _function(code, name, catalogue, city)
    for key in sorted(letters_of(one.procedure)):
        letter = (catalogue.letters or {}).get(key)
        yield _there_or_added(
            "letter",
            letter.name if letter else key,
            is_there=key in city.letters,
            there="Wzór jest w mieście.",
            added="Wzór dojdzie razem z typem; potem zmienisz go na własny.",
        )
    for code in sorted(pots_of(one.procedure)):
        yield _pot(code, catalogue, city)
    listed = str(one.procedure.get("class", ""))
    if listed:
        yield _there_or_added(
            "class",
            listed,
            is_there=listed in city.classes,
            there="Klasa jest w wykazie akt.",
            added="Klasa dojdzie do wykazu akt; zmień ją, jeśli Twój wykaz mówi inaczej.",
        )
    yield _dates((mine.draft if mine else one.procedure).get("limits") or {}, city.today)


def _function(code: str, name: str, catalogue: Catalogue, city: _City) -> Need:
    if code not in city.functions:
        played = (catalogue.functions or {}).get(code)
        whose = f", a pełnić ją będą osoby z rolą „{played.role}”" if played else ""
        return Need("function", name, "added", f"Funkcja powstanie razem z typem{whose}.")
    if city.played.get(code):
        return Need("function", city.functions[code], "ready", "Ktoś ją pełni.")
    return Need(
        "function",
        city.functions[code],
        "missing",
        "Nikt, kto może prowadzić sprawy, jej nie pełni. Wskaż osoby albo rolę.",
    )


def _pot(code: str, catalogue: Catalogue, city: _City) -> Need:
    planned = (catalogue.pots or {}).get(code)
    name = planned.name if planned else code
    years = city.years.get(code, frozenset())
    this = city.today.year
    if this in years:
        return Need("pot", name, "ready", f"Pula na {this} r. jest.")
    if years:
        had = ", ".join(str(year) for year in sorted(years))
        return Need("pot", name, "missing", f"Pula jest na {had}, a nie ma jej na {this} r.")
    return Need("pot", name, "added", f"Pula na {this} r. powstanie z kwotą przykładową: zmień ją.")


def _there_or_added(kind: NeedKind, name: str, *, is_there: bool, there: str, added: str) -> Need:
    return Need(kind, name, "ready" if is_there else "added", there if is_there else added)


def _dates(limits: Document, today: date) -> Need:
    opens, closes = _day(limits.get("opens_at")), _day(limits.get("closes_at"))
    if closes is not None and closes < today:
        return Need(
            "dates", "Nabór", "missing", f"Nabór skończył się {_said(closes)}: ustaw nowe dni."
        )
    if opens is None and closes is None:
        return Need("dates", "Nabór", "ready", "Wnioski przyjmuje się przez cały rok.")
    since = f"od {_said(opens)} " if opens else ""
    until = f"do {_said(closes)}" if closes else "bez dnia końca"
    return Need("dates", "Nabór", "ready", f"Nabór trwa {since}{until}.")


def _said(day: date) -> str:
    return f"{day.day}.{day.month:02}.{day.year} r."


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text or "")[:10])
    except ValueError:
        return None


def _differences(
    one: Type,
    catalogue: Catalogue,
    city: _City,
    procedure: "Procedure | None",
    revision: "ProcedureRevision | None",
) -> Iterator[Difference]:
    if procedure is None:
        return
    ids = bound_forms(one, procedure.draft)
    texts = {key: str(pk) for key, pk in ids.items()}
    here: procedures.definition.Procedure | None = (
        procedures.selectors.definition_of(revision)
        if revision
        else procedures.selectors.draft_of(procedure)
    )
    if here is not None:
        there = procedures.definition.read(bound(one.procedure, texts))
        for change in procedures.differences.compare(here, there):
            yield Difference("Procedura", change.sentence)
    for key, document in one.forms.items():
        yield from _form_differences(document, city.forms.get(ids[key]) if key in ids else None)
    yield from _letter_differences(one, catalogue, city)


def _form_differences(document: Document, mine: "FormRevision | None") -> Iterator[Difference]:
    about = f"Formularz „{document.get('title', '')}”"
    if mine is None:
        yield Difference(about, "Miasto nie ma tego formularza w swojej procedurze.")
        return
    for change in forms.differences.compare(
        forms.selectors.definition_of(mine), forms.definition.read(document)
    ):
        yield Difference(about, change.sentence)


def _letter_differences(one: Type, catalogue: Catalogue, city: _City) -> Iterator[Difference]:
    known: Mapping[str, Any] = catalogue.letters or {}
    for key in sorted(letters_of(one.procedure) & known.keys()):
        about = f"Wzór pisma „{known[key].name}”"
        if key not in city.letters:
            yield Difference(about, "Miasto nie ma tego wzoru.")
        elif city.letters[key] != sha256(known[key].path.read_bytes()).hexdigest():
            yield Difference(about, "Miasto ma własny plik, inny niż w katalogu.")
