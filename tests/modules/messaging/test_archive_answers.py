import io
import zipfile

import openpyxl
import pytest

from audit.models import Entry
from modules.messaging import services
from modules.messaging.services import AnswerContent
from tests.factories.accounts import PersonFactory
from tests.factories.directory import UnitFactory
from tests.factories.files import PDF, uploaded
from tests.factories.messaging import clerk as make_clerk
from tests.factories.messaging import head_of, sent

pytestmark = pytest.mark.django_db


def archive_of(browser, message):
    answer = browser.get(f"/api/v1/messaging/messages/{message.pk}/archive/")
    assert answer.headers["Content-Type"] == "application/zip"
    return answer, zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def test_files_are_named_after_recipient_subject_and_themselves(clerk, api, delivery_to):
    units = [UnitFactory(short_name=name) for name in ("SP nr 2: Żaczek", "SP nr 10")]
    heads = [head_of(unit) for unit in units]
    message = sent(clerk, units, subject="Obiady", answer_request={"wants_files": True})
    for unit, head in zip(units, heads, strict=True):
        files = [uploaded(head, name).pk for name in ("plan.pdf", "plan.pdf")]
        services.answer_delivery(
            actor=head, delivery=delivery_to(message, unit), content=AnswerContent(files=files)
        )

    answer, archive = archive_of(api(clerk), message)

    assert archive.namelist() == [
        "index.xlsx",
        "SP nr 2- Żaczek - Obiady - plan.pdf",
        "SP nr 2- Żaczek - Obiady - plan (2).pdf",
        "SP nr 10 - Obiady - plan.pdf",
        "SP nr 10 - Obiady - plan (2).pdf",
    ]
    assert archive.testzip() is None
    assert archive.read("SP nr 10 - Obiady - plan.pdf") == PDF
    assert "Obiady%20-%20odpowiedzi.zip" in answer.headers["Content-Disposition"] or (
        'filename="Obiady - odpowiedzi.zip"' in answer.headers["Content-Disposition"]
    )
    entry = Entry.objects.latest("id")
    assert (entry.deed, entry.after) == (
        "messaging.archive_answers",
        {"export": "archive", "files": 4},
    )


def test_only_the_newest_version_is_saved(clerk, unit, head, api, delivery_to):
    message = sent(clerk, [unit], answer_request={"wants_files": True})
    for name in ("pierwsza.pdf", "druga.pdf"):
        services.answer_delivery(
            actor=head,
            delivery=delivery_to(message, unit),
            content=AnswerContent(files=[uploaded(head, name).pk]),
        )

    _, archive = archive_of(api(clerk), message)

    assert archive.namelist() == [
        "index.xlsx",
        "SP nr 7 - Ankieta o obiadach - druga.pdf",
    ]


def test_the_index_lists_the_silent_ones_too_and_links_to_the_files(
    clerk, unit, head, api, delivery_to
):
    silent = UnitFactory(short_name="SP nr 8")
    message = sent(clerk, [unit, silent], answer_request={"wants_files": True})
    services.open_delivery(actor=head, delivery=delivery_to(message, unit))
    services.answer_delivery(
        actor=head,
        delivery=delivery_to(message, unit),
        content=AnswerContent(text="=Proszę", files=[uploaded(head, "a.pdf").pk]),
    )

    _, archive = archive_of(api(clerk), message)
    index = openpyxl.load_workbook(io.BytesIO(archive.read("index.xlsx"))).active

    rows = [dict(zip([cell.value for cell in index[1]], row, strict=True)) for row in index[2:3]]
    answered, waiting = rows
    assert answered["Adresat"].value == "SP nr 7"
    assert answered["Otworzył(a)"].value == "Jan Nowak"
    assert answered["Treść odpowiedzi"].value == "=Proszę"
    assert answered["Treść odpowiedzi"].data_type == "s"
    assert answered["Plik"].value == (
        '=HYPERLINK("SP nr 7 - Ankieta o obiadach - a.pdf","SP nr 7 - Ankieta o obiadach - a.pdf")'
    )
    assert waiting["Adresat"].value == "SP nr 8"
    assert (waiting["Odpowiedź"].value, waiting["Plik"].value) == (None, None)


def test_a_single_file_is_downloaded_under_the_name_it_has_in_the_archive(
    clerk, unit, head, api, delivery_to
):
    message = sent(clerk, [unit], answer_request={"wants_files": True})
    answer = services.answer_delivery(
        actor=head,
        delivery=delivery_to(message, unit),
        content=AnswerContent(files=[uploaded(head, "a.pdf").pk]),
    )
    url = f"/api/v1/messaging/answer-files/{answer.files.get().pk}/download/"

    redirect = api(clerk).get(url)

    assert redirect.status_code == 302
    download = api(clerk).get(redirect.headers["Location"])
    assert b"".join(download.streaming_content) == PDF
    assert "SP nr 7 - Ankieta o obiadach - a.pdf" in download.headers["Content-Disposition"]
    seen = [api(one).get(url).status_code for one in (head, PersonFactory(), None)]
    assert seen == [302, 404, 401]


def test_the_attachment_is_for_sender_and_recipients_and_a_drafts_for_its_author(
    clerk, unit, head, api
):
    message = services.write_draft(
        actor=clerk,
        content={
            "subject": "Pismo",
            "audience": {"units": [unit.pk]},
            "attachments": [uploaded(clerk, "pismo.pdf").pk],
        },
    )
    url = f"/api/v1/messaging/attachments/{message.attachments.get().pk}/download/"

    def seen():
        people = (clerk, make_clerk(), head, head_of(UnitFactory()), None)
        return [api(one).get(url).status_code for one in people]

    assert seen() == [302, 404, 404, 404, 401]
    services.send_message(actor=clerk, message=message)
    message.deliveries.update(delivered_at="2026-11-23T12:00:00Z")
    assert seen() == [302, 302, 302, 404, 401]
