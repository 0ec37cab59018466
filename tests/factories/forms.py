from contextlib import contextmanager
from uuid import uuid4

from forms import registry, services
from forms.models import UnitTableRow
from forms.permissions import Permission
from forms.registry import Guard
from forms.services import entrusted
from opium.permissions import SYSTEM, may
from procedures.permissions import Permission as Procedures
from tests.factories.accounts import person_with
from tests.factories.files import uploaded

OWNER = "tests.matter"
"""A kind of owner that the tests guard themselves: `guarded`."""


def author(**fields):
    """Somebody of the department who makes forms and keeps lists."""
    return person_with(
        Permission.MANAGE_FORMS, Permission.VIEW_FORMS, Permission.MANAGE_DICTIONARIES, **fields
    )


@contextmanager
def guarded(*people, **guard):
    """Let these people see and fill every sheet of `OWNER`."""
    ids = {person.pk for person in people}
    rules = {
        "may_view": lambda actor, _: actor.pk in ids,
        "may_fill": lambda actor, _: actor.pk in ids,
        "visible": lambda actor, sheets: sheets if actor.pk in ids else sheets.none(),
        **guard,
    }
    outer = registry._guards.pop(OWNER, None)
    registry.guard(OWNER, Guard(**rules))
    try:
        yield
    finally:
        del registry._guards[OWNER]
        if outer is not None:
            registry.guard(OWNER, outer)


def question(key, kind="short_text", **fields):
    return {"key": key, "type": kind, "label": key.replace("_", " ").capitalize(), **fields}


def section(key, *questions, **fields):
    return {"key": key, "title": key.capitalize(), "questions": list(questions), **fields}


def document(*questions, **fields):
    """A definition with one section called `dane`, unless `sections` are given."""
    sections = fields.pop("sections", None) or [section("dane", *questions)]
    return {"format": 1, "title": "Wniosek o grant", "sections": sections, **fields}


TITLE = question("tytul", required=True)
AMOUNT = question("kwota", "money")
BUDGET = question(
    "budzet",
    "table",
    options={
        "columns": [
            {"key": "pozycja", "type": "short_text", "label": "Pozycja"},
            {"key": "koszt", "type": "money", "label": "Koszt"},
        ],
        "sums": ["koszt"],
    },
)


def published(*questions, name="Wniosek o grant", **fields):
    """A form with one published revision."""
    definition = document(*(questions or (TITLE, AMOUNT)), **fields)
    form = services.add_form(actor=SYSTEM, name=name, definition=definition)
    services.publish_form(actor=SYSTEM, form=form)
    form.refresh_from_db()
    return form


def redrafted(form, *questions, **fields):
    """The same form with another draft."""
    return services.change_draft(
        actor=SYSTEM,
        form=form,
        definition=document(*questions, **fields),
        draft_version=form.draft_version,
    )


def sheet_of(form, answers=None, unit=None, purpose="application", **fields):
    """A sheet of `OWNER` with these answers, not submitted."""
    sheet = entrusted.add_sheet(
        actor=SYSTEM,
        form=form,
        owner_kind=OWNER,
        owner_id=fields.pop("owner_id", None) or uuid4(),
        purpose=purpose,
        unit_id=unit.pk if unit else None,
        **fields,
    )
    if answers:
        services.save_answers(
            actor=SYSTEM, sheet=sheet, changes=answers, draft_version=sheet.draft_version
        )
    return fresh(sheet)


def submitted_of(form, answers, unit=None, **fields):
    """As `sheet_of`, submitted."""
    sheet = sheet_of(form, answers, unit, **fields)
    services.submit_sheet(actor=SYSTEM, sheet=sheet)
    return fresh(sheet)


def fresh(sheet):
    return type(sheet).objects.select_related("form", "revision").get(pk=sheet.pk)


def secret_forms(word, unit, head):
    """A form, a sheet that only `head` may see and fill, a dictionary and a table, all so named."""

    def is_theirs(actor, sheet):
        return actor.pk == sheet.person_id and may(actor, Procedures.OPEN_CASE, sheet)

    registry._guards["tests.secret"] = Guard(
        may_view=is_theirs,
        may_fill=is_theirs,
        visible=lambda actor, sheets: sheets.filter(person=actor.pk),
        names=lambda ids: dict.fromkeys(ids, word),
    )
    form = published(TITLE, question("plan", "file"), name=f"Wniosek {word}")
    sheet = entrusted.add_sheet(
        actor=SYSTEM,
        form=form,
        owner_kind="tests.secret",
        owner_id=uuid4(),
        purpose="application",
        unit_id=unit.pk,
        person=head,
    )
    answers = {"tytul": word, "plan": [str(uploaded(head, f"{word}.pdf").pk)]}
    services.save_answers(actor=head, sheet=sheet, changes=answers, draft_version=1)
    services.submit_sheet(actor=head, sheet=fresh(sheet))
    entrusted.reopen_sheet(actor=SYSTEM, sheet=sheet, sentence=word)
    dictionary = services.add_dictionary(actor=SYSTEM, key="tajny", name=word)
    columns = [services.TableColumn("kwota", "Kwota")]
    table = services.add_table(actor=SYSTEM, key="tajna", name=word, columns=columns)
    UnitTableRow.objects.create(table=table, unit_id=unit.pk, values={"kwota": "1"})
    return form, fresh(sheet), dictionary, table
