"""The cities of the chaos: who works in each, and what poisons two of them."""

import io
import zipfile
from dataclasses import dataclass
from typing import Any

import docx
import xlsxwriter
from django.db import transaction
from django.utils import timezone
from django_tenants.utils import schema_context, tenant_context

from accounts.models import Person
from bench import crowd, office
from bench.serving import TOKEN, session_of
from files import services as files
from modules.messaging import services as messaging
from modules.messaging.models import (
    Answer,
    AnswerFile,
    AnswerRequest,
    Attachment,
    Delivery,
    Message,
)
from opium.permissions import SYSTEM
from outbox.services import after_commit_each
from procedures.models import LetterTemplate, TemplateRevision
from procedures.services.correspondence.issuing import write_letters
from provisioning import services as provisioning
from tenants.models import Domain, Tenant

SHEET = "xl/worksheets/sheet1.xml"
UNPACKED = 400_000_000
NESTED = "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}"
LETTERS = 4


@dataclass
class City:
    """One city with its people; `poison` gives the next lot of what nobody can do."""

    schema: str
    tenant: Tenant
    at_work: office.Office
    is_of_letters: bool
    """Which poison it gets: letters, or workbooks."""
    survey: Message | None = None
    letters: TemplateRevision | None = None

    @property
    def host(self) -> str:
        return f"{self.schema.replace('_', '-')}.localhost"

    def people(self, *, first: int, uploads: bool) -> list[dict[str, Any]]:
        """What each of its people does again and again, for `people.py`."""
        with tenant_context(self.tenant):
            return [
                self._person(number, seed=first + number, uploads=uploads)
                for number in range(len(self.at_work.heads))
            ]

    def _person(self, number: int, *, seed: int, uploads: bool) -> dict[str, Any]:
        asked = crowd.round_of(self.at_work, number)
        steps = []
        for one in asked:
            steps.append(["save" if one.method == "PATCH" else one.name, one.url])
            if one.name == "message":
                steps.append(["answer", f"{one.url}answers/"])
        if uploads and number % 4 == 0:
            steps.append(["upload", "/api/v1/files/uploads/"])
        return {
            "city": self.schema,
            "host": self.host,
            "cookie": f"{session_of(asked[0].who, self.host)}; csrftoken={TOKEN}",
            "token": TOKEN,
            "seed": seed,
            "steps": steps,
        }

    def bring_poison(self) -> None:
        """Workbooks that unpack to 400 MB; or a letter that loops for hours."""
        with tenant_context(self.tenant):
            if self.is_of_letters:
                self.letters = _endless_template()
            else:
                self.survey = _poisoned_survey(self.at_work.clerk)

    def poison(self) -> None:
        """Have what was brought merged, and drawn up."""
        with tenant_context(self.tenant), transaction.atomic():
            if self.survey is not None:
                messaging.start_merge(actor=self.at_work.clerk, message=self.survey)
            if self.letters is not None:
                cases = [self.at_work.case] * LETTERS
                made = write_letters(actor=SYSTEM, cases=cases, revision=self.letters)
                after_commit_each("procedures.render_letter", [one.pk for one in made])


def open_city(schema: str, people: int, *, is_of_letters: bool) -> City:
    """A city of that schema with so many people at work; one that is there is furnished."""
    tenant = Tenant.objects.filter(schema_name=schema).first()
    host = f"{schema.replace('_', '-')}.localhost"
    with schema_context("public"):
        if tenant is None:
            tenant = provisioning.open_city(
                actor=SYSTEM, name=schema, schema_name=schema, domain=host
            )
        else:
            Domain.objects.create(tenant=tenant, domain=host)
            with tenant_context(tenant):
                provisioning.fill_city(actor=SYSTEM)
    with tenant_context(tenant):
        at_work = office.furnish(units=people, messages=3, cases=people, heads=people)
    return City(schema, tenant, at_work, is_of_letters)


@transaction.atomic
def _poisoned_survey(clerk: Person) -> Message:
    """A survey whose every answer is a workbook that unpacks to 400 MB."""
    content = {
        "subject": "Zatruta ankieta",
        "body": "Proszę o arkusz.",
        "audience": {"all_units": True},
        "answer_request": {"wants_text": True},
    }
    draft = messaging.write_draft(actor=clerk, content=content)
    message = messaging.send_message(actor=clerk, message=draft)
    template = files.store(actor=SYSTEM, name="wzor.xlsx", content=_workbook())
    sent = Attachment.objects.create(message=message, file=template)
    AnswerRequest.objects.filter(message=message).update(template=sent, wants_workbook=True)
    bomb, now = _bomb(), timezone.now()
    for delivery in Delivery.objects.filter(message=message):
        answer = Answer.objects.create(delivery=delivery, version=1, author=clerk, sent_at=now)
        file = files.store(actor=SYSTEM, name="bomba.xlsx", content=bomb)
        AnswerFile.objects.create(answer=answer, file=file, role=AnswerFile.Role.WORKBOOK)
        Delivery.objects.filter(pk=delivery.pk).update(
            newest=answer, answered_at=now, answer_version=1
        )
    return message


@transaction.atomic
def _endless_template() -> TemplateRevision:
    """A template of a letter that loops for hours, as one that got in past every check."""
    document, content = docx.Document(), io.BytesIO()
    document.add_paragraph(NESTED)
    document.save(content)
    template = LetterTemplate.objects.create(key="petla", name="Pętla")
    file = files.store(actor=SYSTEM, name="petla.docx", content=content.getvalue())
    return TemplateRevision.objects.create(template=template, number=1, file=file)


def _workbook() -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("Dane")
        for row, values in enumerate((["Klasa", "Obiady"], ["1a", 7])):
            sheet.write_row(row, 0, values)
    return content.getvalue()


def _bomb() -> bytes:
    """The same, but its sheet unpacks to 400 MB."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(_workbook())) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name == SHEET:
                head, _, _ = content.partition(b"<sheetData>")
                content = head + b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>'
                content += b"0" * UNPACKED + b"</t></is></c></row></sheetData></worksheet>"
            new.writestr(name, content)
    return target.getvalue()
