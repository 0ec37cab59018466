"""The whole story of a matter as one ZIP: for the office, and each unit's own part (about 5 s)."""

import io
import zipfile

import openpyxl
import pypdf
import pytest
from django.utils import timezone

from audit.models import Entry
from files.models import FileMaking
from files.selectors import require_still
from files.services import read_chunks
from forms.services import save_answers
from opium.errors import NotFound
from outbox import services as outbox
from outbox.models import Job
from procedures.models import Exclusion
from procedures.services import correspondence, packaging
from tests.factories import forms
from tests.factories import procedures as made
from tests.factories.accounts import again
from tests.factories.directory import UnitFactory
from tests.factories.files import uploaded
from tests.procedures.letters.lettering import rendered, template

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year
CALLED = {"sekcje": [], "wezwanie": "Brakuje podpisu"}


@pytest.fixture
def procedure():
    asked = forms.published(
        forms.TITLE, forms.AMOUNT, forms.question("skan", "file"), name="Wniosek o grant"
    )
    return made.published(form=asked)


@pytest.fixture
def case(procedure, head, unit):
    """Handed in with a scan."""
    begun = made.opened(procedure, head, unit)
    scan = uploaded(head, "skan umowy.pdf")
    case = made.answered(begun, tytul="Teatr", kwota="3000")
    save_answers(
        actor=head,
        sheet=case.sheet,
        changes={"skan": [str(scan.pk)]},
        draft_version=case.sheet.draft_version,
    )
    return made.perform(made.fresh(case), head, "submitted")


@pytest.fixture
def packed(api):
    """Ask for it over HTTP as the person; the files of the ZIP by their names."""

    def packing(person, case):
        browser = api(person)
        begun = browser.post(f"/api/v1/procedures/cases/{case.pk}/package/")
        assert begun.status_code == 202, begun.json()
        [pk] = begun.json().values()
        job = Job.objects.get(task="files.pack", args=[pk])
        assert outbox.run_job(str(job.pk))
        told = browser.get(f"/api/v1/files/makings/{pk}/").json()
        assert (told["state"], told["failure"]) == ("done", "")
        content = b"".join(read_chunks(FileMaking.objects.get(pk=pk).file))
        archive = zipfile.ZipFile(io.BytesIO(content))
        return {name: archive.read(name) for name in archive.namelist()}

    return packing


def text_of(content):
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_office_gets_story_versions_files_and_letters_with_one_index(
    case, clerk, secretary, packed
):
    made.perform(case, clerk, "incomplete", data=CALLED)
    rendered(
        correspondence.issue_letter(
            actor=secretary, case=made.fresh(case), template=template(secretary, "Wzywamy")
        )
    )

    found = packed(clerk, case)

    assert list(found) == [
        "01 - Przebieg sprawy.pdf",
        "02 - Wniosek o grant - wersja 1.pdf",
        "03 - Załącznik - Wniosek o grant - skan umowy.pdf",
        f"04 - Pismo - Wezwanie 1-{YEAR}.pdf",
        "00 - Spis dokumentów.xlsx",
    ]
    story = text_of(found["01 - Przebieg sprawy.pdf"])
    assert "Brakuje podpisu" in story
    assert "Ewa Lis" in story
    assert "Teatr" in text_of(found["02 - Wniosek o grant - wersja 1.pdf"])
    index = openpyxl.load_workbook(io.BytesIO(found["00 - Spis dokumentów.xlsx"])).worksheets[0]
    named = [row[0].value for row in index.iter_rows(min_row=2)]
    assert named == [f'=HYPERLINK("{name}","{name}")' for name in list(found)[:-1]]
    entry = Entry.objects.filter(deed="procedures.pack_case").get()
    assert (entry.actor_id, entry.after) == (clerk.pk, {"export": "package", "files": 4})


def test_the_applicant_gets_their_own_part_without_the_names_of_the_office(
    case, clerk, head, packed
):
    made.perform(case, clerk, "incomplete", data=CALLED)

    found = packed(head, case)

    story = text_of(found["01 - Przebieg sprawy.pdf"])
    assert "Brakuje podpisu" in story
    assert "Ewa Lis" not in story
    assert "03 - Załącznik - Wniosek o grant - skan umowy.pdf" in found


def test_who_does_not_see_the_matter_gets_nothing_nor_who_sees_it_no_more(case, clerk, api):
    stranger = made.head_of(UnitFactory())
    address = f"/api/v1/procedures/cases/{case.pk}/package/"
    assert api(stranger).post(address).status_code == 404
    assert not FileMaking.objects.exists()

    making = packaging.pack_case(actor=clerk, case=case)
    Exclusion.objects.create(
        case=case,
        stage=case.stage,
        person=clerk,
        reason="Rodzina",
        is_declared=True,
        excluded_in=1,
    )
    with pytest.raises(NotFound):
        require_still(again(clerk), making)
