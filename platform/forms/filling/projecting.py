"""A definition over answers."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from forms.definition import TYPES, Definition, Section
from forms.definition.plan import CheckPlan, QuestionPlan
from forms.expressions import parse
from forms.filling.evaluation import Evaluation, as_answer
from forms.filling.facts import Facts
from forms.filling.projection import Cell, Drawn, DrawnSection, Mistake, Projection, Row
from forms.filling.tables import RowState, TableState
from forms.filling.taking import Taken


def project(
    definition: Definition,
    answers: Mapping[str, Any],
    facts: Facts,
    *,
    sections: frozenset[str] | None = None,
) -> Projection:
    """What is visible, required, computed and wrong. Never raises, whatever the answers are.

    With `sections` (a correction) only they are judged and counted; the others are still
    evaluated, because rules may read them.
    """
    evaluation = Evaluation(definition, answers, facts)
    drawing = _Drawing(evaluation)
    for section in definition.sections:
        drawing.section(section, is_open=sections is None or section.key in sections)
    drawing.form_checks()
    return Projection(
        sections=drawing.sections,
        questions=drawing.questions,
        errors=drawing.errors,
        answered=drawing.answered,
        required=drawing.required,
        is_complete=not drawing.errors,
        counting=drawing.counting,
        values=evaluation.values,
    )


class _Drawing:
    """Draws an evaluated form question by question, in the order of the form."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation
        self.sections: dict[str, DrawnSection] = {}
        self.questions: dict[str, Drawn] = {}
        self.errors: list[Mistake] = []
        self.counting: dict[str, Any] = {}
        self.answered = 0
        self.required = 0
        self._checks_at: dict[str, list[CheckPlan]] = {}
        self._checks_of_form: list[CheckPlan] = []
        for plan in evaluation.plan.checks:
            if evaluation.is_drawn(plan.check.at):
                self._checks_at.setdefault(plan.check.at, []).append(plan)
            else:
                self._checks_of_form.append(plan)

    def section(self, section: Section, *, is_open: bool) -> None:
        plan = self._evaluation.plan.sections[section.key]
        before = len(self.errors)
        for question in section.questions:
            self._question(self._evaluation.plan.questions[question.key], is_open=is_open)
        found = self.errors[before:]
        missing = sum(mistake.is_missing for mistake in found)
        self.sections[section.key] = DrawnSection(
            is_visible=self._evaluation.visible[section.key],
            mistakes=len(found) - missing,
            missing=missing,
            title=self._evaluation.shows(plan.title),
            description=self._evaluation.shows(plan.description),
        )

    def form_checks(self) -> None:
        """The checks that stand at no visible question, and whether all could be judged."""
        self.errors += [
            Mistake("", "", sentence) for sentence in self._broken(self._checks_of_form)
        ]
        if self._evaluation.steps.is_spent:
            self.errors.append(Mistake("", "", str(self._evaluation.steps.refusal)))

    def _question(self, plan: QuestionPlan, *, is_open: bool) -> None:
        evaluation, question = self._evaluation, plan.question
        key, label = question.key, evaluation.shows(plan.label)
        if not evaluation.visible[key]:
            self.questions[key] = _hidden(plan, label, evaluation.shows(plan.help))
            return
        is_required = self._is_required(plan)
        errors = list(self._remarks(plan))
        # What has to be answered and is not yet is told as missing: to judge it is too early.
        if not (is_required and self._is_unanswered(plan)):
            errors += self._broken([*plan.checks, *self._checks_at.get(key, ())])
        if is_open:
            self.errors += [Mistake(key, label, sentence) for sentence in errors]
            missing = list(self._missing(plan, label, is_required=is_required))
            self.errors += missing
            self.errors += self._of_cells(plan, label)
            self.required += is_required
            self.answered += is_required and not self._is_unanswered(plan)
        if question.options.hidden:
            self.questions[key] = _hidden(plan, label, "")
        else:
            self.questions[key] = self._drawn(plan, label, errors, is_required=is_required)
        self._count(plan)

    def _is_required(self, plan: QuestionPlan) -> bool:
        """A least number of rows asks for an answer by itself, unless a condition decides."""
        question = plan.question
        if question.compute or not TYPES[question.type].has_answer:
            return False
        wants_rows = bool(question.options.min_rows) and not question.required_when
        return question.required or wants_rows or self._evaluation.meets(plan.required_when)

    def _remarks(self, plan: QuestionPlan) -> list[str]:
        key = plan.question.key
        if plan.question.type == "table":
            return self._evaluation.tables[key].remarks
        return self._evaluation.taken[key].remarks

    def _broken(self, checks: "tuple[CheckPlan, ...] | list[CheckPlan]") -> list[str]:
        """The sentences of the rules that do not hold; an empty one cannot be judged yet."""
        return [
            self._evaluation.shows(plan.sentence)
            for plan in checks
            if plan.rule is not None and self._evaluation.value(plan.rule) is False
        ]

    def _is_unanswered(self, plan: QuestionPlan) -> bool:
        key = plan.question.key
        if plan.question.type == "table":
            state = self._evaluation.tables[key]
            return state.is_readable and not state.counting
        return self._evaluation.taken[key].is_empty

    def _missing(self, plan: QuestionPlan, label: str, *, is_required: bool) -> Iterator[Mistake]:
        question = plan.question
        if is_required and self._is_unanswered(plan):
            yield Mistake(question.key, label, _ask(plan, label), is_missing=True)
            return
        parts = self._evaluation.parts.get(question.key)
        if parts is not None and parts.missing:
            sentence = f"Uzupełnij: {', '.join(parts.missing)}."
            yield Mistake(question.key, label, sentence, is_missing=True)
        least = question.options.min_rows
        if least and question.type == "table":
            count = len(self._evaluation.tables[question.key].counting)
            if count < least and (is_required or count):
                sentence = f"Dodaj wiersze: ma ich być co najmniej {least}, a jest {count}."
                yield Mistake(question.key, label, sentence, is_missing=True)

    def _of_cells(self, plan: QuestionPlan, label: str) -> Iterator[Mistake]:
        state = self._evaluation.tables.get(plan.question.key)
        for number, row in enumerate(state.rows if state else (), start=1):
            if row.is_blank:
                continue
            for one in plan.columns:
                column, taken = one.column, row.cells[one.column.key]
                path = f"{plan.question.key}/{row.id}/{column.key}"
                named = f"{label} › {column.label} (wiersz {number})"
                for remark in taken.remarks:
                    yield Mistake(path, named, remark)
                if column.required and taken.is_empty and column.key not in row.hidden:
                    sentence = f"Wypełnij „{column.label}” w wierszu {number}."
                    yield Mistake(path, named, sentence, is_missing=True)

    def _drawn(
        self, plan: QuestionPlan, label: str, errors: list[str], *, is_required: bool
    ) -> Drawn:
        evaluation, question = self._evaluation, plan.question
        state = evaluation.tables.get(question.key)
        taken = evaluation.taken[question.key]
        return Drawn(
            is_visible=True,
            is_required=is_required,
            is_computed=bool(question.compute),
            value=_table_kept(state) if state else taken.kept,
            label=label,
            help=evaluation.shows(plan.help),
            errors=errors,
            rows=_rows(plan, state) if state else None,
            sums=self._sums(plan) if state else None,
            facts=self._facts(plan),
            wording=evaluation.shows(plan.wording) if question.type == "statement" else None,
        )

    def _sums(self, plan: QuestionPlan) -> dict[str, Any]:
        table = plan.question.key
        return {
            column.key: as_answer(
                column, self._evaluation.value(parse(f"suma({table}.{column.key})"))
            )
            for column in plan.question.options.columns
            if column.key in plan.question.options.sums
        }

    def _facts(self, plan: QuestionPlan) -> dict[str, str] | None:
        taken = self._evaluation.taken[plan.question.key]
        if plan.question.type != "unit" or not isinstance(taken.value, str):
            return None
        known = self._evaluation.facts.units.get(taken.value, {})
        return {fact: known.get(fact, "") for fact in plan.question.options.facts}

    def _count(self, plan: QuestionPlan) -> None:
        key = plan.question.key
        if plan.question.type == "table":
            kept = _rows_kept(self._evaluation.tables[key].counting, only_readable=True)
        else:
            taken = self._evaluation.taken[key]
            kept = taken.kept if taken.is_readable else None
        if kept is not None or self._evaluation.is_cleared(plan):
            self.counting[key] = kept


