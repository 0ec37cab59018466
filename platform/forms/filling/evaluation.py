"""The values of a whole form, each once, in the order of its plan."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from forms.definition import Column, Definition, Question, parts_of
from forms.definition.plan import Plan, QuestionPlan, plan_of
from forms.expressions import (
    NO_VALUE,
    Environment,
    Expression,
    Name,
    Steps,
    Template,
    TooManySteps,
    Value,
    evaluate,
    rounded,
    settled,
)
from forms.filling.composites import Parts, is_accepted, take_parts, take_statement
from forms.filling.facts import Facts
from forms.filling.speaking import spoken
from forms.filling.tables import RowState, TableState, take_rows
from forms.filling.taking import MAX_DECIMALS, NOTHING, Taken, plain, take

_COMPOSITE = frozenset({"date_range", "personal_data", "classification", "address"})
_SPOKEN = frozenset({"single_choice", "multiple_choice", "unit", "person", "percent", "number"})
"""Types whose bare value in a text is told by its question: by a label, a name, with a unit."""
_PLACES = 2


class Evaluation:
    """What every question is worth, and whether it is seen.

    When the steps are spent (`facts.most_steps`), what is still to be computed stays empty and
    everything is seen, so that whoever fills the form can take rows away again.
    """

    def __init__(self, definition: Definition, answers: Mapping[str, Any], facts: Facts) -> None:
        self.plan: Plan = plan_of(definition)
        self.facts = facts
        self.steps = Steps(facts.most_steps)
        self.values: dict[Name, Value] = {}
        self.visible: dict[str, bool] = {}
        self.taken: dict[str, Taken] = {}
        self.parts: dict[str, Parts] = {}
        self.tables: dict[str, TableState] = {}
        self._answers = answers
        for name in self.plan.order:
            self._settle(name)
        for plan in self.plan.questions.values():
            if plan.question.type == "statement" and self.visible[plan.question.key]:
                self._statement(plan)

    def shows(self, template: Template) -> str:
        """A text of the author with the values of now in its braces."""
        match template.parts:
            case ():
                return ""
            case (str(plain_text),):
                return plain_text
        if self.steps.is_spent:
            return self._unfilled(template)
        try:
            return template.render(
                self.values,
                self.facts,
                money=self.plan.money,
                spoken=self._spoken,
                steps=self.steps,
            )
        except TooManySteps:
            return self._unfilled(template)

    def _unfilled(self, template: Template) -> str:
        return "".join(part if isinstance(part, str) else NO_VALUE for part in template.parts)

    def meets(self, condition: Expression | None) -> bool:
        return condition is not None and self.value(condition) is True

    def value(self, expression: Expression, look_up: Environment | None = None) -> Value:
        """Empty where the steps are spent."""
        if self.steps.is_spent:
            return None
        try:
            return evaluate(expression, look_up or self.values, self.facts, self.steps)
        except TooManySteps:
            return None

    def _shows(self, show: Expression | None, look_up: Environment | None = None) -> bool:
        if show is None:
            return True
        met = self.value(show, look_up) is True
        return met or self.steps.is_spent

    def is_drawn(self, key: str) -> bool:
        """Whether the question is there for whoever fills the form."""
        plan = self.plan.questions.get(key)
        return self.visible.get(key, False) and not (plan and plan.question.options.hidden)

    def is_cleared(self, plan: QuestionPlan) -> bool:
        """Whether somebody has emptied a question that would otherwise show its default."""
        return plan.default is not None and plan.question.key in self._answers

    def _spoken(self, name: Name) -> str | None:
        plan = self.plan.questions.get(name[0])
        if plan is None or len(name) > 1 or plan.question.type not in _SPOKEN:
            return None
        value = self.values.get(name)
        if isinstance(value, Decimal):
            return spoken(plan.question, plain(value), self.facts)
        return spoken(plan.question, value, self.facts)

    def _settle(self, name: Name) -> None:
        if len(name) > 1:
            self._column(*name)
        elif name[0] in self.plan.sections:
            self.visible[name[0]] = self._shows(self.plan.sections[name[0]].show)
        else:
            self._question(self.plan.questions[name[0]])

    def _question(self, plan: QuestionPlan) -> None:
        question = plan.question
        key = question.key
        self.visible[key] = self.visible.get(plan.section.key, False) and self._shows(plan.show)
        self.taken[key] = NOTHING
        if not self.visible[key]:
            if question.type == "table":
                self.tables[key] = TableState()
            return
        if question.type == "table":
            state = self.tables[key] = take_rows(question, self._answers.get(key))
            self.values[key,] = [row.id for row in state.counting]
        elif question.type in _COMPOSITE:
            parts = self.parts[key] = take_parts(question, self._answers.get(key), self.facts)
            self.taken[key] = parts.taken
            self._name_parts(question, parts.values)
        elif question.type == "statement":
            self.values[key,] = is_accepted(self._answers.get(key))
        elif question.type not in {"heading", "help_text"}:
            taken = take(question, self._raw(plan), self.facts)
            self.taken[key], self.values[key,] = taken, taken.value
            if question.type == "unit" and isinstance(taken.value, str):
                self._name_parts(question, self.facts.units.get(taken.value, {}))

    def _statement(self, plan: QuestionPlan) -> None:
        """Only now is every value known that the wording may quote."""
        key = plan.question.key
        self.taken[key] = take_statement(self._answers.get(key), self.shows(plan.wording))

    def _name_parts(self, question: Question, values: Mapping[str, Value]) -> None:
        for code, part in parts_of(question).items():
            value = values.get(code) or None
            self.values[question.key, code] = self.values[question.key, part.polish] = value

    def _raw(self, plan: QuestionPlan) -> Any:
        """The answer: computed, given, or (only while nobody has answered) the default."""
        key = plan.question.key
        if plan.question.compute:
            return self._given_by(plan.compute, plan.question)
        if key in self._answers or plan.default is None:
            return self._answers.get(key)
        return self._given_by(plan.default, plan.question)

    def _given_by(self, expression: Expression | None, question: Question) -> Any:
        return None if expression is None else as_answer(question, self.value(expression))

    def _column(self, table: str, key: str) -> None:
        if table not in self.tables:
            return
        columns = self.plan.questions[table].columns
        plan = next(one for one in columns if one.column.key == key)
        row_names = {(one.column.key,) for one in columns}
        show, compute = (
            expression and self._settled(expression, row_names)
            for expression in (plan.show, plan.compute)
        )
        for row in self.tables[table].rows:
            self._cell(plan.column, row, show, compute)
        if self.visible.get(table, False):
            self.values[table, key] = [row.values.get(key) for row in self.tables[table].counting]

    def _settled(self, expression: Expression, row_names: Collection[Name]) -> Expression:
        try:
            return settled(expression, row_names, self.values, self.facts, self.steps)
        except TooManySteps:
            return expression

    def _cell(
        self,
        column: Column,
        row: RowState,
        show: Expression | None,
        compute: Expression | None,
    ) -> None:
        def look_up(name: Name) -> Value:
            if len(name) == 1 and name[0] in row.cells:
                return row.values.get(name[0])
            return self.values.get(name)

        if not self._shows(show, look_up):
            row.hidden.add(column.key)
            row.cells[column.key] = NOTHING
            return
        if column.compute:
            value = None if compute is None else self.value(compute, look_up)
            taken = take(column, as_answer(column, value), self.facts)
        else:
            taken = take(column, row.raw.get(column.key), self.facts)
        row.cells[column.key] = taken
        row.values[column.key] = taken.value


def as_answer(question: Question | Column, value: Value) -> Any:
    """A computed value as an answer of the question's type: money and percent with two places."""
    match value:
        case bool():
            return value
        case Decimal():
            places = question.options.decimals
            if question.type in {"money", "percent"}:
                places = _PLACES
            whole = rounded(value, MAX_DECIMALS if places is None else min(places, MAX_DECIMALS))
            if whole is None:
                return None
            return f"{whole:.2f}" if question.type == "money" else plain(whole)
        case date():
            return value.isoformat()
        case _:
            return value
