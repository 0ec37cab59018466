"""What the page of a case says that it has come to, and why it stands where it does."""

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from procedures.differences import compare
from procedures.models import ProcedureRevision
from procedures.selectors import definition_of
from tests.factories import forms
from tests.factories import procedures as made

pytestmark = pytest.mark.django_db
BEFORE, SILENCE = "0007_stages_gone_back_over", "0008_silence_of_older_revisions"
URL = "/api/v1/procedures/cases/"
SUM = "4\u00a0000,00\u00a0zł"
ASKED = "5\u00a0000,00\u00a0zł"


def grant(**decision):
    """A grant that a clerk checks, finance divides and a boss decides upon."""
    application = forms.published(
        forms.question("tytul", required=True), forms.question("kwota", "money", required=True)
    )
    stages = [
        made.stage("nabor", "submission", "applicant"),
        made.stage("ocena", "formal_check", "referent", deadline={"days": 7, "pauses": True}),
        made.stage("poprawa", "correction", "applicant", deadline={"days": 5}),
        made.stage(
            "podzial",
            "allocation",
            "kierownik",
            parameters=made.from_pots("granty", requested="kwota"),
        ),
        made.stage("decyzja", "decision", "dyrektor", **decision),
        made.end(),
        made.end("odmowa", "negative"),
    ]
    ways = [
        made.way("nabor", "submitted", "ocena"),
        made.way("ocena", "complete", "podzial"),
        made.way("ocena", "incomplete", "poprawa"),
        made.way("poprawa", "corrected", "ocena"),
        made.way("podzial", "allocated", "decyzja"),
        made.way("decyzja", "granted", "koniec"),
        made.way("decyzja", "refused", "odmowa"),
    ]
    return made.published(stages, ways, form=application)


@pytest.fixture
def director():
    return made.officer("dyrektor")


@pytest.fixture
def page(api):
    def of(person, case):
        return api(person).get(f"{URL}{case.pk}/").json()

    return of


@pytest.fixture
def as_published_before():
    """The procedure, published last as the migration leaves what was published before it."""

    def of(procedure):
        made.revised(procedure, procedure.draft, shows_by_kind=False)
        return procedure

    return of


def told(page):
    return {one["label"]: one["value"] for one in page["findings"]}


@pytest.fixture
def allocated(head, unit, clerk, boss):
    """A case of such a grant in which four thousand were divided out."""

    def of(procedure):
        case = made.submitted(procedure, head, unit, kwota="5000")
        case = made.perform(case, clerk, "complete", data={})
        return made.perform(case, boss, "allocated", data={"kwota": "4000"})

    return of


@pytest.fixture
def allocated_before(allocated, as_published_before):
    """The same of a grant that was published so."""
    return lambda **decision: allocated(as_published_before(grant(**decision)))


DECIDED = {"numer": "DEC/7", "data": "2026-11-20", "uzasadnienie": "Dobry pomysł."}


def test_the_applicant_learns_the_sum_the_number_the_day_and_the_reasons_once_it_is_decided(
    head, allocated, director, page, api
):
    case = allocated(grant())
    assert told(page(head, case)) == {"Wnioskowana kwota": ASKED}
    assert told(page(director, case)) == {"Wnioskowana kwota": ASKED, "Przyznana kwota": SUM}

    case = made.perform(case, director, "granted", data=DECIDED)

    assert told(page(head, case)) == {
        "Wnioskowana kwota": ASKED,
        "Przyznana kwota": SUM,
        "Numer decyzji": "DEC/7",
        "Data decyzji": "20.11.2026",
        "Uzasadnienie": "Dobry pomysł.",
    }
    why = page(head, case)["why"]
    assert (why["sentence"], why["by"]) == ("Dobry pomysł.", "Dyrektor wydziału")
    last = api(head).get(f"{URL}{case.pk}/events/").json()[-1]
    assert {one["label"] for one in last["details"]} == {
        "Numer decyzji",
        "Data decyzji",
        "Uzasadnienie",
    }


def test_a_city_that_shows_nothing_of_its_decision_keeps_the_sum_and_the_reasons_to_itself(
    head, allocated, director, page
):
    case = allocated(grant(visible_to={"applicant": ["stage"]}))
    case = made.perform(case, director, "granted", data=DECIDED)

    assert told(page(head, case)) == {"Wnioskowana kwota": ASKED}
    assert page(head, case)["why"] is None
    assert told(page(director, case))["Przyznana kwota"] == SUM


