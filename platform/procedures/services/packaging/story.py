"""The story of a matter as a page to be drawn: what its own page shows the same person."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.utils import timezone

from documents.content import Block, Document, Facts, Heading, Paragraph, Run, Table, plain
from opium.calendar import day_of
from opium.polish import format_date, format_moment

if TYPE_CHECKING:
    from procedures.pages import CasePage
    from procedures.stories import EventShown
    from threads.models import Post

ANSWERS = {"yes": "tak", "no": "nie"}


def story_of(page: "CasePage", posts: "Sequence[Post]") -> Document:
    """Everything that the page of the case tells its reader, in the order of a file of papers."""
    blocks = [
        *_about(page),
        *_found(page),
        *_happened(page),
        *_asked(posts),
        *_opinions(page),
        *_votes(page),
    ]
    told = f"Stan na {format_moment(timezone.now())}."
    return Document(title=f"Przebieg sprawy: {page.case}", blocks=[plain(told), *blocks])


def _about(page: "CasePage") -> Iterator[Block]:
    case = page.case
    applicant = case.applicant.display_name if case.applicant else ""
    pairs = [
        ("Tytuł", case.title),
        ("Znak sprawy", case.sign),
        ("Rodzaj sprawy", case.procedure.name),
        ("Wnioskodawca", case.unit_name or applicant),
        ("Założono", format_moment(case.opened_at)),
        ("Etap", case.stage_name if page.is_from_office else case.public_name),
        ("Wynik", case.get_meaning_display() if case.meaning else ""),
        ("Zakończono", format_moment(case.closed_at) if case.closed_at else ""),
    ]
    yield Facts([(name, value) for name, value in pairs if value])


def _found(page: "CasePage") -> Iterator[Block]:
    pairs = [(one.label, one.value) for one in page.findings]
    if pairs:
        yield Heading("Co ustalono", level=2)
        yield Facts(pairs)


def _happened(page: "CasePage") -> Iterator[Block]:
    yield Heading("Historia", level=2)
    for event in page.events:
        yield from _event(event)


def _event(event: "EventShown") -> Iterator[Block]:
    who = event.actor or "system"
    if event.function and event.function != who:
        who = f"{who} ({event.function})"
    if event.in_place_of:
        who = f"{who}, w zastępstwie za: {event.in_place_of}"
    undone = " (cofnięte)" if event.is_undone else ""
    way = ""
    if event.from_stage and event.to_stage and event.from_stage != event.to_stage:
        way = f" Z etapu „{event.from_stage}” do etapu „{event.to_stage}”."
    yield Paragraph(
        [
            Run(f"{format_moment(event.at)}, {who}: "),
            Run(f"{event.sentence}{undone}.", bold=True),
            Run(way),
        ]
    )
    if event.reason:
        yield Paragraph([Run("Uzasadnienie: "), Run(event.reason)], indent=14)
    pairs = [(one["label"], one["value"]) for one in event.details]
    if pairs:
        yield Facts(pairs)


def _asked(posts: "Sequence[Post]") -> Iterator[Block]:
    if not posts:
        return
    yield Heading("Pytania i odpowiedzi", level=2)
    for post in posts:
        files = ", ".join(one.file.name for one in post.in_order)
        head = f"{format_moment(post.created_at)}, {post.author_name}: "
        yield Paragraph([Run(head, bold=True), Run(post.text)])
        if files:
            yield Paragraph([Run(f"Pliki: {files}")], indent=14)


def _opinions(page: "CasePage") -> Iterator[Block]:
    if not page.opinions:
        return
    yield Heading("Opinie", level=2)
    rows = [
        [
            one.whom,
            one.question,
            ANSWERS.get(one.verdict, "bez odpowiedzi"),
            one.answer,
            format_date(day_of(one.answered_at)) if one.answered_at else "",
        ]
        for one in page.opinions
    ]
    yield Table(["Kogo pytano", "O co", "Odpowiedź", "Uzasadnienie", "Kiedy"], rows)


def _votes(page: "CasePage") -> Iterator[Block]:
    if not page.votes:
        return
    yield Heading("Oceny i głosy", level=2)
    rows = [
        [
            one.stage_name,
            one.person,
            one.verdict_label,
            "" if one.points is None else str(one.points).replace(".", ","),
            one.reason if one.is_valid else f"{one.reason} (cofnięte)".strip(),
        ]
        for one in page.votes
    ]
    yield Table(["Etap", "Kto", "Głos", "Punkty", "Uwagi"], rows, numeric=[3])