def _hidden(plan: QuestionPlan, label: str, help_text: str) -> Drawn:
    is_table = plan.question.type == "table"
    return Drawn(
        is_visible=False,
        is_required=False,
        is_computed=bool(plan.question.compute),
        value=None,
        label=label,
        help=help_text,
        errors=[],
        rows=[] if is_table else None,
        sums={} if is_table else None,
    )


def _ask(plan: QuestionPlan, label: str) -> str:
    match plan.question.type:
        case "statement":
            return f"Przeczytaj i zaznacz „{label}”."
        case "file" | "workbook":
            return f"Dodaj plik: „{label}”."
        case "table":
            return f"Wypełnij tabelę „{label}”."
        case _:
            return f"Odpowiedz na „{label}”."


def _rows(plan: QuestionPlan, state: TableState) -> list[Row]:
    """A column that only helps to compute is there as if it were hidden in every row."""
    helping = {one.column.key for one in plan.columns if one.column.options.hidden}
    return [
        Row(row.id, {key: _cell(row, key, taken, helping) for key, taken in row.cells.items()})
        for row in state.rows
    ]


def _cell(row: RowState, key: str, taken: Taken, helping: Collection[str]) -> Cell:
    if key in helping:
        return Cell(is_visible=False, value=None, errors=[])
    return Cell(key not in row.hidden, taken.kept, [] if row.is_blank else taken.remarks)


def _table_kept(state: TableState) -> Any:
    return _rows_kept(state.rows) if state.is_readable else state.raw


def _rows_kept(rows: list[RowState], *, only_readable: bool = False) -> list[dict[str, Any]] | None:
    """The rows as answers; of those that count (`only_readable`) none without a cell."""
    kept = [
        {
            "id": row.id,
            **{
                key: taken.kept
                for key, taken in row.cells.items()
                if taken.kept is not None and (taken.is_readable or not only_readable)
            },
        }
        for row in rows
    ]
    return [row for row in kept if len(row) > 1 or not only_readable] or None
