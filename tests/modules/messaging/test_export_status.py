import io

import openpyxl
import pytest

from audit.models import Entry
from modules.messaging import services
from modules.messaging.services import AnswerContent
from tests.factories.directory import UnitFactory
from tests.factories.messaging import sent

pytestmark = pytest.mark.django_db


def exported(browser, message, **query):
    answer = browser.get(f"/api/v1/messaging/messages/{message.pk}/export/", query)
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active


def test_the_table_leaves_as_it_stands_on_the_screen(clerk, unit, head, api, delivery_to):
    silent = [UnitFactory(short_name=name) for name in ("Ż 1", "Ł 1")]
    message = sent(clerk, [unit, *silent], answer_request={"wants_text": True})
    services.answer_delivery(
        actor=head, delivery=delivery_to(message, unit), content=AnswerContent(text="Jest")
    )

    everyone = exported(api(clerk), message)
    waiting = exported(api(clerk), message, status="silent", ordering="-name_key")

    assert [row[0].value for row in everyone.rows] == ["Adresat", "Ł 1", "SP nr 7", "Ż 1"]
    assert [row[0].value for row in waiting.rows] == ["Adresat", "Ż 1", "Ł 1"]
    header = [cell.value for cell in everyone[1]]
    answered = dict(zip(header, [cell.value for cell in everyone[3]], strict=True))
    assert answered["Treść odpowiedzi"] == "Jest"
    assert answered["Wersja"] == 1
    assert answered["Po terminie"] == "nie"
    assert everyone.freeze_panes == "B2"
    entry = Entry.objects.latest("id")
    assert (entry.deed, entry.after) == (
        "messaging.export_status",
        {"export": {"status": "silent", "ordering": "-name_key"}, "rows": 2},
    )
