"""A trial call: walked to its end with shadow applicants, then thrown away whole."""

from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from audit.models import Entry
from budget import models as budget
from files.models import FileMaking
from files.services import begin_making
from forms.models import Sheet, SheetVersion
from forms.services import print_sheet, save_answers
from modules.applications import services
from modules.applications.deeds import Deed
from modules.applications.errors import NoTrial
from modules.applications.models import Application, Call, CallEdition
from modules.applications.permissions import Permission, verbs_on_call
from notifications.models import Email, Notification
from opium.permissions import SYSTEM, MissingPermission
from outbox import services as outbox
from outbox.models import Job
from procedures.models import Case, CaseClass, CaseSign, ClassYear, Event, Letter, LetterYear, Vote
from procedures.permissions import Permission as Procedures
from procedures.selectors.workload import figures
from procedures.services import steps
from procedures.services.correspondence import PURPOSE
from procedures.waits import OWNER
from tests.factories import applications as made
from tests.factories import forms, procedures
from tests.factories.accounts import again, person_with
from tests.factories.directory import UnitFactory
from tests.factories.files import uploaded
from tests.factories.procedures import end, from_pots, stage, way
from tests.modules.applications.test_scenarios import scenario
from tests.procedures.letters.lettering import template
from todo.models import Waiting

pytestmark = pytest.mark.django_db
POINTS = forms.question("punkty", "number", required=True, options={"min": "0", "max": "10"})
STAGES = [
    stage("nabor", "submission", "applicant"),
    stage("ocena", "formal_check", "referent"),
    stage("poprawa", "correction", "applicant"),
    stage("punkty", "scoring", "komisja", parameters={"points": "punkty", "closed_by": "referent"}),
    stage("podzial", "allocation", "kierownik", parameters=from_pots(made.POT, requested="kwota")),
    stage("rozliczenie", "settlement", "referent"),
    end(),
    end("odmowa", "negative"),
]
WAYS = [
    way("nabor", "submitted", "ocena"),
    way("ocena", "complete", "punkty"),
    way("ocena", "incomplete", "poprawa", effects=[{"kind": "letter", "template": "wezwanie"}]),
    way("ocena", "rejected", "odmowa"),
    way("poprawa", "corrected", "ocena"),
    way("punkty", "scored", "podzial"),
    way("podzial", "allocated", "rozliczenie"),
    way("podzial", "none", "odmowa"),
    way("rozliczenie", "settled", "koniec"),
    way("rozliczenie", "incomplete", "rozliczenie"),
]


@pytest.fixture(autouse=True)
def files_root(settings, tmp_path):
    settings.FILES_ROOT = str(tmp_path)


@pytest.fixture
def runner():
    """Runs the trial, and acts in it for the schools too."""
    return person_with(
        Permission.MANAGE_CALLS, Procedures.OPEN_CASE, Procedures.VIEW_CASES, email="ewa@example.pl"
    )


@pytest.fixture
def officers():
    return {one: procedures.officer(one) for one in ("referent", "komisja", "kierownik")}


@pytest.fixture
def procedure(officers):
    secretary = person_with(Procedures.MANAGE_LETTERS, Procedures.ACT_IN_CASE)
    template(secretary, "{{ pismo.numer }} {{ sprawa.tytul }}")
    card = forms.published(POINTS, name="Karta oceny")
    stages = [{**one, "form": str(card.pk)} if one["key"] == "punkty" else one for one in STAGES]
    asked = forms.published(
        forms.TITLE, forms.AMOUNT, forms.question("skan", "file"), name="Z plikiem"
    )
    CaseClass.objects.create(unit_symbol="WE", symbol="4424", name="Granty")
    return procedures.published(stages, WAYS, form=asked, **{"class": "WE.4424"})


