import io
import zipfile

import openpyxl

from modules.messaging import services
from modules.messaging.permissions import Permission
from opium.permissions import SYSTEM
from tests.factories.accounts import person_with
from tests.factories.directory import MembershipFactory, UnitFactory
from tests.factories.files import uploaded

TEXT_ONLY = {"wants_text": True}


def clerk(**fields):
    """Somebody of the department who sends messages and sees those of colleagues."""
    return person_with(Permission.SEND_MESSAGE, Permission.VIEW_MESSAGES, **fields)


def head_of(unit, **fields):
    """A member of the unit who may answer for it."""
    person = person_with(Permission.ANSWER_MESSAGE, scope_kind="unit", scope_id=unit.pk, **fields)
    MembershipFactory(person=person, unit=unit)
    return person


def draft(author, units=(), people=(), **content):
    """A draft that could be sent, with the parts that a test cares about."""
    return services.write_draft(
        actor=author,
        content={
            "subject": "Ankieta o obiadach",
            "body": "Proszę o odpowiedź.",
            "audience": {
                "units": [unit.pk for unit in units],
                "people": [person.pk for person in people],
            },
            **content,
        },
    )


def sent(author, units=(), people=(), **content):
    """A message that has been sent and delivered."""
    message = services.send_message(actor=author, message=draft(author, units, people, **content))
    services.deliver_message(actor=SYSTEM, message=message)
    return message


def survey(author, units=(), people=(), name="ankieta.xlsx", content=None, **request):
    """A sent message with a workbook to fill in."""
    file = uploaded(author, name, content or workbook(["Lp.", "Klasa", "Obiady"]))
    return sent(
        author,
        units,
        people,
        attachments=[file.pk],
        answer_request={"wants_workbook": True, "template": file.pk, **request},
    )


def workbook(*rows) -> bytes:
    """An xlsx with these rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def broken_workbook() -> bytes:
    """A whole ZIP, so that the upload takes it, with a sheet cut in the middle."""
    whole = io.BytesIO(workbook(["Lp.", "Klasa"], [1, "1a"]))
    cut = io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(cut, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith(("xl/worksheets/", "xl/workbook.xml")):
                content = content[: len(content) // 2]
            new.writestr(name, content)
    return cut.getvalue()


def city_of(count):
    """So many units, each with a head."""
    units = UnitFactory.create_batch(count)
    return units, [head_of(unit) for unit in units]
