"""A definition made ready to be filled.

It is parsed once, and ordered so that each value comes after those that it depends on.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from weakref import finalize

from forms.definition.model import Check, Column, Definition, Question, Section
from forms.expressions import Expression, Malformed, Name, Template, parse, parse_template


@dataclass(frozen=True, slots=True)
class CheckPlan:
    check: Check
    rule: Expression | None
    sentence: Template


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    column: Column
    show: Expression | None
    compute: Expression | None


@dataclass(frozen=True, slots=True)
class QuestionPlan:
    question: Question
    section: Section
    show: Expression | None
    required_when: Expression | None
    default: Expression | None
    compute: Expression | None
    label: Template
    help: Template
    wording: Template
    checks: tuple[CheckPlan, ...]
    columns: tuple[ColumnPlan, ...]


@dataclass(frozen=True, slots=True)
class SectionPlan:
    section: Section
    show: Expression | None
    title: Template
    description: Template


@dataclass(frozen=True)
class Plan:
    """A definition ready to be filled.

    `order` names sections `(key,)`, questions `(key,)` and columns `(table, column)`; `cycles`
    are the circles that a faulty draft has (they come last in the order, as they stand).
    """

    sections: Mapping[str, SectionPlan]
    questions: Mapping[str, QuestionPlan]
    checks: tuple[CheckPlan, ...]
    order: tuple[Name, ...]
    cycles: tuple[tuple[Name, ...], ...]
    money: frozenset[Name] = field(default_factory=frozenset)
    lookups: frozenset[str] = frozenset()
    """Keys of the tables that any of its rules looks up."""
    functions: frozenset[str] = frozenset()
    """Every function that any of its rules calls, by its folded name."""


_plans: dict[int, Plan] = {}


def plan_of(definition: Definition) -> Plan:
    """The plan, made once for each definition and kept as long as the definition lives."""
    plan = _plans.get(id(definition))
    if plan is None:
        plan = _plans[id(definition)] = _made(definition)
        finalize(definition, _plans.pop, id(definition), None)
    return plan


def _made(definition: Definition) -> Plan:
    sections = {one.key: _section(one) for one in definition.sections}
    questions = {
        question.key: _question(question, section)
        for section in definition.sections
        for question in section.questions
    }
    needs = dict(_needs(sections, questions))
    order, cycles = ordered(needs)
    checks = tuple(_check(check) for check in definition.checks)
    rules = list(_rules(sections, questions, checks))
    return Plan(
        sections=sections,
        questions=questions,
        checks=checks,
        order=order,
        cycles=cycles,
        money=frozenset(_money(definition)),
        lookups=frozenset(table for rule in rules for table, _ in rule.lookups),
        functions=frozenset(name for rule in rules for name in rule.functions),
    )


def _rules(
    sections: Mapping[str, SectionPlan],
    questions: Mapping[str, QuestionPlan],
    checks: tuple[CheckPlan, ...],
) -> Iterator[Expression]:
    """Every expression of the form, those in its texts too."""
    for section in sections.values():
        yield from (section.show,) if section.show else ()
        yield from (*section.title.expressions, *section.description.expressions)
    for question in questions.values():
        own = (question.show, question.required_when, question.default, question.compute)
        yield from (one for one in own if one is not None)
        for text in (question.label, question.help, question.wording):
            yield from text.expressions
        for column in question.columns:
            yield from (one for one in (column.show, column.compute) if one is not None)
    for check in (*checks, *(one for question in questions.values() for one in question.checks)):
        yield from (check.rule,) if check.rule else ()
        yield from check.sentence.expressions


def _section(section: Section) -> SectionPlan:
    return SectionPlan(
        section,
        _expression(section.show),
        _template(section.title),
        _template(section.description),
    )


def _question(question: Question, section: Section) -> QuestionPlan:
    return QuestionPlan(
        question=question,
        section=section,
        show=_expression(question.show),
        required_when=_expression(question.required_when),
        default=_expression(question.default),
        compute=_expression(question.compute),
        label=_template(question.label),
        help=_template(question.help),
        wording=_template(question.options.wording),
        checks=tuple(_check(check) for check in question.checks),
        columns=tuple(
            ColumnPlan(column, _expression(column.show), _expression(column.compute))
            for column in question.options.columns
        ),
    )


def _check(check: Check) -> CheckPlan:
    return CheckPlan(check, _expression(check.rule), _template(check.sentence))


def _expression(text: str) -> Expression | None:
    """None also for a text that is no expression: a draft is shown as if it were not there."""
    try:
        return parse(text) if text.strip() else None
    except Malformed:
        return None


def _template(text: str) -> Template:
    try:
        return parse_template(text)
    except Malformed:
        return Template((text,))


def _needs(
    sections: Mapping[str, SectionPlan], questions: Mapping[str, QuestionPlan]
) -> Iterator[tuple[Name, set[Name]]]:
    """What has to be known before each section, question and column."""
    for key, section in sections.items():
        yield (key,), set(_sources(section.show, questions))
        for question in section.section.questions:
            plan = questions[question.key]
            own = {
                source
                for expression in (plan.show, plan.compute, plan.default)
                for source in _sources(expression, questions)
            }
            yield (question.key,), {(key,), *own}
            yield from _needs_of_columns(plan, questions)


def _needs_of_columns(
    plan: QuestionPlan, questions: Mapping[str, QuestionPlan]
) -> Iterator[tuple[Name, set[Name]]]:
    table = plan.question.key
    siblings = {one.column.key for one in plan.columns}
    for column in plan.columns:
        own = {
            source
            for expression in (column.show, column.compute)
            for source in _sources(expression, questions, row=(table, siblings))
        }
        yield (table, column.column.key), {(table,), *own}


def _sources(
    expression: Expression | None,
    questions: Mapping[str, QuestionPlan],
    *,
    row: tuple[str, set[str]] | None = None,
) -> Iterator[Name]:
    for name in expression.names if expression else ():
        if row and len(name) == 1 and name[0] in row[1]:
            yield (row[0], name[0])
        elif name[0] in questions:
            plan = questions[name[0]]
            is_column = len(name) > 1 and bool(plan.question.column(name[1]))
            yield name[:2] if is_column else name[:1]


def ordered(
    needs: Mapping[Name, set[Name]],
) -> tuple[tuple[Name, ...], tuple[tuple[Name, ...], ...]]:
    """An order in which each comes after what it needs, and the circles that prevent one."""
    waiting = {name: {one for one in needed if one in needs} for name, needed in needs.items()}
    needed_by: dict[Name, list[Name]] = {name: [] for name in needs}
    for name, needed in waiting.items():
        for one in needed:
            needed_by[one].append(name)
    order = [name for name, needed in waiting.items() if not needed]
    for name in order:
        for later in needed_by[name]:
            waiting[later].discard(name)
            if not waiting[later]:
                order.append(later)
    done = set(order)
    stuck = {name: needed for name, needed in waiting.items() if name not in done}
    return (*order, *stuck), tuple(_circles(stuck))


def _circles(stuck: Mapping[Name, set[Name]]) -> Iterator[tuple[Name, ...]]:
    """Circles that have no member in common, one for each knot."""
    left = {name: sorted(needed) for name, needed in stuck.items()}
    while left:
        trail: list[Name] = []
        at: Name | None = next(iter(left))
        while at is not None and at not in trail:
            trail.append(at)
            at = next((one for one in left[at] if one in left), None)
        if at is not None:
            yield tuple(trail[trail.index(at) :])
        for name in trail:
            del left[name]


def _money(definition: Definition) -> Iterable[Name]:
    for question in definition.questions():
        if question.type == "money":
            yield (question.key,)
        for column in question.options.columns:
            if column.type == "money":
                yield (question.key, column.key)
