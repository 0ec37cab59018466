"""Whether forms are published, parameters are right and expressions mean something."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from forms import definition as forms
from forms import expressions, filling
from forms.expressions import TableShape, Type
from procedures.checking.places import Checked
from procedures.definition import Effect, Fault, Stage, Transition
from procedures.kinds import KINDS, StageKind
from procedures.kinds.registry import pots_of, whole
from procedures.kinds.settlement import budget_table
from procedures.routing import facts_form, has_one_sheet, scope_of

NO_DAY = filling.Facts(today=date(2000, 1, 1))
"""Parameters are judged without a day, a unit or a table."""
RESERVED = frozenset({"jednostka", "sprawa", "sprawy"})
STANDING = {"zalegle": Type.NUMBER, "otwarte": Type.NUMBER}
"""`sprawy.zalegle`, `sprawy.otwarte`: what a unit has of this procedure, overdue on its side and
open; the limits see it."""
BUDGET_COLUMNS = {
    "budget_item": "Kolumna z nazwą pozycji",
    "budget_amount": "Kolumna z kwotą",
}
LETTER, NOTIFY = "letter", "notify"


@dataclass(frozen=True)
class World:
    """What there is besides the procedure; None where it is not known, so not checked."""

    form: forms.Definition | None
    """The applicant's, where it is published."""
    officers: Mapping[str, forms.Definition]
    """Every published form by the name that stages use."""
    letters: Collection[str] | None = None
    effects: Collection[str] | None = None
    classes: Collection[str] | None = None
    pots: Mapping[str, Collection[int]] | None = None
    """Code -> the years that have a pot of it."""
    tables: Mapping[str, Collection[str] | TableShape] | None = None


def check_questions(checked: Checked, world: World) -> Iterator[Fault]:
    yield from _forms(checked, world)
    yield from _limits(checked, world)
    yield from _class(checked, world)
    scope = scope_of(checked.procedure, world.form, world.officers)
    scope |= expressions.Scope(tables=world.tables)
    for stage, kind in checked.known_stages():
        yield from _parameters(checked, stage, kind)
        yield from _questions_named(checked, stage, kind, world)
        yield from _budget(checked, stage, kind, world)
        yield from _pots(checked, stage, kind, world)
    for stage in checked.procedure.stages:
        yield from _letters(checked, stage, world)
        if stage.deadline is not None and stage.deadline.until:
            known = scope | _unpublished(checked, stage.deadline.until, world)
            for sentence in faults_of(stage.deadline.until, known, Type.DATE):
                yield checked.at_stage(stage, "deadline/until", sentence, "Termin")
    for way in checked.procedure.transitions:
        yield from _way(checked, way, scope, world)


def faults_of(text: str, scope: expressions.Scope, wanted: Type) -> Iterator[str]:
    """Sentences about an expression that should give a value of the wanted type."""
    try:
        expression = expressions.parse(text)
    except expressions.Malformed as refusal:
        yield f"Wyrażenie „{text}” jest niezrozumiałe: {refusal.sentence}"
        return
    found, faults = expressions.type_of(expression, scope)
    for fault in faults:
        yield f"Wyrażenie „{text}”: {fault.sentence}"
    if not faults and found not in {wanted, Type.ANY}:
        yield f"Wyrażenie „{text}” ma dawać {GIVES[wanted]}."


GIVES = {Type.YES_NO: "tak albo nie", Type.NUMBER: "liczbę", Type.DATE: "datę"}


def _forms(checked: Checked, world: World) -> Iterator[Fault]:
    if checked.procedure.form and world.form is None:
        sentence = "Formularz wnioskodawcy nie jest opublikowany. Opublikuj go albo wskaż inny."
        start = checked.start
        yield Fault("form", "Formularz wnioskodawcy", sentence, start.key if start else "")
    tables = {} if world.form is None else world.form.by_key
    for stage in checked.procedure.stages:
        if stage.form and stage.form not in world.officers:
            sentence = "Formularz tego etapu nie jest opublikowany. Opublikuj go albo wskaż inny."
            yield checked.at_stage(stage, "form", sentence, "Formularz urzędu")
        if stage.key in RESERVED or stage.key in tables:
            sentence = (
                f"Klucz „{stage.key}” znaczy w warunkach co innego (pytanie formularza albo słowo "
                "zastrzeżone). Nadaj etapowi inny."
            )
            yield checked.at_stage(stage, "key", sentence)


