"""Calls for whoever runs or watches them, and what a call still lacks to be published."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts import scopes
from accounts import selectors as accounts
from budget import selectors as budget
from forms import selectors as forms
from modules.applications.models import Call, CallEdition
from modules.applications.models.changing import differences, told_to_units
from modules.applications.models.rules import Round, Rules, read
from modules.applications.permissions import Permission
from modules.applications.selectors.committees import lacks_of_committees
from modules.directory import selectors as directory
from opium.errors import FieldError
from opium.models import holding
from opium.permissions import SYSTEM, Actor
from procedures.selectors import definition_of, grants_money, newest_or_none

NAMES = frozenset({"first_name", "last_name"})
"""The fields of a block of personal data that say who it is."""


def calls_visible_to(actor: Actor) -> QuerySet[Call]:
    """Published calls for whoever watches them; drafts and trial calls for whoever runs them.

    The newest year first, then in Polish order; with procedure and edition, in one query.
    """
    runs = actor.reach(Permission.MANAGE_CALLS)
    calls = Call.objects.select_related("procedure", "edition", "revision")
    if not runs.everywhere:  # an empty condition, joined by „or”, would leave only the other one
        watches = scopes.within(actor.reach(Permission.VIEW_CALLS), kind="procedure")
        is_told = watches & ~Q(state=Call.State.DRAFT) & Q(is_test=False)
        calls = calls.filter(scopes.within(runs, kind="procedure") | is_told)
    return calls.defer("procedure__draft").order_by("-year", "sort_key", "pk")


def calls_matching(calls: QuerySet[Call], text: str) -> QuerySet[Call]:
    """Those with every word of `text` in title or procedure; case and diacritics do not count."""
    return holding(calls, text, ("title", "procedure__name"))


def editions_of(call: Call) -> QuerySet[CallEdition]:
    """The newest first, with who published each and the message that told of it; one query."""
    whole = CallEdition.objects.select_related("published_by", "message")
    return whole.filter(call=call).order_by("-number")


def rules_of(call: Call) -> Rules:
    """What is being worked on; of a published call, what holds is `call.edition.said`."""
    return read(call.rules)


def rules_in_force(call: Call) -> Rules:
    """As the call was published last; of a draft, what is being worked on."""
    return call.edition.said if call.edition is not None else rules_of(call)


def changes_of(call: Call) -> list[str]:
    """What publishing would change of the rules that hold, a sentence each; none of a draft."""
    before = call.edition
    if before is None:
        return []
    return [*_renamed(call, before), *differences(before.said, rules_of(call))]


def changes_told_to_units(call: Call) -> list[str]:
    """Those of the changes that whoever applies is told of."""
    before = call.edition
    if before is None:
        return []
    return [*_renamed(call, before), *told_to_units(before.said, rules_of(call))]


def _renamed(call: Call, before: CallEdition) -> list[str]:
    return [f"Nabór nazywa się teraz „{call.title}”."] if before.title != call.title else []


def missing_in(call: Call) -> list[FieldError]:
    """What has to be put right before the call can be published, each with its field; in order."""
    return list(_lacks(call, rules_of(call), timezone.now()))


def _lacks(call: Call, rules: Rules, now: datetime) -> Iterator[FieldError]:
    if not call.title.strip():
        yield FieldError("title", "Podaj tytuł naboru.")
    revision = call.revision or newest_or_none(call.procedure)
    if revision is None:
        sentence = "Ta procedura nie jest jeszcze opublikowana. Opublikuj ją albo wybierz inną."
        yield FieldError("procedure", sentence)
    elif call.revision is None and call.procedure.is_archived:
        yield FieldError("procedure", "Ta procedura jest w archiwum. Wybierz inną.")
    yield from _lacks_of_rounds(call, rules, now)
    if not directory.units_addressed(**rules.audience).exists():
        yield FieldError("rules.audience", "Wybierz, które jednostki mogą składać wnioski.")
    yield from _lacks_of_person(call, rules)
    yield from lacks_of_committees(call, rules, revision)


def _lacks_of_rounds(call: Call, rules: Rules, now: datetime) -> Iterator[FieldError]:
    if not rules.rounds:
        yield FieldError("rules.rounds", "Dodaj co najmniej jedną turę z terminem.")
    revision = call.revision or newest_or_none(call.procedure)
    needs_pots = revision is not None and grants_money(definition_of(revision))
    for number, one in enumerate(rules.rounds):
        yield from _lacks_of_round(f"rules.rounds.{number}", one)
        if needs_pots and not one.pots:
            sentence = f"Tura „{one.name}”: wybierz pule, bo procedura przyznaje z nich środki."
            yield FieldError(f"rules.rounds.{number}", sentence)
    last = rules.last_closing
    if call.state == Call.State.DRAFT and last is not None and last <= now:
        yield FieldError("rules.rounds", "Termin składania już minął. Podaj późniejszy.")
    missing = budget.missing_pots(rules.pots, call.year) if rules.pots else []
    for code in missing:
        sentence = (
            f"W budżecie na {call.year} r. nie ma puli „{code}”. "
            "Załóż ją w „Budżecie” albo wybierz inną."
        )
        yield FieldError("rules.rounds", sentence)


def _lacks_of_round(field: str, one: Round) -> Iterator[FieldError]:
    if one.opens_at is None or one.closes_at is None:
        yield FieldError(field, f"Tura „{one.name}”: podaj, od kiedy i do kiedy.")
        return
    if one.closes_at <= one.opens_at:
        yield FieldError(field, f"Tura „{one.name}” kończy się, zanim się zacznie.")
    for own in one.own_deadlines:
        if own.closes_at is None or own.closes_at <= one.opens_at:
            sentence = (
                f"Tura „{one.name}”: termin dla wybranych wnioskodawców jest przed jej otwarciem."
            )
            yield FieldError(field, sentence)


def _lacks_of_person(call: Call, rules: Rules) -> Iterator[FieldError]:
    limits = rules.limits
    if limits.per_person is None:
        return
    if not limits.person_questions:
        yield FieldError(
            "rules.limits.person_questions", "Wskaż pytanie, po którym rozpoznać osobę."
        )
    known = questions_of(call)
    for key in limits.person_questions:
        if key not in known:
            sentence = f"Formularz tej procedury nie ma pytania „{key}”. Wybierz inne."
            yield FieldError("rules.limits.person_questions", sentence)


def functions_to_approve() -> dict[str, str]:
    """Code -> name of every function of the city, in Polish order: who can approve a division."""
    return dict(accounts.functions_visible_to(SYSTEM).values_list("code", "name"))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the applicants' form."""

    label: str
    is_name: bool
    """Whether its answer can be somebody's first or last name."""


def questions_of(call: Call) -> dict[str, Asked]:
    """Key -> each question of the applicants' form, as it was published last."""
    form = call.procedure.form
    revision = forms.newest_or_none(form) if form is not None else None
    if revision is None:
        return {}
    asked = forms.definition_of(revision).questions()
    return {
        one.key: Asked(
            one.label,
            one.type == "short_text" or not NAMES.isdisjoint(one.options.fields),
        )
        for one in asked
    }
