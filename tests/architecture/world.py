"""One of everything that the API can show or change, each carrying a word that must not leak."""

import io
from datetime import timedelta
from types import SimpleNamespace

import docx
from django.utils import timezone

from accounts import services as accounts
from accounts.models import Person, Role, Session, Substitution
from modules.messaging import services as messaging
from modules.messaging.models import AcceptanceRule, Message
from notifications.models import Notification
from opium.permissions import SYSTEM, all_permissions
from procedures.models import Case, Letter, LetterJob, LetterTemplate
from procedures.services import correspondence, file_plan
from tests.architecture import rows
from tests.architecture.secret import SECRET
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import (
    GroupFactory,
    MembershipFactory,
    RegisterEntryFactory,
    SectionFactory,
    UnitFactory,
    UnitKindFactory,
)
from tests.factories.files import uploaded, uploaded_and_read
from tests.factories.forms import secret_forms
from tests.factories.messaging import draft, survey, workbook
from tests.factories.procedures import holder as play_function
from tests.factories.procedures import opened as opened_case
from tests.factories.procedures import published as published_procedure
from units.models import Unit


def everything() -> list[str]:
    return [str(permission) for permission in all_permissions()]


def build() -> SimpleNamespace:
    """The world of the first city; `ids` fills the parameters of its routes."""
    admin = person_with(*everything(), first_name=SECRET, last_name="Naczelna")
    unit = UnitFactory(short_name=f"SP {SECRET}", name=f"Szkoła {SECRET}", street=SECRET)
    RegisterEntryFactory(unit=unit, name=SECRET)
    head = person_with(
        *everything(), scope_kind="unit", scope_id=unit.pk, first_name=SECRET, last_name="Szkolna"
    )
    membership = MembershipFactory(person=head, unit=unit, position=SECRET)
    section = SectionFactory(name=SECRET)
    kind = UnitKindFactory(code="tajna", name="Rodzaj próbny", name_plural="Rodzaje próbne")
    group = GroupFactory(name=SECRET, units=[unit], people=[head])
    message = survey(admin, [unit], subject=SECRET, name=f"{SECRET}.xlsx")
    delivery = message.deliveries.get()
    filled = [[1, SECRET, 2], [2, SECRET, 3], [3, SECRET, "pięć"]]
    file = uploaded(head, f"{SECRET}.xlsx", workbook(["Lp.", "Klasa", "Obiady"], *filled))
    answer = messaging.answer_delivery(
        actor=head,
        delivery=delivery,
        content=messaging.AnswerContent(workbook=file.pk, despite_problems=True),
    )
    merge = messaging.start_merge(actor=admin, message=message)
    messaging.run_merge(actor=SYSTEM, merge=merge)
    merge.refresh_from_db()
    merge.report["left_out"] = [
        {"unit": SECRET, "file": SECRET, "reason": SECRET, "answer": str(answer.pk)}
    ]
    merge.save(update_fields=["report"])
    unsent = draft(admin, [unit], subject=SECRET)
    role = Role.objects.create(name=f"Rola {SECRET}", permissions=[])
    assignment = accounts.assign_role(actor=SYSTEM, person=head, role=role)
    function = accounts.add_function(actor=SYSTEM, code="tajna", name=SECRET)
    holder = accounts.give_function(actor=SYSTEM, function=function, person=head)
    substitution = accounts.appoint_substitute(
        actor=SYSTEM,
        person=head,
        substitute=admin,
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate(),
        reason=SECRET,
    )
    provider = accounts.add_provider(
        actor=SYSTEM,
        code="logowanie",
        name="Logowanie miasta",
        server_url="https://logowanie.example.org",
        client_id=SECRET,
        secret=SECRET,
    )
    token, _ = accounts.make_token(
        actor=admin,
        name=SECRET,
        permissions=["directory.view_units"],
        expires_at=timezone.now() + timedelta(days=1),
    )
    session = Session.objects.create(
        session_key="s" * 40, person=head, agent=SECRET, expire_date=timezone.now() + timedelta(1)
    )
    notification = Notification.objects.filter(person=head).first()
    upload = uploaded(admin, f"{SECRET}.pdf")
    form, sheet, dictionary, table = secret_forms(SECRET, unit, head)
    procedure = published_procedure(name=f"Procedura {SECRET}")
    case = opened_case(procedure, head, unit, title=SECRET)
    template, letter, letter_job = _letters(admin, case)
    case_class = file_plan.add_class(actor=admin, unit_symbol="WES", symbol="9", name=SECRET)
    rule, pending = _pending(admin, unit)
    here = SimpleNamespace(
        admin=admin, head=head, unit=unit, membership=membership, section=section, kind=kind,
        group=group, message=message, delivery=delivery, answer=answer, merge=merge,
        draft=unsent, role=role, assignment=assignment, function=function, token=token,
        holder=holder, substitution=substitution, provider=provider,
        notification=notification, session=session, upload=upload, today=timezone.localdate(),
        form=form, sheet=sheet, dictionary=dictionary, table=table,
        procedure=procedure, case=case, template=template, letter=letter,
        letter_job=letter_job, case_class=case_class, rule=rule, pending=pending,
    )  # fmt: skip
    for room in rows.rooms():
        if furnish := getattr(room, "furnish", None):
            vars(here).update(furnish(here))
    return here


def _letters(admin: Person, case: Case) -> tuple[LetterTemplate, Letter, LetterJob]:
    """A template, a letter that is ready, and a series of one."""
    content = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("{{ sprawa.tytul }}")
    document.save(content)
    purpose = correspondence.NEW
    file = uploaded_and_read(admin, f"{SECRET}.docx", content.getvalue(), purpose)
    template = correspondence.add_template(actor=admin, key="tajne", name=SECRET, file=file.pk)
    job = correspondence.issue_letters(actor=admin, cases=[case], template=template)
    letter = correspondence.render_letter(actor=SYSTEM, letter=job.letters.get())
    return template, letter, job


def _pending(admin: Person, unit: Unit) -> tuple[AcceptanceRule, Message]:
    """A message that waits for the administrator's acceptance, and the rule that makes it wait."""
    play_function("kierownik", admin)
    author = person_with("messaging.send_message", last_name=SECRET)
    rule = messaging.set_rule(actor=admin, section=None, audience="people", chain="head")
    file = uploaded(author, f"{SECRET}.txt", SECRET.encode())
    message = draft(author, people=[admin], subject=SECRET, attachments=[file.pk])
    return rule, messaging.send_message(actor=author, message=message)


def nobody() -> Person:
    """Signed in, with no right at all."""
    return PersonFactory(first_name="Bez", last_name="Praw")


def neighbour() -> Person:
    """Holds every permission there is, but in another unit."""
    unit = UnitFactory(short_name="SP Sąsiednia", name="Sąsiednia")
    person = person_with(*everything(), scope_kind="unit", scope_id=unit.pk, last_name="Sąsiad")
    MembershipFactory(person=person, unit=unit)
    return person


def substitute_of(*absent: Person) -> Person:
    """Signed in, with no right of their own, in the place of the absent."""
    person = PersonFactory(first_name="Bez", last_name="Praw")
    today = timezone.localdate()
    for one in absent:
        Substitution.objects.filter(person=one).delete()
        Substitution.objects.create(person=one, substitute=person, starts_on=today, ends_on=today)
    return person


def renamed(person: Person) -> Person:
    """The same person, so that their own name leaks nothing."""
    Person.objects.filter(pk=person.pk).update(first_name="Dawna", last_name="Osoba")
    return Person.objects.get(pk=person.pk)
