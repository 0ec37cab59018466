"""Who may see and fill the sheets of cases: what forms asks of their owner."""

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from forms.registry import Guard
from opium.permissions import Actor, System
from procedures import seating
from procedures.desk import APPLICATION, Desk, Look, hold
from procedures.kinds import APPLICANT, KINDS
from procedures.models import Case
from procedures.selectors import case_list
from procedures.selectors.actions import hats_for
from procedures.selectors.findings import parts_shown
from procedures.standing import Standing, standing_of

if TYPE_CHECKING:
    from forms.models import Sheet


def may_view(actor: Actor, sheet: "Sheet") -> bool:
    """A draft is seen by whoever fills it; what was submitted, by both sides as the stage says.

    While members still score, each sees their own sheet alone.
    """
    if isinstance(actor, System):
        return True
    looker = looker_of(actor, sheet.owner_id)
    return looker is not None and looker.sees(sheet)


def may_fill(actor: Actor, sheet: "Sheet") -> bool:
    """Whether the case stands where the sheet is filled, and the actor is who fills it there."""
    if isinstance(actor, System):
        return True
    looker = looker_of(actor, sheet.owner_id)
    return looker is not None and looker.fills(sheet)


def veils(actor: Actor, sheet: "Sheet") -> bool:
    """Whether it is an application whose applicant is hidden from the actor, who scores it."""
    is_given = sheet.purpose == APPLICATION and sheet.version > 0
    return is_given and case_list.is_veiled_from(actor, sheet.owner_id)


def may_submit(_actor: Actor, sheet: "Sheet") -> bool:
    """A sheet is submitted by a step of its case; but one that a new form has opened, by itself."""
    case = Case.objects.filter(pk=sheet.owner_id).first()
    if case is None or sheet.purpose != APPLICATION:
        return False
    kind = KINDS[case.stage_kind]
    return sheet.asks_correction is not None and not (kind.starts or kind.reopens)


def visible(actor: Actor, sheets: "QuerySet[Sheet]") -> "QuerySet[Sheet]":
    """What was submitted in the cases that the actor sees from the office's side; one query."""
    scored = [code for code, kind in KINDS.items() if kind.has_members]
    standing = standing_of(actor)
    owners = Case.objects.filter(Q() if standing is None else standing.keeps())
    hidden = Q(pk__in=())
    if standing is not None:
        between = seating.hidden_to(standing.person.pk, timezone.now(), "members")
        hidden = Q(person__isnull=False) & ~Q(person=actor.pk)
        hidden &= Q(owner_id__in=Case.objects.filter(between).values("pk"))
    is_open_score = Case.objects.filter(
        pk=OuterRef("owner_id"), state=Case.State.OPEN, stage_kind__in=scored
    )
    return sheets.exclude(hidden).filter(
        Q(person=None) | Q(person=actor.pk) | ~Exists(is_open_score),
        owner_id__in=owners.values("pk"),
        version__gte=1,
    )


def in_flight(sheets: "QuerySet[Sheet]") -> "QuerySet[Sheet]":
    """Those of open cases."""
    return sheets.filter(owner_id__in=Case.objects.filter(state=Case.State.OPEN).values("pk"))


def names(ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Case -> its sign and title."""
    return {case.pk: str(case) for case in Case.objects.filter(pk__in=ids)}


GUARD = Guard(
    may_view=may_view,
    may_fill=may_fill,
    veils=veils,
    may_submit=may_submit,
    visible=visible,
    in_flight=in_flight,
    hold=hold,
    names=names,
)


def looker_of(actor: Actor, case_id: UUID) -> "Looker | None":
    """How the actor looks at the case; None where they don't see it, and for the platform."""
    standing = standing_of(actor)
    if standing is None:
        return None
    case = case_list.sided_case_visible_to(actor, case_id)
    if case is None:
        return None
    return Looker(
        Desk(case).look(),
        standing,
        is_from_office=case.is_from_office,
        is_applicant=case.is_on_applicants_side,
    )


class Looker:
    """Somebody who looks at a case: which of its sheets they see, and which they fill."""

    def __init__(
        self, look: Look, standing: Standing, *, is_from_office: bool, is_applicant: bool
    ) -> None:
        self.look, self.standing = look, standing
        self.is_from_office, self.is_applicant = is_from_office, is_applicant

    def sees(self, sheet: "Sheet") -> bool:
        if self.fills(sheet):
            return True
        if self._is_hidden(sheet):
            return False
        if sheet.purpose == APPLICATION:
            return self.is_applicant or (sheet.version > 0 and self.is_from_office)
        if self.is_applicant and self._is_shown(sheet.purpose.split("/")[0]):
            return True
        is_anothers = sheet.person_id not in {None, self.standing.person.pk}
        if is_anothers and self._is_being_scored(sheet):
            return False
        return sheet.version > 0 and self.is_from_office

    def _is_hidden(self, sheet: "Sheet") -> bool:
        """Whether it would tell who applies, or which of those who score has said what."""
        case, is_own = self.look.case, sheet.person_id == self.standing.person.pk
        tells_of_members = sheet.person_id is not None and case.hides_members
        return not is_own and (case.nick is not None or tells_of_members)

    def reads_veiled(self, sheet: "Sheet") -> bool:
        """Whether they read what was handed in without what tells who did."""
        is_hidden = self.look.case.nick is not None
        return is_hidden and sheet.purpose == APPLICATION and sheet.version > 0

    def fills(self, sheet: "Sheet") -> bool:
        case, kind = self.look.case, self.look.kind
        if not case.is_open or sheet.state != "draft":
            return False
        if sheet.purpose == APPLICATION:
            is_open = kind.starts or kind.reopens or sheet.asks_correction is not None
            return is_open and (self._is_hatted or (self._presses and kind.starts))
        whose = None if sheet.person_id is None else self.standing.person.pk
        return sheet.purpose == self.look.desk.purpose(case.stage, whose) and self._presses

    @cached_property
    def _is_hatted(self) -> bool:
        return any(self.standing.hats(self.look.case, (APPLICANT,)))

    @cached_property
    def _presses(self) -> bool:
        """Whether the person may press something that submits the sheet of the stage."""
        kind = self.look.kind
        completing = [code for code, one in kind.outcomes.items() if one.completes_form]
        completing += [code for code, one in kind.acts.items() if one.completes_form]
        return any(hats_for(self.look, self.standing, code) for code in completing)

    def _is_shown(self, stage: str) -> bool:
        """Whether the applicant sees the stage's own form: it is theirs, or they are let."""
        found = self.look.procedure.stage_by_key.get(stage)
        return found is not None and (found.function == APPLICANT or "form" in parts_shown(found))

    def _is_being_scored(self, sheet: "Sheet") -> bool:
        case = self.look.case
        return case.is_open and sheet.purpose.startswith(f"{case.stage}/{case.round}/")
