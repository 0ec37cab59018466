"""Functions that approve a recommendation one after another, before it may be decided.

It runs through a procedure of the city (`procedures`), as a message that needs acceptance does:
who approves is a function, substitutes stand in, and the whole story is in the case.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from accounts import selectors as accounts
from modules.applications.errors import ApproversUnprepared, NotInApproval
from modules.applications.models import ApprovalChain, Recommendation
from modules.applications.selectors import RECOMMENDATION, approval_running
from opium.permissions import SYSTEM, Actor
from procedures import selectors as procedures
from procedures.errors import ActionNotAvailable, ProcedureFaulty
from procedures.services import designing, steps
from procedures.services.entrusted.withdrawing import withdraw_subject

if TYPE_CHECKING:
    from procedures.models import Event

Verdict = Literal["approve", "return"]
OUTCOMES: Mapping[Verdict, str] = {"approve": "approved", "return": "returned"}


def approve_recommendation(
    *,
    actor: Actor,
    recommendation: Recommendation,
    verdict: Verdict,
    reason: str = "",
    version: int | None = None,
) -> "Event":
    """Approve it in one's function, or give it back with a reason.

    Given back, nothing of what was approved before counts any more, and its money is free: it is
    recommended anew. Raises `NotInApproval`, and what `procedures.services.steps.perform` does.
    """
    case = approval_running(recommendation)
    if case is None:
        raise NotInApproval
    ways = procedures.definition_of(case.revision).ways_from(case.stage, OUTCOMES[verdict])
    if not ways:
        raise ActionNotAvailable(sentence="W tym etapie zatwierdzania nie ma takiej czynności.")
    return steps.perform(actor=actor, case=case, action=ways[0].key, reason=reason, version=version)


def ask_approval(by: Actor, made: Recommendation) -> None:
    """Let it wait for the first of those who approve it; whoever calls has asked for the right.

    Raises `ApproversUnprepared` where a function is played by nobody but whoever recommends, and
    where functions cannot be played by a person each: nobody approves twice.
    """
    chain = _prepared(made.approvers)
    case = steps.open_case(
        actor=by,
        procedure=chain.procedure,
        subject=(RECOMMENDATION, made.pk),
        title=f"Podział środków: {made.call.title}"[:300],
    )
    able: dict[str, list[UUID]] = {}
    for function in procedures.definition_of(case.revision).functions:
        players = [one.person.pk for one in accounts.holders_of(function.key, case)]
        able[function.name] = [one for one in players if one != by.pk]
        if not able[function.name]:
            nobody = "oprócz Ciebie " if players else ""
            raise ApproversUnprepared(
                reason=f"Funkcji „{function.name}” nie pełni {nobody}nikt, a autor nie zatwierdza."
            )
    if crowded := _crowded(able):
        names = ", ".join(f"„{one}”" for one in crowded)
        raise ApproversUnprepared(
            reason=f"Funkcje {names} pełni za mało osób, a jedna osoba zatwierdza tylko raz."
        )


def _crowded(able: Mapping[str, Sequence[UUID]]) -> list[str]:
    """Functions that are more than the people who play them; none where each can have its own."""
    taken: dict[UUID, str] = {}

    def seat(function: str, seen: set[UUID]) -> bool:
        for person in able[function]:
            if person in seen:
                continue
            seen.add(person)
            if person not in taken or seat(taken[person], seen):
                taken[person] = function
                return True
        return False

    for function in able:
        seen: set[UUID] = set()
        if not seat(function, seen):
            theirs = {function, *(taken[one] for one in seen)}
            return [one for one in able if one in theirs]
    return []


def end_running(by: Actor, made: Recommendation, reason: str) -> bool:
    """Take it back from whoever is asked to approve it, which sends it back; False: nobody is.

    Whoever calls has asked for the right.
    """
    case = approval_running(made)
    if case is None:
        return False
    label = "Rekomendację wycofano"
    return withdraw_subject(by, case, label=label, reason=reason) is not None


def _prepared(functions: Sequence[str]) -> ApprovalChain:
    """The chain with its procedure, published on first need.

    Afterwards the procedure is the city's: it may add deadlines in the editor. Raises
    `ApproversUnprepared` for a function that the city has not, or that nobody plays.
    """
    code = ",".join(functions)
    known = ApprovalChain.objects.select_related("procedure").filter(code=code).first()
    if known is not None:
        return known
    names = accounts.function_names(functions)
    if missing := [one for one in functions if one not in names]:
        raise ApproversUnprepared(reason=f"Miasto nie ma funkcji „{missing[0]}”.")
    document = _document({one: names[one] for one in functions})
    procedure = designing.add_procedure(actor=SYSTEM, name=document["name"], draft=document)
    try:
        designing.publish_procedure(actor=SYSTEM, procedure=procedure)
    except ProcedureFaulty as faulty:
        reasons = " ".join(error.detail for error in faulty.errors)
        raise ApproversUnprepared(reason=reasons) from faulty
    return ApprovalChain.objects.create(code=code, procedure=procedure)


def _document(names: Mapping[str, str]) -> dict[str, Any]:
    approvers = [{"id": code, "function": code} for code in names]
    return {
        "format": 1,
        "name": f"Zatwierdzanie podziału środków: {', '.join(names.values())}"[:200],
        "noun": "rekomendacja",
        "applicant": "office",
        "functions": [{"key": code, "name": name} for code, name in names.items()],
        "stages": [
            {
                "key": "zatwierdzenie",
                "kind": "approval",
                "name": "Zatwierdzenie",
                "function": next(iter(names)),
                "parameters": {"approvers": approvers, "order": "sequential"},
            },
            _end("zatwierdzona", "Zatwierdzona", "positive"),
            _end("zwrocona", "Zwrócona", "negative"),
        ],
        "transitions": [
            _way("zatwierdz", "zatwierdzona", "approved", label="Zatwierdź", tone="positive"),
            _way(
                "zwroc",
                "zwrocona",
                "returned",
                label="Zwróć z powodem",
                tone="negative",
                reason="required",
            ),
        ],
    }


def _end(key: str, name: str, meaning: str) -> dict[str, Any]:
    return {"key": key, "kind": "closing", "name": name, "parameters": {"meaning": meaning}}


def _way(key: str, target: str, outcome: str, **told: str) -> dict[str, Any]:
    return {"key": key, "from": "zatwierdzenie", "to": target, "on": outcome, **told}
