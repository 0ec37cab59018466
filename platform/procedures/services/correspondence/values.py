"""What a letter's fields are filled with: texts as people write them, as on the day of issue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from forms import selectors as forms
from forms.expressions import UNIT_FACTS
from forms.filling import spoken
from opium.calendar import day_of
from opium.polish import format_date
from opium.registry import city_address, current_city
from procedures.kinds import KINDS
from procedures.models.letters import TRIAL_YEAR, numbered
from procedures.published import definition_of
from procedures.routing import facts_form
from procedures.rows import explanation_of
from procedures.selectors.findings import stages_over, sum_granted
from units.selectors import unit_facts

if TYPE_CHECKING:
    from forms.models import SheetVersion
    from procedures.models import Case, Event

ROOTS = {
    "sprawa": "Sprawa: znak, tytul, nazwa, etap, termin, otwarta, rozstrzygniecie, adres.",
    "wniosek": "Odpowiedzi z formularza po kluczach pytań; tabela to lista wierszy.",
    "etapy": "Ustalenia etapów: etapy.decyzja.numer, etapy.podzial.kwota.",
    "jednostka": "Jednostka: nazwa, skrot, ulica, kod_pocztowy, miejscowosc, nip, regon, rspo.",
    "pismo": "Pismo: numer, data, podpisuje.",
    "decyzja": "Rozstrzygnięcie: decyzja.kwota (przyznana), numer, data; czego nie ma, jest puste.",
    "powod": "Powód albo uzasadnienie podane przy tym kroku; bywa puste.",
    "miasto": "Nazwa miasta.",
}
"""What a template may ask for, by the first word of a field, with a sentence for the screens."""


NUMBER_TO_COME = "[numer nadamy przy wydaniu]"


@dataclass(frozen=True, slots=True)
class CaseValues:
    """What a letter may say of one case."""

    case: "Case"
    answers: Mapping[str, Any]
    unit: Mapping[str, str]
    address: str

    def of_letter(
        self,
        *,
        number: int | None,
        day: date,
        actor_name: str,
        event: "Event | None" = None,
    ) -> dict[str, Any]:
        """Every root with its values; no number yet where the letter is only looked at."""
        case = self.case
        year = TRIAL_YEAR if case.is_trial else day.year
        return {
            "miasto": current_city().name,
            "powod": explanation_of(event) if event else "",
            "pismo": {
                "numer": NUMBER_TO_COME if number is None else numbered(number, year),
                "data": format_date(day),
                "podpisuje": actor_name,
            },
            "sprawa": {
                "znak": case.sign,
                "tytul": case.title,
                "nazwa": case.procedure.name,
                "etap": case.public_name,
                "termin": format_date(day_of(case.due_at)) if case.due_at else "",
                "otwarta": format_date(day_of(case.opened_at)),
                "rozstrzygniecie": _outcome(case, event) or case.get_meaning_display(),
                "adres": f"{self.address}/procedures/cases/{case.pk}",
            },
            "wniosek": dict(self.answers),
            "etapy": _stages(case),
            "decyzja": _decision(case),
            "jednostka": {word: self.unit.get(fact, "") for word, fact in UNIT_FACTS.items()},
        }


def values_of(cases: Sequence["Case"]) -> dict[UUID, CaseValues]:
    """Case -> what its letters may say, in a number of queries that does not grow."""
    sheets = {case.sheet_id for case in cases if case.sheet_id}
    versions = forms.newest_versions(sheets)
    facts = unit_facts({case.unit_id for case in cases if case.unit_id})
    given_by = {case.sheet_id: case.unit_id for case in cases if case.sheet_id}
    answers = _answers([(one, given_by[one.sheet_id]) for one in versions.values()])
    address = city_address()
    return {
        case.pk: CaseValues(
            case=case,
            answers=answers.get(case.sheet_id, {}) if case.sheet_id else {},
            unit=facts.get(case.unit_id, {}) if case.unit_id else {},
            address=address,
        )
        for case in cases
    }


def _answers(
    versions: Sequence[tuple["SheetVersion", UUID | None]],
) -> dict[UUID, dict[str, Any]]:
    """Sheet -> question -> what the unit submitted last; every question of the form is there."""
    answered = [
        forms.Answered(forms.definition_of(version.revision), version.answers, unit)
        for version, unit in versions
    ]
    known = forms.facts_of_many(answered, is_past=True)
    found: dict[UUID, dict[str, Any]] = {}
    for (version, _), one, facts in zip(versions, answered, known, strict=True):
        told: dict[str, Any] = {}
        for question in one.definition.questions():
            answer = one.answers.get(question.key)
            if question.type == "table":
                told[question.key] = [
                    {
                        column.key: spoken(column, row.get(column.key), facts)
                        for column in question.options.columns
                    }
                    for row in answer or ()
                ]
            else:
                told[question.key] = spoken(question, answer, facts)
        found[version.sheet_id] = told
    return found


def _stages(case: "Case") -> dict[str, dict[str, str]]:
    """Every stage with every fact of its kind; one that is not known yet is empty."""
    found: dict[str, dict[str, str]] = {}
    for stage in case.revision.definition["stages"]:
        known = case.facts.get(stage["key"], {})
        asked = facts_form(stage["kind"]).questions()
        found[stage["key"]] = {one.key: spoken(one, known.get(one.key)) for one in asked}
    return found


def _decision(case: "Case") -> dict[str, str]:
    """What was granted, and the number and day of the last decision."""
    procedure = definition_of(case.revision)
    deciding = [one for one in stages_over(case, procedure) if one.kind == "decision"]
    known = case.facts.get(deciding[-1].key, {}) if deciding else {}
    asked = {one.key: one for one in facts_form("decision").questions()}
    return {
        "kwota": sum_granted(case, procedure),
        **{name: spoken(asked[name], known.get(name)) for name in ("numer", "data")},
    }


def _outcome(case: "Case", event: "Event | None") -> str:
    """What the step came to, in the words of its kind: „przyznano w części”."""
    if event is None or not event.outcome:
        return ""
    for stage in case.revision.definition["stages"]:
        if stage["key"] == event.from_stage and stage["kind"] in KINDS:
            outcome = KINDS[stage["kind"]].outcomes.get(event.outcome)
            return outcome.label if outcome else ""
    return ""
