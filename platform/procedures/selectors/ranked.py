"""Cases as matters of a ranking: what their forms, scores and stages say, in three queries."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Self
from uuid import UUID

from django.db.models import Avg, CharField, DecimalField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast, Concat

from forms import definition as forms
from forms.definition import TYPES
from forms.expressions import Type
from forms.selectors import newest_submissions, submitted_texts
from opium.permissions import Actor
from opium.polish import WARSAW
from procedures.definition import Procedure
from procedures.kinds import KINDS
from procedures.models import Case, Vote
from procedures.routing import facts_form, has_one_sheet
from procedures.selectors.case_list import cases_visible_to
from procedures.waits import OWNER
from ranking import Field, Kind, Matter
from ranking import Value as Ranking

_KINDS: Mapping[Type | None, Kind] = {
    Type.NUMBER: Kind.NUMBER,
    Type.TEXT: Kind.TEXT,
    Type.DATE: Kind.DATE,
    Type.YES_NO: Kind.FLAG,
}
UNIT, SUBMITTED = "jednostka", "zlozono"


class _Numeric(DecimalField[Any, Any]):
    """As many digits as there are: PostgreSQL rounds nothing, which costs time for each value."""

    def cast_db_type(self, connection: Any) -> str:
        return "numeric"


_EXACT = _Numeric(max_digits=20, decimal_places=6)
_TEXT: "CharField[Any, Any]" = CharField()


@dataclass(frozen=True, slots=True)
class Rankable:
    """What the cases of a procedure can be ranked by: names as its conditions have them."""

    fields: Mapping[str, Field]
    answers: Mapping[str, Kind] = field(default_factory=dict)
    """Questions of the application."""
    facts: Mapping[str, tuple[str, str, Kind]] = field(default_factory=dict)
    """`komisja.wynik` -> its stage, its fact."""
    criteria: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """`komisja.pomysl` -> its stage, the question on each member's sheet; ranked by the mean."""

    def only(self, names: Collection[str]) -> Self:
        """Those of these names, so that nothing is gathered that nobody asks."""
        return replace(
            self,
            fields={name: one for name, one in self.fields.items() if name in names},
            answers={name: one for name, one in self.answers.items() if name in names},
            facts={name: one for name, one in self.facts.items() if name in names},
            criteria={name: one for name, one in self.criteria.items() if name in names},
        )


def rankable(
    procedure: Procedure,
    application: forms.Definition | None,
    members: Mapping[str, forms.Definition],
) -> Rankable:
    """The fields of the procedure's cases; `members`: stage -> the form that each member fills."""
    fields = {
        UNIT: Field(Kind.TEXT, "Jednostka"),
        SUBMITTED: Field(Kind.DATE, "Dzień złożenia"),
    }
    answers, facts, criteria = {}, {}, {}
    for question in application.questions() if application is not None else ():
        if (kind := _kind_of(question.type)) is not None:
            answers[question.key] = kind
            fields[question.key] = Field(kind, question.label or question.key)
    for stage in procedure.stages:
        for question in facts_form(stage.kind).questions() if stage.kind in KINDS else ():
            if (kind := _kind_of(question.type)) is not None:
                name = f"{stage.key}.{question.key}"
                facts[name] = (stage.key, question.key, kind)
                fields[name] = Field(kind, f"{stage.name}: {question.label}")
        known = members.get(stage.key)
        for question in known.questions() if known and not has_one_sheet(stage) else ():
            if _kind_of(question.type) is Kind.NUMBER:
                name = f"{stage.key}.{question.key}"
                criteria[name] = (stage.key, question.key)
                fields[name] = Field(Kind.NUMBER, f"{stage.name}: {question.label} (średnia)")
    return Rankable(fields, answers, facts, criteria)


def matters_of(actor: Actor, cases: QuerySet[Case], known: Rankable) -> list[Matter]:
    """Those of the cases that the actor may see, by the case's id; three queries for any number.

    Of an application what was submitted last counts; of members' sheets those whose score counts.
    A case without a submitted application, or without a score, lacks those values.
    """
    visible = cases_visible_to(actor).filter(pk__in=cases.values("pk"))
    means = _means(visible, known) if known.criteria else {}
    applications = visible.filter(sheet__isnull=False).values("sheet")
    submitted = submitted_texts(applications, [*known.answers])
    facts = [KeyTextTransform(f, KeyTransform(s, F("facts"))) for s, f, _ in known.facts.values()]
    named = {f"fact_{number}": one for number, one in enumerate(facts)}
    rows = visible.annotate(**named).values_list("pk", "unit_name", "sheet_id", *named)
    nothing: tuple[datetime | None, list[str | None]] = (None, [None] * len(known.answers))
    found = []
    for pk, unit, sheet, *told in rows:
        at, answers = submitted.get(sheet, nothing)
        values: dict[str, Ranking] = {UNIT: unit or None}
        values[SUBMITTED] = None if at is None else at.astimezone(WARSAW).date()
        for (name, kind), text in zip(known.answers.items(), answers, strict=True):
            values[name] = typed(kind, text)
        for (name, (_, _, kind)), text in zip(known.facts.items(), told, strict=True):
            values[name] = typed(kind, text)
        values.update(means.get(pk, {}))
        found.append(Matter(str(pk), values))
    return found


def typed(kind: Kind, text: str | None) -> Ranking:
    """A value of JSON, as the text that the database makes of it; None for one not of the kind."""
    if not text or text[0] in "{[":  # an answer of several parts has no place in a ranking
        return None
    try:
        match kind:
            case Kind.NUMBER:
                return Decimal(text)
            case Kind.DATE:
                return date.fromisoformat(text)
            case Kind.FLAG:
                return {"true": True, "false": False}.get(text)
            case Kind.TEXT:
                return text
    except (InvalidOperation, ValueError):
        return None


def _means(cases: QuerySet[Case], known: Rankable) -> dict[UUID, dict[str, Decimal]]:
    """Case -> criterion -> the mean of those members whose score counts."""
    purpose = Concat(
        F("stage"), Value("/"), Cast("round", _TEXT), Value("/"), Cast("person_id", _TEXT)
    )
    scored = (
        Vote.objects.filter(case=OuterRef("owner_id"), person=OuterRef("person"))
        .filter(is_valid=True, points__isnull=False)
        .annotate(sheet_purpose=purpose)
        .filter(sheet_purpose=OuterRef("purpose"))
    )
    stages = {stage for stage, _ in known.criteria.values()}
    names = {f"mean_{number}": name for number, name in enumerate(known.criteria)}
    asked = {
        short: Avg(
            Cast(KeyTextTransform(question, F("versions__answers")), _EXACT),
            filter=None if len(stages) == 1 else Q(purpose__startswith=f"{stage}/"),
        )
        for short, (stage, question) in zip(names, known.criteria.values(), strict=True)
    }
    found = newest_submissions(OWNER, cases.values("pk")).filter(Exists(scored))
    rows = found.values("owner_id").annotate(**asked).values_list("owner_id", *names)
    return {
        case: {
            name: mean for name, mean in zip(names.values(), means, strict=True) if mean is not None
        }
        for case, *means in rows
    }


def _kind_of(question: str) -> Kind | None:
    return _KINDS.get(TYPES[question].worth)
