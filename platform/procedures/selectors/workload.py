"""What procedures tell the desk: one's own cases that others have now, and the city's cases."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from procedures import registry
from procedures.models import Case, Event
from procedures.permissions import Permission
from procedures.selectors.case_list import overdue, with_ball, with_sides
from procedures.standing import Standing
from todo.registry import Figure, FigureSource, Part, Run, Running, RunSource

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import Person

MOST_PROCEDURES = 8
COUNTED = timedelta(days=30)
WHOSE = {
    Case.Side.APPLICANT: "ruch wnioskodawcy",
    Case.Side.OFFICE: "ruch urzędu",
    Case.Side.ASKED: "czeka na opinię",
    Case.Side.NOBODY: "na nikogo nie czeka",
}


def cases_of(person: "Person", most: int) -> Running:
    """Open cases of the person's side, or in which they have done a step, that wait for others."""
    standing = person.once(Standing)
    acted = Exists(Event.objects.filter(actor=person.pk, case=OuterRef("pk")))
    mine = Case.objects.filter(standing.sees(), state=Case.State.OPEN).filter(
        standing.has() | Q(acted), ~Q(standing.waited_for())
    )
    rows = with_sides(person, with_ball(mine)).order_by(
        F("due_at").asc(nulls_last=True), "ball_since", "pk"
    )[:most]
    shown = [_run(one) for one in rows]
    return Running(mine.count() if len(shown) == most else len(shown), shown)


def _run(case: Case) -> Run:
    names = ", ".join(dict.fromkeys(filter(None, case.waited_for)))
    whose = WHOSE[Case.Side(case.ball_side)]
    stage = case.stage_name if case.is_from_office else case.public_name
    return Run(
        id=case.pk,
        title=case.title,
        url=registry.url_of(case),
        details=" · ".join(filter(None, (case.sign, case.procedure.name, stage))),
        whose=f"{whose}: {names}" if names else whose,
        since=case.ball_since,
        due_at=case.due_at,
    )


CASES = RunSource(
    "procedures.cases",
    "Sprawy, które mają teraz inni",
    "/procedures/cases?state=open",
    (
        Permission.OPEN_CASE,
        Permission.ACT_IN_CASE,
        Permission.VIEW_CASES,
        Permission.KEEP_OWN_CASES,
    ),
    cases_of,
)


def figures() -> Sequence[Figure]:
    """The city's cases by whose move, by procedure, and how they end; three queries."""
    return [_moves(), _procedures(), _ends()]


def _counted() -> "QuerySet[Case]":
    """Trials are in no figure of the city."""
    return Case.objects.filter(is_trial=False)


def _moves() -> Figure:
    late = overdue()
    side = "ball_side"
    found = (
        _counted()
        .filter(state=Case.State.OPEN)
        .aggregate(
            office=Count("pk", filter=Q(**{side: Case.Side.OFFICE}) & ~late),
            late=Count("pk", filter=Q(**{side: Case.Side.OFFICE}) & late),
            applicant=Count("pk", filter=Q(**{side: Case.Side.APPLICANT})),
            asked=Count("pk", filter=Q(**{side: Case.Side.ASKED})),
        )
    )
    return Figure(
        "procedures.moves",
        "Sprawy w toku: czyj ruch",
        "whole",
        [
            Part("urząd, w terminie", found["office"], "info", "/procedures/cases?state=open"),
            Part(
                "urząd, po terminie",
                found["late"],
                "danger",
                "/procedures/cases?state=open&overdue=true",
            ),
            Part("wnioskodawca", found["applicant"], "neutral"),
            Part("zapytani o opinię", found["asked"], "warning"),
        ],
        "Otwarte sprawy wszystkich procedur.",
    )


def _procedures() -> Figure:
    """The procedures with the most open cases; the others together."""
    rows = list(
        _counted()
        .filter(state=Case.State.OPEN)
        .values_list("procedure", "procedure__name")
        .annotate(rows=Count("pk"))
        .order_by("-rows", "procedure__name")
    )
    parts = [
        Part(name, count, "info", f"/procedures/cases?state=open&procedure={pk}")
        for pk, name, count in rows[:MOST_PROCEDURES]
    ]
    if rest := sum(count for _, _, count in rows[MOST_PROCEDURES:]):
        parts.append(Part("pozostałe", rest, "neutral"))
    return Figure(
        "procedures.kinds", "Sprawy w toku według procedur", "bars", parts, "Ile jest otwartych."
    )


def _ends() -> Figure:
    since = timezone.now() - COUNTED
    meaning = Case.Meaning
    found = (
        _counted()
        .filter(state=Case.State.CLOSED, closed_at__gt=since)
        .aggregate(
            positive=Count("pk", filter=Q(meaning=meaning.POSITIVE)),
            negative=Count("pk", filter=Q(meaning=meaning.NEGATIVE)),
            withdrawn=Count("pk", filter=Q(meaning=meaning.WITHDRAWN)),
        )
    )
    return Figure(
        "procedures.ends",
        "Zakończone sprawy",
        "whole",
        [
            Part("pozytywnie", found["positive"], "success"),
            Part("odmownie", found["negative"], "danger"),
            Part("wycofane", found["withdrawn"], "neutral"),
        ],
        f"W ciągu ostatnich {COUNTED.days} dni.",
    )


FIGURES = FigureSource("procedures.figures", figures)