def counts():
    """Rows of every table of the city but the log, and the files in the store."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
            " AND NOT starts_with(tablename, 'audit_')"
        )
        tables = sorted(name for (name,) in cursor.fetchall())
        asked = " UNION ALL ".join(f"SELECT '{one}', count(*) FROM {one}" for one in tables)
        cursor.execute(asked)
        return dict(cursor.fetchall())


def stored(root):
    return sorted(str(one) for one in Path(root).rglob("*") if one.is_file())


def work():
    """Everything that the background has to do, as a worker does it."""
    while jobs := list(Job.objects.filter(done_at=None, task__regex="^(procedures|notif|files)")):
        for job in jobs:
            assert outbox.run_job(str(job.pk)), job.task


def score(member, case):
    sheet = Sheet.objects.get(owner_kind=OWNER, owner_id=case.pk, person=member)
    changes = {"punkty": "7"}
    save_answers(actor=SYSTEM, sheet=sheet, changes=changes, draft_version=sheet.draft_version)
    return procedures.perform(case, again(member), "give_score")


def walked(call, runner, unit, officers):
    """An application from its draft to its settlement, corrected once and undone once."""
    application = made.begun(call, runner, unit)
    scan = uploaded(runner, "skan.pdf")
    case = procedures.answered(application.case, tytul="Teatr", kwota="3000")
    save_answers(
        actor=runner,
        sheet=case.sheet,
        changes={"skan": [str(scan.pk)]},
        draft_version=case.sheet.draft_version,
    )
    case = procedures.perform(case, runner, "submitted")
    clerk, member, chief = (again(one) for one in officers.values())
    data = {"sekcje": [], "wezwanie": "Brak podpisu."}
    case = procedures.perform(case, clerk, "incomplete", data=data)
    case = procedures.perform(case, runner, "corrected")
    case = procedures.perform(case, clerk, "complete")
    steps.undo(actor=clerk, case=case)
    case = procedures.perform(procedures.fresh(case), clerk, "complete")
    case = score(member, case)
    case = procedures.perform(case, clerk, "scored")
    case = procedures.perform(case, chief, "allocated", data={"kwota": "2500.00"})
    work()
    return procedures.fresh(case)


def settled(case, runner, clerk):
    case = procedures.perform(case, runner, "file_report")
    return procedures.perform(case, again(clerk), "settled", data={"kwota": "2500.00"})


@pytest.mark.usefixtures("head")
def test_a_trial_leaves_nothing_in_any_table_but_the_log_that_it_was_held(
    procedure, officers, runner, unit, tmp_path
):
    work()
    made.in_city(made.POT)
    before, files = counts(), stored(tmp_path)
    said = made.rules(committees=[made.committee(officers["komisja"])])
    trial = made.published(procedure, said, actor=runner, is_test=True, title="Próba")
    walked(trial, runner, unit, officers)
    made.begun(trial, runner, unit)
    scenario(trial)
    during = counts()
    assert during["applications_application"] == before["applications_application"] + 2
    grown = {name for name, count in during.items() if count > before[name]}
    assert grown >= {
        *("forms_sheet", "forms_sheetversion", "forms_sheetfile", "files_file"),
        *("procedures_event", "procedures_vote", "procedures_letter", "procedures_letteryear"),
        *("todo_waiting", "notifications_notification", "notifications_email"),
        *("procedures_panel", "procedures_seat", "procedures_referral"),
        *("applications_call", "applications_calledition", "applications_scenarioedition"),
    }

    services.throw_away_trial(actor=runner, call=trial)
    work()

    assert counts() == before
    assert stored(tmp_path) == files
    [told] = Entry.objects.filter(deed=Deed.THROW_AWAY_TRIAL)
    assert (told.target_id, told.before["title"], told.before["applications"]) == (
        str(trial.pk),
        "Próba",
        2,
    )


def test_a_trial_takes_no_sign_no_number_of_a_letter_and_no_money_and_settles_all_the_same(
    procedure, officers, runner, unit
):
    trial = made.published(procedure, actor=runner, is_test=True)
    case = walked(trial, runner, unit, officers)

    assert not CaseSign.objects.exists()
    assert not ClassYear.objects.exists()
    letter = Letter.objects.get()
    assert (letter.state, letter.numbered) == ("ready", "próba 1")
    assert letter.values["pismo"]["numer"] == "próba 1"
    assert not LetterYear.objects.filter(year=letter.issued_on.year).exists()
    assert not budget.Entry.objects.exclude(kind="planned").exists()
    assert not any(part.value for figure in figures() for part in figure.parts)
    assert settled(case, runner, officers["referent"]).state == "closed"
    assert not budget.Entry.objects.exclude(kind="planned").exists()


def test_a_trial_that_is_thrown_away_leaves_no_print_of_its_answers(runner, unit, head):
    trial = made.published(actor=runner, is_test=True)
    tried = made.handed_in(trial, again(runner), unit, tytul="Na próbę").case
    real = made.handed_in(made.published(), head, unit).case
    print_sheet(actor=again(runner), sheet=tried.sheet)
    begin_making(actor=again(runner), purpose=PURPOSE, about=f"{tried.pk}/1", name="Pismo", told={})
    kept = print_sheet(actor=again(head), sheet=real.sheet)

    services.throw_away_trial(actor=again(runner), call=trial)

    assert list(FileMaking.objects.all()) == [kept]


def test_a_real_matter_of_the_same_procedure_stays_as_it_is(
    procedure, officers, runner, unit, head
):
    call = made.published(procedure)
    real = made.handed_in(call, head, unit, kwota="100")
    trial = made.published(procedure, actor=runner, is_test=True)
    walked(trial, runner, unit, officers)
    work()

    services.throw_away_trial(actor=runner, call=trial)

    assert [one.pk for one in Application.objects.all()] == [real.pk]
    assert {one.case_id for one in Event.objects.all()} == {real.case_id}
    assert CaseSign.objects.get().case_id == real.case_id
    assert SheetVersion.objects.get().answers["kwota"] == "100.00"
    assert not Vote.objects.exists()
    assert {one.subject_id for one in Waiting.objects.all()} == {real.case_id}
    assert {one.url for one in Notification.objects.all()} == {f"/procedures/cases/{real.case_id}"}
    assert Email.objects.filter(key__contains="procedures.case_waits").count() == 1


def test_a_real_call_is_never_thrown_away(runner, unit, head):
    call = made.published(title="Prawdziwy")
    made.handed_in(call, head, unit)

    with pytest.raises(NoTrial, match="„Prawdziwy” nie jest próbny"):
        services.throw_away_trial(actor=runner, call=call)
    assert Application.objects.get().call == call
    assert "throw_away" not in verbs_on_call(runner, call)


def test_nobody_throws_a_trial_away_but_whoever_runs_calls(runner, unit, head):
    trial = made.published(actor=runner, is_test=True)

    for person in (head, person_with(Permission.VIEW_CALLS, Permission.DIVIDE_MONEY)):
        with pytest.raises(MissingPermission):
            services.throw_away_trial(actor=person, call=trial)
    assert "throw_away" in verbs_on_call(runner, trial)


def test_a_job_of_a_trial_that_is_gone_has_nothing_to_do(procedure, officers, runner, unit):
    trial = made.published(procedure, actor=runner, is_test=True)
    application = made.begun(trial, runner, unit)
    case = procedures.answered(application.case, tytul="Teatr")
    case = procedures.perform(case, runner, "submitted")
    clerk = again(officers["referent"])
    procedures.perform(case, clerk, "incomplete", data={"sekcje": [], "wezwanie": "Brak."})
    jobs = Job.objects.filter(done_at=None, task__startswith="procedures.")
    assert {job.task for job in jobs} == {"procedures.tell_event", "procedures.render_letter"}

    services.throw_away_trial(actor=runner, call=trial)

    work()
    assert not Notification.objects.exists()


def test_what_a_trial_answered_is_no_beginning_of_a_real_application(runner, unit, head):
    prefilled = forms.published({**forms.TITLE, "prefill": "previous"}, name="Z poprzedniego")
    procedure = procedures.published(form=prefilled)
    trial = made.published(procedure, actor=runner, is_test=True)
    made.handed_in(trial, runner, unit, tytul="Próbny")
    call = made.published(procedure)

    assert made.begun(call, head, unit).case.sheet.answers == {}


def refused(statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_lets_nothing_real_go_and_makes_nothing_a_trial(runner, unit, head):
    made.handed_in(made.published(), head, unit)
    for table in ("procedures_event", "forms_sheetversion", "applications_calledition"):
        refused(f"DELETE FROM {table}")
    refused("UPDATE procedures_case SET is_trial = true")
    refused("UPDATE forms_sheet SET is_trial = true")
    refused("UPDATE applications_call SET is_test = true")
    assert (Event.objects.count(), CallEdition.objects.count()) == (2, 1)

    trial = made.published(actor=runner, is_test=True, title="Próba")
    made.handed_in(trial, runner, UnitFactory())
    refused("UPDATE procedures_event SET reason = 'x'")
    assert Case.objects.filter(is_trial=True).count() == Call.objects.filter(is_test=True).count()


def test_a_call_that_was_once_published_is_made_no_trial_though_it_is_put_back_to_a_draft(unit):
    call = made.published()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE applications_call SET state='draft', edition_id=NULL, revision_id=NULL"
        )

    refused("UPDATE applications_call SET is_test = true")
    refused("DELETE FROM applications_calledition")
    draft = made.draft(title="Szkic")
    Call.objects.filter(pk=draft.pk).update(is_test=True)
    assert [one.title for one in Call.objects.filter(is_test=True)] == ["Szkic"]
    assert CallEdition.objects.get().call == call


def test_the_screen_is_offered_the_end_of_a_trial_and_the_api_ends_it(api, runner, unit):
    trial = made.published(actor=runner, is_test=True)
    made.handed_in(trial, runner, unit)
    browser = api(runner)
    address = f"/api/v1/applications/calls/{trial.pk}/"

    assert "throw_away" in browser.get(address).json()["can"]
    assert browser.post(f"{address}throw_away/").status_code == 204
    assert browser.get(address).status_code == 404
    assert not Call.objects.exists()
