"""Every document of a call in one ZIP, made in the background for whoever asked (about 5 s)."""

import io
import zipfile

import openpyxl
import pytest
from django.utils import timezone

from audit.models import Entry
from files.models import FileMaking
from files.selectors import require_still
from files.services import read_chunks
from forms.services import save_answers
from modules.applications import services
from modules.applications.permissions import Permission
from opium.errors import NotFound
from outbox import services as outbox
from outbox.models import Job
from procedures.models import Exclusion
from procedures.permissions import Permission as Procedures
from procedures.services import correspondence
from tests.factories import applications as made
from tests.factories import forms, procedures
from tests.factories.accounts import again, person_with
from tests.factories.directory import UnitFactory
from tests.factories.files import uploaded
from tests.procedures.letters.lettering import rendered, template

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year


@pytest.fixture(autouse=True)
def files_root(settings, tmp_path):
    settings.FILES_ROOT = str(tmp_path)


@pytest.fixture
def watcher():
    return person_with(Permission.VIEW_CALLS, Procedures.VIEW_CASES)


@pytest.fixture
def call():
    UnitFactory()
    asked = forms.published(
        forms.TITLE, forms.AMOUNT, forms.question("skan", "file"), name="Wniosek"
    )
    return made.published(procedures.published(form=asked), title="Granty")


def applied(call, name, title):
    """Handed in by a school, with a scan."""
    unit = UnitFactory(short_name=name)
    head = procedures.head_of(unit)
    application = made.begun(call, head, unit, title=title)
    case = procedures.answered(application.case, tytul=title)
    scan = uploaded(head, "skan.pdf")
    save_answers(
        actor=head,
        sheet=case.sheet,
        changes={"skan": [str(scan.pk)]},
        draft_version=case.sheet.draft_version,
    )
    return made.hand_in(application, head, tytul=title)


def excluded(person, application):
    Exclusion.objects.create(
        case=application.case,
        stage=application.case.stage,
        person=person,
        reason="Rodzina",
        is_declared=True,
        excluded_in=1,
    )


def packed(making):
    job = Job.objects.get(task="files.pack", args=[str(making.pk)])
    assert outbox.run_job(str(job.pk))
    making = FileMaking.objects.get(pk=making.pk)
    assert (making.state, making.failure) == ("done", "")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(read_chunks(making.file))))
    return {name: archive.read(name) for name in archive.namelist()}


def test_it_holds_each_application_with_its_files_and_letters_under_telling_names(call, watcher):
    first, second = applied(call, "SP 1", "Teatr"), applied(call, "SP 2", "Chór")
    made.begun(call, first.case.opened_by, first.unit, title="Szkic")
    secretary = person_with(
        Procedures.MANAGE_LETTERS, Procedures.VIEW_CASES, Procedures.ACT_IN_CASE
    )
    letter = template(secretary, "Wzywamy")
    rendered(correspondence.issue_letter(actor=secretary, case=second.case, template=letter))

    found = packed(services.pack_call(actor=watcher, call=call))

    assert list(found) == [
        "Chór - SP 2 - Wniosek - wersja 1.pdf",
        "Chór - SP 2 - Załącznik - Wniosek - skan.pdf",
        f"Chór - SP 2 - Pismo - Wezwanie 1-{YEAR}.pdf",
        "Teatr - SP 1 - Wniosek - wersja 1.pdf",
        "Teatr - SP 1 - Załącznik - Wniosek - skan.pdf",
        "00 - Spis dokumentów.xlsx",
    ]
    index = openpyxl.load_workbook(io.BytesIO(found["00 - Spis dokumentów.xlsx"])).worksheets[0]
    rows = [[cell.value for cell in row] for row in index.iter_rows(min_row=2)]
    assert [(row[1], row[2]) for row in rows] == [
        ("Chór", "Wniosek - wersja 1"),
        ("Chór", "Załącznik - Wniosek"),
        ("Chór", f"Pismo - Wezwanie 1/{YEAR}"),
        ("Teatr", "Wniosek - wersja 1"),
        ("Teatr", "Załącznik - Wniosek"),
    ]
    entry = Entry.objects.filter(deed="applications.pack_call").get()
    assert (entry.actor_id, entry.after) == (watcher.pk, {"export": "package", "applications": 3})


def test_what_one_is_excluded_from_is_not_in_it_nor_stays_what_was_made_before(call, watcher):
    first, second = applied(call, "SP 1", "Teatr"), applied(call, "SP 2", "Chór")
    excluded(watcher, second)

    making = services.pack_call(actor=again(watcher), call=call)
    assert not any("Chór" in name for name in packed(making))
    require_still(again(watcher), making)

    excluded(watcher, first)
    with pytest.raises(NotFound):
        require_still(again(watcher), making)


def test_whoever_watches_no_calls_has_nothing_packed(call, api):
    head = applied(call, "SP 1", "Teatr").case.opened_by
    address = f"/api/v1/applications/calls/{call.pk}/package/"

    assert api(head).post(address).status_code == 404
    assert api(made.clerk()).post(address).status_code == 202
