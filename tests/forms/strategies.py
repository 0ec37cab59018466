"""Random expressions, forms and answers: publishable ones, wild ones, and plain garbage."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from forms.definition import (
    PERSONAL_FIELDS,
    TYPES,
    Check,
    Choice,
    Column,
    Definition,
    Options,
    Question,
    Section,
)
from forms.expressions import RESERVED, Expression
from forms.expressions.tree import (
    Both,
    Call,
    Comparison,
    Either,
    Literal,
    Many,
    Minus,
    Named,
    Not,
    Product,
    Sum,
    depth,
)
from forms.expressions.words import FUNCTIONS, MAX_DEPTH
from forms.filling import Facts, FileFact

PHASES = [phase for phase in Phase if phase is not Phase.explain]
SOME = settings(
    max_examples=40, deadline=None, phases=PHASES, suppress_health_check=list(HealthCheck)
)
"""For properties of whole forms: an example costs some milliseconds."""
TODAY = date(2026, 11, 23)
UNITS = {
    "00000000-0000-4000-8000-000000000001": {"name": "SP 1", "kind": "sp", "nip": "5250000000"},
    "00000000-0000-4000-8000-000000000002": {"name": "P 2", "kind": "p"},
}
FILES = {
    "00000000-0000-4000-8000-00000000000a": FileFact("skan.pdf", 1000),
    "00000000-0000-4000-8000-00000000000b": FileFact("zestawienie.xlsx", 9_000_000),
}
FACTS = Facts(
    today=TODAY,
    unit=UNITS["00000000-0000-4000-8000-000000000001"],
    tables={"limity": {"kwota": Decimal(3000)}},
    dictionaries={"rodzaje": {"a": "Artystyczne", "n": "Naukowe"}},
    units=UNITS,
    files=FILES,
)
TABLES = {"limity": {"kwota": "number"}}
DICTIONARIES = {"rodzaje": ["a", "n"]}

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
KEYS = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(lambda key: key not in RESERVED)
NAMES = st.lists(KEYS, min_size=1, max_size=2).map(tuple)
NUMBERS = st.decimals(0, 10**9, places=2)
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
LITERALS = st.builds(Literal, st.one_of(NUMBERS, TEXTS, DAYS, st.booleans(), st.none()))


def _signed(signs):
    return lambda inner: st.lists(st.tuples(st.sampled_from(signs), inner), min_size=1, max_size=3)


def _nodes(inner):
    pairs = st.lists(inner, min_size=2, max_size=3).map(tuple)
    operators = st.sampled_from(["=", "<>", "<", "<=", ">", ">=", "w", "zawiera"])
    functions = st.sampled_from(sorted(FUNCTIONS))
    return st.one_of(
        st.builds(Minus, inner),
        st.builds(Not, inner),
        st.builds(Both, pairs),
        st.builds(Either, pairs),
        st.builds(Sum, inner, _signed("+-")(inner).map(tuple)),
        st.builds(Product, inner, _signed("*/")(inner).map(tuple)),
        st.builds(Comparison, operators, inner, inner),
        st.builds(Call, functions, st.lists(inner, max_size=3).map(tuple)),
    )


_LIST_VALUES = st.builds(Literal, st.one_of(st.decimals(-100, 100, places=1), TEXTS, DAYS))
LEAVES = st.one_of(
    LITERALS,
    st.builds(Named, NAMES),
    st.builds(Many, st.lists(_LIST_VALUES, min_size=1, max_size=3).map(tuple)),
)
EXPRESSIONS = (
    st.recursive(LEAVES, _nodes, max_leaves=20)
    .filter(lambda root: depth(root) <= MAX_DEPTH)
    .map(Expression)
)
"""Any expression that can be written, whatever nonsense it says."""

_SIMPLE = [code for code, kind in TYPES.items() if kind.is_simple]
_CHOICES = (Choice("a", "Artystyczne"), Choice("n", "Naukowe"), Choice("s", "Sportowe"))


@st.composite
def options_of(draw, kind):  # noqa: C901, PLR0911  # a type each
    """Settings that make sense for a type."""
    match kind:
        case "number" | "money" | "percent":
            low = draw(st.none() | st.integers(-5, 50).map(Decimal))
            high = draw(st.none() | st.integers(60, 9999).map(Decimal))
            places = draw(st.none() | st.integers(0, 4)) if kind == "number" else None
            return Options(min=low, max=high, decimals=places)
        case "short_text" | "long_text" | "rich_text":
            return Options(max_length=draw(st.none() | st.integers(1, 50)))
        case "date":
            return Options(min=draw(st.none() | st.just(date(2020, 1, 1))))
        case "single_choice" | "multiple_choice":
            other = draw(st.booleans()) if kind == "single_choice" else False
            if draw(st.booleans()):
                return Options(dictionary="rodzaje", other=other)
            count = draw(st.integers(1, 3))
            return Options(choices=_CHOICES[:count], other=other)
        case "table":
            return draw(_tables())
        case "unit":
            return Options(kinds=draw(st.sampled_from([(), ("sp",)])), facts=("name", "nip"))
        case "personal_data":
            known = [name for name in PERSONAL_FIELDS if name not in {"post", "degree"}]
            names = st.lists(st.sampled_from(known), min_size=1, max_size=4, unique=True)
            return Options(of="pupil", fields=tuple(draw(names)))
        case "file":
            return Options(endings=draw(st.sampled_from([(), ("pdf",)])), max_size=5_000_000)
        case "statement":
            return Options(wording="Oświadczam, że dane są prawdziwe.")
    return Options()


@st.composite
def _tables(draw):
    kinds = draw(st.lists(st.sampled_from(_SIMPLE), min_size=1, max_size=3))
    columns = [
        Column(
            f"c{number}",
            kind,
            f"Kolumna {number}",
            required=draw(st.booleans()),
            options=draw(options_of(kind)),
        )
        for number, kind in enumerate(kinds)
    ]
    numbers = [one.key for one in columns if one.type in {"number", "money", "percent"}]
    if numbers:
        first = numbers[0]
        columns.append(
            Column("cs", "percent", "Udział", compute=f"{first} / suma(c.{first}) * 100")
        )
    return Options(
        columns=tuple(columns),
        min_rows=draw(st.none() | st.integers(0, 2)),
        max_rows=draw(st.none() | st.integers(2, 4)),
        sums=tuple(numbers),
    )


class _Known:
    """The names that a question may use: those of the questions before it."""

    def __init__(self):
        self.of = {"number": ["2"], "text": ['"a"'], "yes_no": ["tak"], "date": ["dzisiaj()"]}
        self.lists = []
        self.any = ["5"]

    def add(self, question):
        worth = TYPES[question.type].worth
        if worth in self.of:
            self.of[worth].append(question.key)
        if worth is not None:
            self.any.append(question.key)
        for column in question.options.columns:
            if TYPES[column.type].worth == "number":
                self.lists.append(f"{question.key}.{column.key}")


@st.composite
def _formula(draw, known, kind, levels=2):
    """A well-typed expression over the names known so far."""
    if levels == 0 or kind not in {"number", "yes_no"}:
        return draw(st.sampled_from(known.of[kind]))
    number, condition = _formula(known, "number", levels - 1), _formula(known, "yes_no", levels - 1)
    if kind == "number":
        forms = [
            st.tuples(number, st.sampled_from("+-*/"), number).map(" ".join).map("({})".format),
            st.tuples(condition, number, number).map(
                lambda three: "jeżeli({}, {}, {})".format(*three)
            ),
            number.map("zaokrągl({}, 2)".format),
            st.just('z_tabeli("limity", "kwota")'),
            number,
        ]
        if known.lists:
            forms.append(st.sampled_from(known.lists).map("suma({})".format))
    else:
        forms = [
            st.tuples(number, st.sampled_from(["<", ">=", "=", "<>"]), number).map(" ".join),
            st.tuples(condition, st.sampled_from(["i", "lub"]), condition)
            .map(" ".join)
            .map("({})".format),
            condition.map("nie ({})".format),
            st.sampled_from(known.any).map("puste({})".format),
            condition,
        ]
    return draw(st.one_of(forms))


@st.composite
def definitions(draw, keys=None):
    """A form that may be published: every formula typed, none in a circle."""
    known = _Known()
    pool = keys or [f"q{number}" for number in range(12)]
    order = draw(st.permutations(pool))
    counts = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
    sections, used = [], 0
    for number, count in enumerate(counts):
        show = draw(_formula(known, "yes_no")) if draw(st.booleans()) else ""
        section = Section(f"s{number}", f"Sekcja {number}", show=show)
        questions = []
        for key in order[used : used + count]:
            question = draw(_questions(key, known))
            questions.append(question)
            known.add(question)
        used += count
        if questions:
            sections.append(replace(section, questions=tuple(questions)))
    rule = draw(_formula(known, "yes_no"))
    checks = (Check(rule, "Sprawdź {2 + 2}."),) if draw(st.booleans()) else ()
    return _answerable(Definition("Formularz", sections=tuple(sections), checks=checks))


def _answerable(definition):
    if any(TYPES[question.type].has_answer for question in definition.questions()):
        return definition
    asked = Section("sx", "Jeszcze", questions=(Question("qx", "short_text", "Coś"),))
    return replace(definition, sections=(*definition.sections, asked))


@st.composite
def _questions(draw, key, known):  # noqa: PLR0911  # a way each
    kind = draw(st.sampled_from(sorted(TYPES)))
    options = draw(options_of(kind))
    if kind == "table":
        columns = tuple(
            replace(column, compute=column.compute.replace("c.", f"{key}."))
            for column in options.columns
        )
        options = replace(options, columns=columns)
    question = Question(key, kind, f"Pytanie {key}", options=options)
    if draw(st.booleans()):
        question = replace(question, show=draw(_formula(known, "yes_no")))
    if not TYPES[kind].has_answer:
        return question
    worth = TYPES[kind].worth
    match draw(st.sampled_from(["plain", "required", "when", "compute", "default", "check"])):
        case "required":
            return replace(question, required=True)
        case "when":
            return replace(question, required_when=draw(_formula(known, "yes_no")))
        case "compute" if worth == "number":
            return replace(question, compute=draw(_formula(known, "number")))
        case "default" if worth in {"number", "date", "yes_no"} and TYPES[kind].is_computable:
            return replace(question, default=draw(_formula(known, worth)))
        case "check" if worth == "number":
            check = Check(f"{key} >= {draw(_formula(known, 'number'))}", f"Za mało: {{{key}}}.")
            return replace(question, checks=(check,))
    return question


TRICKY = st.one_of(
    TEXTS, st.sampled_from(["a, b", "a\nb\r\n", "\\", "\\n", " = ", ", ", "x\\,", "klucz: x", '"'])
)
"""Texts that a table of cells could take for its own marks."""


def _retold(draw, options):
    """The same settings in anybody's words."""
    few = st.lists(TRICKY.filter(bool), min_size=1, max_size=3).map(tuple)
    return replace(
        options,
        choices=tuple(Choice(choice.key, draw(TRICKY)) for choice in options.choices),
        wording=draw(TRICKY) if options.wording else "",
        kinds=draw(few) if options.kinds else (),
        endings=draw(few) if options.endings else (),
    )


@st.composite
def wild_definitions(draw):
    """A readable draft: anybody's texts where expressions ought to be, circles, nonsense."""
    definition = draw(definitions())
    texts = st.one_of(
        st.just(""),
        TEXTS,
        st.sampled_from(
            ["q0 + q1", "q1", "nie q2", "q3.c0", "suma(q0.c0)", "{q1", "s0", "q0 > q5"]
        ),
    )

    def spoilt(question):
        if draw(st.booleans()):
            return question
        columns = tuple(
            replace(column, show=draw(texts), compute=draw(texts))
            for column in question.options.columns
        )
        return replace(
            question,
            label=draw(texts),
            show=draw(texts),
            required_when=draw(texts),
            compute=draw(texts),
            default=draw(texts),
            checks=(Check(draw(texts), draw(texts), draw(texts)),),
            help=draw(TRICKY),
            options=replace(_retold(draw, question.options), columns=columns),
        )

    return replace(
        definition,
        introduction=draw(TEXTS),
        sections=tuple(
            replace(
                section,
                show=draw(texts),
                questions=tuple(spoilt(question) for question in section.questions),
            )
            for section in definition.sections
        ),
        sources=tuple(draw(st.lists(TEXTS.filter(bool), max_size=2))),
    )