def _unpublished(checked: Checked, text: str, world: World) -> expressions.Scope:
    """What of the expression may be a question of a form that nobody has published yet."""
    try:
        names = expressions.parse(text).names
    except expressions.Malformed:
        return expressions.Scope()
    stages, procedure = checked.procedure.stage_by_key, checked.procedure
    unknown: dict[expressions.Name, Type] = {}
    for name in names:
        stage = stages.get(name[0])
        if stage is not None:
            is_open = has_one_sheet(stage) and stage.form not in world.officers
        else:
            is_open = name[0] not in RESERVED and bool(procedure.form) and world.form is None
        if is_open and not (stage is not None and name[1:] in _facts_of(stage)):
            unknown[name] = Type.ANY
    return expressions.Scope(unknown)


def _facts_of(stage: Stage) -> Collection[expressions.Name]:
    return {(key,) for key in facts_form(stage.kind).by_key} if stage.kind in KINDS else ()


def _class(checked: Checked, world: World) -> Iterator[Fault]:
    symbol = checked.procedure.class_symbol
    if symbol and world.classes is not None and symbol not in world.classes:
        sentence = f"W wykazie akt nie ma klasy „{symbol}”. Dodaj ją albo wskaż inną."
        yield Fault("class", "Klasa z wykazu akt", sentence)


def _limits(checked: Checked, world: World) -> Iterator[Fault]:
    limits = checked.procedure.limits
    scope = limits_scope(world.tables)
    for member, title, wanted in (
        ("per_unit", "Liczba spraw jednej jednostki", Type.NUMBER),
        ("test_of_overdue", "Warunek zaległości", Type.YES_NO),
    ):
        text = getattr(limits, member)
        for sentence in faults_of(text, scope, wanted) if text else ():
            yield Fault(f"limits/{member}", f"Ograniczenia › {title}", sentence)
    opens, closes = limits.opens_at, limits.closes_at
    for member, title, text in (
        ("opens_at", "Początek naboru", opens),
        ("closes_at", "Koniec naboru", closes),
    ):
        if text and not _is_moment(text):
            sentence = f"„{text}” nie jest dniem ani chwilą. Napisz na przykład 2026-11-15."
            yield Fault(f"limits/{member}", f"Ograniczenia › {title}", sentence)
    day = limits.reference_day
    if day and not (_is_moment(day) and len(day) == len("2026-11-15")):
        sentence = f"„{day}” nie jest dniem. Napisz na przykład 2026-09-01 albo zostaw puste."
        yield Fault("limits/reference_day", "Ograniczenia › Dzień odniesienia", sentence)
    if _is_moment(opens) and _is_moment(closes) and closes < opens[: len(closes)]:
        sentence = "Nabór kończy się, zanim się zacznie. Popraw jeden z dni."
        yield Fault("limits/closes_at", "Ograniczenia › Koniec naboru", sentence)


def limits_scope(
    tables: Mapping[str, Collection[str] | TableShape] | None = None,
) -> expressions.Scope:
    """What the limits may ask: the unit, its row in the city's tables, its other matters."""
    names: dict[expressions.Name, Type] = {
        ("sprawy", name): kind for name, kind in STANDING.items()
    }
    return expressions.Scope(names, tables) | forms.UNIT_SCOPE


def _is_moment(text: str) -> bool:
    try:
        return bool(text) and datetime.fromisoformat(text).tzinfo is None
    except ValueError:
        return False


def _parameters(checked: Checked, stage: Stage, kind: StageKind) -> Iterator[Fault]:
    asked = forms.read(kind.parameters)
    for name in sorted(stage.parameters.keys() - asked.by_key.keys()):
        sentence = f"Etap rodzaju „{kind.label}” nie ma ustawienia „{name}”. Usuń je."
        yield checked.at_stage(stage, f"parameters/{name}", sentence, "Ustawienia")
    for mistake in filling.project(asked, stage.parameters, NO_DAY).errors:
        path = f"parameters/{mistake.path}" if mistake.path else "parameters"
        title = mistake.label or "Ustawienia"
        yield checked.at_stage(stage, path, mistake.sentence, title)


def _questions_named(
    checked: Checked, stage: Stage, kind: StageKind, world: World
) -> Iterator[Fault]:
    """Members score on the stage's own form; an amount asked for stands in the matter's."""
    asked = world.officers.get(stage.form) if kind.has_members else world.form
    whose = "formularzu tego etapu" if kind.has_members else "formularzu wnioskodawcy"
    for name in kind.question_in:
        key = stage.parameters.get(name)
        if not isinstance(key, str) or not key:
            continue
        title = forms.read(kind.parameters).by_key[name].label
        if asked is None:
            named = stage.form if kind.has_members else checked.procedure.form
            if not named:  # one that is named and not published is told once, where it is named
                sentence = f"Pytanie „{key}” ma stać w {whose}, a tego nie wskazano. Wskaż go."
                yield checked.at_stage(stage, f"parameters/{name}", sentence, title)
        elif key not in asked.by_key:
            sentence = f"W {whose} nie ma pytania „{key}”. Wskaż inne."
            yield checked.at_stage(stage, f"parameters/{name}", sentence, title)
        elif forms.scope_of(asked).names.get((key,)) is not Type.NUMBER:
            sentence = f"Odpowiedź na pytanie „{key}” nie jest liczbą. Wskaż inne."
            yield checked.at_stage(stage, f"parameters/{name}", sentence, title)


