"""Receipts of what was done in a case: of each step, and of a letter that was issued."""

from uuid import UUID

from opium.errors import NotFound
from opium.permissions import Actor
from opium.polish import format_date, format_moment
from opium.receipts import Receipt
from procedures.models import Case
from procedures.pages import BallShown, CasePage, page_of
from procedures.selectors.letter_list import letter_visible_to

_SIDES = {
    Case.Side.APPLICANT: "wnioskodawca",
    Case.Side.OFFICE: "urząd",
    Case.Side.ASKED: "proszeni o opinię",
    Case.Side.NOBODY: "nikt",
}


def receipt_of_step(actor: Actor, case_id: UUID, number: int) -> Receipt:
    """Of one step that the actor may see: what it did, not what was pressed. Raises `NotFound`."""
    page = page_of(actor, case_id)
    event = next((one for one in page.events if one.number == number), None)
    if event is None:
        raise NotFound
    case = page.case
    who = [event.actor, f"w zastępstwie za: {event.in_place_of}" if event.in_place_of else ""]
    version = str(event.sheet_version) if event.sheet_version else ""
    return Receipt(
        title=f"{event.done}: {case}" + (" (krok cofnięto)" if event.is_undone else ""),
        at=event.at,
        number=f"{case.sign or str(case.pk)[-12:].upper()}, krok {event.number}",
        by=", ".join(filter(None, who)),
        facts=(
            *Receipt.facts_of(
                ("Sprawa", case.title),
                ("Znak sprawy", case.sign),
                ("Czego dotyczy", case.procedure.name),
                ("Jednostka", case.unit_name if case.unit_id else ""),
                ("W historii sprawy", event.sentence if event.sentence != event.done else ""),
                ("Etap", event.to_stage),
                ("Złożona wersja wniosku", version),
                ("Uzasadnienie", event.reason),
            ),
            *Receipt.facts_of(*((one["label"], one["value"]) for one in event.details)),
        ),
        seen_by=_seen_by(case),
        follows=_follows(page),
        url=f"/procedures/cases/{case.pk}",
    )


def receipt_of_letter(actor: Actor, letter_id: UUID) -> Receipt:
    """That a letter was issued, for those who see it. Raises `NotFound`."""
    letter = letter_visible_to(actor, letter_id)
    page = page_of(actor, letter.case_id)
    return Receipt(
        title=f"Wydano pismo: {letter.name}",
        at=letter.created_at,
        number=letter.numbered,
        by=letter.issued_by.display_name if letter.issued_by and page.is_from_office else "Urząd",
        facts=Receipt.facts_of(
            ("Sprawa", page.case.title),
            ("Znak sprawy", page.case.sign),
            ("Data pisma", format_date(letter.issued_on)),
        ),
        seen_by=_seen_by(page.case),
        follows=_follows(page),
        url=f"/procedures/cases/{page.case.pk}",
    )


def _seen_by(case: Case) -> tuple[str, ...]:
    applicant = f"wnioskodawca ({case.unit_name})" if case.unit_id else "wnioskodawca"
    return ("osoby urzędu, które prowadzą tę sprawę", f"{applicant}: to, co go dotyczy")


def _follows(page: CasePage) -> tuple[str, ...]:
    """Whose move it is now and until when, as whoever asks may know it."""
    case = page.case
    if not case.is_open:
        return ("Sprawa jest zakończona. Na nikogo już nie czeka.",)
    ball = BallShown.of(case)
    who = f" ({', '.join(ball.who)})" if ball.who else ""
    told = [f"Czyj ruch: {_SIDES[Case.Side(ball.side)]}{who}."]
    if ball.due_at is not None and not ball.is_paused:
        told.append(f"Termin: {format_moment(ball.due_at)}.")
    told.append("O każdej zmianie dowiesz się z powiadomień i ze strony sprawy.")
    return tuple(told)
