"""Calls as a city publishes them, and applications that came in by them."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

from django.utils import timezone

from forms.models import Sheet
from modules.applications import services
from modules.applications.models import Application, Call
from modules.applications.permissions import Permission
from modules.messaging.permissions import Permission as Messaging
from opium.permissions import SYSTEM
from procedures.permissions import Permission as Procedures
from procedures.services import steps
from procedures.waits import OWNER
from tests.factories import forms, procedures
from tests.factories.accounts import again as fresh_person
from tests.factories.accounts import person_with
from tests.factories.budget import in_city

POT = "granty_w_naborze"


def clerk(**fields):
    """Somebody of the department who runs calls, writes to units and sees the matters."""
    return person_with(
        Permission.MANAGE_CALLS,
        Permission.VIEW_CALLS,
        Messaging.SEND_MESSAGE,
        Messaging.VIEW_MESSAGES,
        Procedures.VIEW_CASES,
        **fields,
    )


def window(key="tura", name="Tura", days=30, **fields):
    """A round that is open since yesterday."""
    now = timezone.now().replace(microsecond=0)
    return {
        "key": key,
        "name": name,
        "opens_at": (now - timedelta(days=1)).isoformat(),
        "closes_at": (now + timedelta(days=days)).isoformat(),
        "pots": [POT],
        "own_deadlines": [],
        **fields,
    }


def rules(*rounds, limits=None, **fields):
    return {
        "description": "Granty na zajęcia po lekcjach.",
        "rounds": list(rounds) or [window()],
        "audience": {"all_units": True},
        "limits": limits or {},
        **fields,
    }


def draft(actor=SYSTEM, procedure=None, said=None, **fields):
    """A call that could be published."""
    year = fields.pop("year", timezone.localdate().year)
    in_city(POT, year=year)
    call = services.draft_call(
        actor=actor,
        procedure=procedure or procedures.published(),
        title=fields.pop("title", f"Granty {year}"),
        year=year,
        **fields,
    )
    return services.change_call(actor=actor, call=call, content={"rules": said or rules()})


def published(procedure=None, said=None, actor=SYSTEM, **fields):
    """A call that takes applications; nobody was told of it."""
    return services.publish_call(actor=actor, call=draft(actor, procedure, said, **fields))


def begun(call, head, unit=None, **fields):
    """A draft of the unit, or of the person."""
    return services.begin_application(
        actor=head, call=call, unit_id=unit.pk if unit else None, **fields
    )


def handed_in(call, head, unit=None, **answers):
    """An application that was filled in and handed in."""
    return hand_in(begun(call, head, unit), head, **answers)


def hand_in(application, head, **answers):
    case = procedures.answered(again(application).case, **{"tytul": "Teatr", **answers})
    steps.perform(actor=head, case=case, action="submitted")
    return again(application)


def again(application):
    return Application.objects.select_related("call", "case__sheet").get(pk=application.pk)


POINTS = forms.question("punkty", "number", required=True, options={"min": "0", "max": "10"})


def scoring_procedure(*questions, asked=None, **parameters):
    """Handed in, scored by „komisja”, done; the card asks for points unless it is said whole."""
    card = forms.published(*(questions or (POINTS,)), name="Karta oceny")
    said = {"points": "punkty", **parameters}
    stages = [
        procedures.stage("nabor", "submission", "applicant"),
        procedures.stage("ocena", "scoring", "komisja", form=str(card.pk), parameters=said),
        procedures.end(),
    ]
    ways = [
        procedures.way("nabor", "submitted", "ocena"),
        procedures.way("ocena", "scored", "koniec"),
    ]
    return procedures.published(stages, ways, form=asked)


def judge(**fields):
    """Somebody who may act in matters, and plays no function."""
    return person_with(Procedures.ACT_IN_CASE, **fields)


def let_watch(person):
    """Let somebody see every call and matter of the city besides."""
    person.assignments.create(role=clerk().assignments.get().role, scope_kind="city")


def words_of(workbook):
    """Everything that stands in the cells of a workbook."""
    with ZipFile(BytesIO(workbook)) as parts:
        names = [one for one in parts.namelist() if one.endswith(".xml")]
        return "".join(parts.read(one).decode() for one in names)


def seat(person, part="member", from_at=None, to_at=None):
    return {
        "person": str(person.pk),
        "part": part,
        "from_at": from_at and from_at.isoformat(),
        "to_at": to_at and to_at.isoformat(),
    }


def committee(*seats, key="komisja", **fields):
    """Seats as `seat` says them; of people alone the first one leads."""
    said = [
        one if isinstance(one, dict) else seat(one, "member" if number else "chair")
        for number, one in enumerate(seats)
    ]
    return {"key": key, "name": "Komisja", "function": "komisja", "members": said, **fields}


def judged_by(*committees, procedure=None, **fields):
    """A published call whose applications these committees score."""
    said = rules(committees=list(committees))
    return published(procedure or scoring_procedure(), said, **fields)


def republish(call, *committees, actor=SYSTEM, **fields):
    """The next edition, with these committees."""
    call = Call.objects.get(pk=call.pk)
    said = {**call.rules, "committees": list(committees), **fields}
    call = services.change_call(actor=actor, call=call, content={"rules": said})
    return services.publish_call(actor=actor, call=call)


def renew(case):
    """What the background does after seats have changed."""
    steps.renew_waiting(case=case)
    return procedures.fresh(case)


def fill_card(person, case, **answers):
    """The member's card with these answers, not handed in."""
    sheet = Sheet.objects.get(owner_kind=OWNER, owner_id=case.pk, person=person)
    forms.services.save_answers(
        actor=SYSTEM, sheet=sheet, changes=answers, draft_version=sheet.draft_version
    )


def score(person, case, points="5", **answers):
    """The member's own score, given; the case as it stands then."""
    fill_card(person, case, **(answers or {"punkty": points}))
    return procedures.perform(case, fresh_person(person), "give_score")