def _budget(checked: Checked, stage: Stage, kind: StageKind, world: World) -> Iterator[Fault]:
    """What invoices are held against is a table of the matter's form, with these columns."""
    key = budget_table(stage) if kind.settles_grants else ""
    if not key or world.form is None:
        return
    asked = world.form.by_key.get(key)
    if asked is None or asked.type != "table":
        sentence = f"W formularzu wnioskodawcy nie ma tabeli „{key}”. Wskaż inne pytanie."
        yield checked.at_stage(stage, "parameters/budget_table", sentence, "Tabela kosztorysu")
        return
    known = {one.key for one in asked.options.columns}
    for name, title in BUDGET_COLUMNS.items():
        column = str(stage.parameters.get(name) or "")
        if column not in known:
            told = f"W tabeli „{key}” nie ma kolumny „{column}”." if column else "Wskaż kolumnę."
            yield checked.at_stage(stage, f"parameters/{name}", told, title)


def _pots(checked: Checked, stage: Stage, kind: StageKind, world: World) -> Iterator[Fault]:
    """Money can only be granted from a pot that there is."""
    if not kind.draws_on_pots or world.pots is None:
        return
    year = whole(stage, "year", 0)
    for code in pots_of(stage):
        years = world.pots.get(code)
        if years is None:
            sentence = f"W budżecie nie ma puli „{code}”. Załóż ją albo wskaż inną."
            yield checked.at_stage(stage, "parameters/pots", sentence, "Z których pul")
        elif year and years and year not in years:
            sentence = f"W budżecie na {year} r. nie ma puli „{code}”. Załóż ją albo zmień rok."
            yield checked.at_stage(stage, "parameters/pots", sentence, "Z których pul")


def _letters(checked: Checked, stage: Stage, world: World) -> Iterator[Fault]:
    known = world.letters
    for letter in stage.letters:
        if known is not None and letter not in known:
            sentence = f"Nie ma wzoru pisma „{letter}”. Dodaj go albo usuń z etapu."
            yield checked.at_stage(stage, "letters", sentence, "Wzory pism")


def _way(
    checked: Checked, way: Transition, scope: expressions.Scope, world: World
) -> Iterator[Fault]:
    if way.condition:
        known = scope | _unpublished(checked, way.condition, world)
        for sentence in faults_of(way.condition, known, Type.YES_NO):
            yield checked.at_way(way, "condition", sentence)
        for name in _ambiguous(checked, way, world):
            sentence = (
                f"Nazwa „{name}” znaczy dwie rzeczy: pytanie formularza urzędu i wynik etapu. "
                "Nadaj pytaniu inny klucz."
            )
            yield checked.at_way(way, "condition", sentence)
    for effect in way.effects:
        for sentence in _effect(checked, effect, world):
            yield checked.at_way(way, "effects", sentence)


def _ambiguous(checked: Checked, way: Transition, world: World) -> Iterator[str]:
    try:
        names = expressions.parse(way.condition).names
    except expressions.Malformed:
        return
    for stage, _ in checked.known_stages():
        if stage.form in world.officers and has_one_sheet(stage):
            both = world.officers[stage.form].by_key.keys() & facts_form(stage.kind).by_key.keys()
            yield from sorted(f"{stage.key}.{key}" for key in both if (stage.key, key) in names)


def _effect(checked: Checked, effect: Effect, world: World) -> Iterator[str]:
    given = {name: _told(effect.parameters.get(name)) for name in ("template", "who", "sentence")}
    if effect.kind == LETTER:
        template = given["template"]
        if not template:
            yield "Skutek „pismo” nie mówi, z którego wzoru. Wskaż wzór."
        elif world.letters is not None and template not in world.letters:
            yield f"Nie ma wzoru pisma „{template}”. Dodaj go albo usuń skutek."
    elif effect.kind == NOTIFY:
        if given["who"] not in checked.functions:
            yield f"Skutek „powiadomienie” nie zna funkcji „{given['who']}”. Wskaż inną."
        if not given["sentence"]:
            yield "Skutek „powiadomienie” nie ma treści. Wpisz ją."
    elif world.effects is not None and effect.kind not in world.effects:
        yield f"Nie ma skutku „{effect.kind}”. Wybierz inny z listy."


def _told(value: object) -> str:
    """A text that somebody wrote; "" for anything else."""
    return value.strip() if isinstance(value, str) else ""
