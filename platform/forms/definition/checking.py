"""Whether a definition may be published."""

from collections.abc import Collection, Iterator, Mapping

from forms.definition.costs import check_costs
from forms.definition.expressions import check_expressions
from forms.definition.model import Definition, Fault, Question, Section
from forms.definition.options import check_options
from forms.definition.places import Place
from forms.definition.plan import plan_of
from forms.definition.scopes import UNIT_SCOPE, scope_of
from forms.definition.types import NEVER_PREFILLED, OWN_UNIT, TYPES
from forms.expressions import MOST_STEPS, UNIT_FACTS, Name, Scope, TableShape, Type

_FROM_FACTS = frozenset(
    {"short_text", "long_text", "email", "phone", "nip", "regon", "single_choice"}
)
_ONLY_SHOWN = ("required", "required_when", "default", "compute", "prefill", "checks")


def check(
    definition: Definition,
    *,
    dictionaries: Mapping[str, Collection[str]] | None = None,
    tables: Mapping[str, Collection[str] | TableShape] | None = None,
    scope: Scope | None = None,
    most_steps: int = MOST_STEPS,
) -> list[Fault]:
    """Everything that hinders publishing; an empty list means that it may be published.

    `dictionaries` (keys of entries) and `tables` (columns of tables, or their shapes) are what the
    city has; None means that it is not known and not checked.
    `scope` adds names from outside; `most_steps` is what all rules together may cost.
    """
    own = scope_of(definition, dictionaries=dictionaries)
    names = UNIT_SCOPE | (scope or Scope()) | Scope(own.names, tables, own.choices)
    return [
        *_form(definition),
        *(
            fault
            for number, section in enumerate(definition.sections)
            for fault in _section(section, Place().section(number, section), dictionaries)
        ),
        *check_expressions(definition, names, dictionaries),
        *_circles(definition),
        *check_costs(definition, most_steps),
    ]


def _form(definition: Definition) -> Iterator[Fault]:
    root = Place()
    if not definition.title.strip():
        yield root.down("title").fault("Formularz nie ma tytułu. Nadaj mu tytuł.")
    if not any(TYPES[question.type].has_answer for question in definition.questions()):
        yield root.down("sections").fault("Formularz o nic nie pyta. Dodaj pytanie.")
    for number, one in enumerate(definition.checks):
        place = root.down("checks", number, called=f"sprawdzenie {number + 1}.")
        if one.at and one.at not in definition.by_key:
            yield place.down("at").fault(
                f"Nie ma pytania o kluczu „{one.at}”, przy którym ma stać uwaga."
            )


def _section(
    section: Section, place: Place, dictionaries: Mapping[str, Collection[str]] | None
) -> Iterator[Fault]:
    if not section.title.strip():
        yield place.down("title").fault("Sekcja nie ma tytułu. Nadaj jej tytuł.")
    if not section.questions:
        yield place.down("questions").fault("Sekcja jest pusta. Dodaj pytanie albo usuń sekcję.")
    for number, question in enumerate(section.questions):
        at = place.question(number, question)
        yield from _question(question, at)
        yield from check_options(question, at, dictionaries)


def _question(question: Question, place: Place) -> Iterator[Fault]:
    kind = TYPES[question.type]
    if question.type == "help_text":
        if not (question.label.strip() or question.help.strip()):
            yield place.down("help").fault("Objaśnienie jest puste. Wpisz jego treść.")
    elif not question.label.strip():
        yield place.down("label").fault("Pytanie nie ma treści. Wpisz ją.")
    if not kind.has_answer:
        for member in _ONLY_SHOWN:
            if getattr(question, member):
                yield place.down(member).fault(f"Na {kind.label} nikt nie odpowiada: usuń to.")
        return
    yield from _computed(question, place)
    if question.prefill:
        yield from _prefill(question, place.down("prefill"))


def _computed(question: Question, place: Place) -> Iterator[Fault]:
    if question.compute and (question.required or question.required_when):
        yield place.down("required").fault(
            "Wartość jest obliczana, więc odpowiedź nie może być wymagana: usuń jedno z dwojga."
        )
    if question.compute and question.default:
        yield place.down("default").fault(
            "Wartość jest obliczana, więc nie może mieć wartości początkowej: usuń jedno z dwojga."
        )
    kind = TYPES[question.type]
    for member in ("compute", "default"):
        if getattr(question, member) and not kind.is_computable:
            yield place.down(member).fault(f"Pytania typu „{kind.label}” nie można obliczać.")


def _prefill(question: Question, place: Place) -> Iterator[Fault]:
    source, kind = question.prefill, TYPES[question.type]
    if question.compute:
        yield place.fault("Wartość jest obliczana, więc nie można jej podpowiadać.")
    elif source == "previous":
        if question.type in NEVER_PREFILLED:
            yield place.fault(f"Na pytanie typu „{kind.label}” trzeba odpowiedzieć od nowa.")
    elif source == "link":
        if not (kind.is_simple and kind.worth in {Type.TEXT, Type.NUMBER, Type.DATE, Type.YES_NO}):
            yield place.fault(f"Pytania typu „{kind.label}” nie da się wypełnić z odnośnika.")
    elif source == OWN_UNIT:
        if question.type != "unit":
            yield place.fault(f"Pytanie typu „{kind.label}” nie wskazuje jednostki.")
    elif source.removeprefix("unit.") in UNIT_FACTS.values() and source.startswith("unit."):
        if question.type not in _FROM_FACTS:
            yield place.fault(f"Pytania typu „{kind.label}” nie da się wypełnić cechą jednostki.")
    else:
        facts = ", ".join(f"unit.{fact}" for fact in UNIT_FACTS.values())
        yield place.fault(f"Nie znam źródła „{source}”. Są: previous, link, unit, {facts}.")


def _circles(definition: Definition) -> Iterator[Fault]:
    labels = dict(_labels(definition))
    places = dict(_places(definition))
    for circle in plan_of(definition).cycles:
        walk = " → ".join(f"„{labels[name]}”" for name in (*circle, circle[0]))
        yield places[circle[0]].fault(f"Reguły tworzą koło: {walk}. Usuń jedną z zależności.")


def _labels(definition: Definition) -> Iterator[tuple[Name, str]]:
    for section in definition.sections:
        yield (section.key,), section.title or section.key
        for question in section.questions:
            yield (question.key,), question.label or question.key
            for column in question.options.columns:
                yield (question.key, column.key), column.label or column.key


def _places(definition: Definition) -> Iterator[tuple[Name, Place]]:
    for number, section in enumerate(definition.sections):
        place = Place().section(number, section)
        yield (section.key,), place
        for at, question in enumerate(section.questions):
            yield (question.key,), place.question(at, question)
            for column_at, column in enumerate(question.options.columns):
                yield (
                    (question.key, column.key),
                    place.question(at, question).column(column_at, column),
                )