def test_what_was_refused_in_the_end_names_no_sum(head, allocated, director, page):
    case = allocated(grant())
    case = made.perform(case, director, "refused", data={**DECIDED, "uzasadnienie": "Za drogo."})

    assert "Przyznana kwota" not in told(page(head, case))
    assert "Przyznana kwota" not in told(page(director, case))
    assert page(head, case)["why"]["sentence"] == "Za drogo."


def test_a_call_for_correction_says_whose_move_it_is_until_when_and_why(head, unit, clerk, page):
    case = made.submitted(grant(), head, unit, kwota="5000")
    case = made.perform(case, clerk, "incomplete", data={"wezwanie": "Brakuje podpisu."})

    for person in (head, clerk):
        seen = page(person, case)
        assert seen["ball"]["side"] == "applicant"
        assert seen["ball"]["is_paused"] is True
        assert seen["ball"]["due_at"] is not None
        assert seen["why"]["sentence"] == "Brakuje podpisu."

    case = made.perform(case, head, "corrected")
    assert page(head, case)["why"] is None
    assert page(head, case)["ball"]["is_paused"] is False


def test_a_step_that_was_taken_back_explains_nothing(head, unit, clerk, page):
    case = made.submitted(grant(), head, unit, kwota="5000")
    case = made.perform(case, clerk, "incomplete", data={"wezwanie": "Pomyłka."})
    made.steps.undo(actor=clerk, case=case)

    assert page(clerk, case)["why"] is None
    assert page(head, case)["why"] is None


def test_the_applicant_never_reads_the_offices_name_of_the_step_that_called_for_a_correction(
    head, unit, clerk, page, api
):
    case = made.submitted(grant(), head, unit, kwota="5000")
    case = made.perform(case, clerk, "incomplete", data={"wezwanie": "Brakuje podpisu."})
    office = api(clerk).get(f"{URL}{case.pk}/events/").json()[-1]["sentence"]
    applicant = api(head).get(f"{URL}{case.pk}/events/").json()[-1]["sentence"]
    assert applicant != office

    assert page(clerk, case)["why"]["label"] == office
    assert page(head, case)["why"]["label"] == applicant


def test_the_applicant_reads_what_was_pressed_in_a_stage_that_is_shown(
    head, allocated, director, page
):
    case = made.perform(allocated(grant()), director, "granted", data=DECIDED)

    assert page(head, case)["why"]["label"] == page(director, case)["why"]["label"]


def test_a_revision_published_while_silence_showed_nothing_shows_nothing_of_it_still(
    head, director, page, api, allocated_before
):
    case = made.perform(allocated_before(), director, "granted", data=DECIDED)

    assert told(page(head, case)) == {"Wnioskowana kwota": ASKED}
    assert page(head, case)["why"] is None
    story = str(api(head).get(f"{URL}{case.pk}/events/").json())
    assert "DEC/7" not in story
    assert "Dobry pomysł." not in story
    assert told(page(director, case))["Numer decyzji"] == "DEC/7"


def test_what_such_a_revision_says_of_the_applicant_counts(head, director, page, allocated_before):
    case = allocated_before(visible_to={"applicant": ["stage", "facts"]})
    case = made.perform(case, director, "granted", data=DECIDED)

    assert told(page(head, case))["Numer decyzji"] == "DEC/7"
    assert page(head, case)["why"] is None


def test_to_publish_the_same_again_opens_what_the_kinds_show_and_says_so(as_published_before):
    procedure = as_published_before(grant(visible_to={"applicant": ["stage"]}))
    old = procedure.revisions.get(shows_by_kind=False)
    new = made.revised(procedure, procedure.draft)

    changes = compare(definition_of(old), definition_of(new))

    assert all("widoczność" in one.sentence for one in changes)
    assert {one.path.split("/")[1] for one in changes} == {"nabor", "ocena", "poprawa", "podzial"}


def test_the_migration_keeps_what_was_published_before_it_as_it_was_and_changes_none_after():
    old = made.published()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE procedures_procedurerevision DROP COLUMN shows_by_kind")
    before = MigrationLoader(connection).project_state(("procedures", BEFORE))
    migration = import_module(f"procedures.migrations.{SILENCE}").Migration(SILENCE, "procedures")

    with connection.schema_editor() as editor:
        migration.apply(before, editor)

    assert ProcedureRevision.objects.get(procedure=old).shows_by_kind is False
    assert made.revised(old, old.draft).shows_by_kind is True
