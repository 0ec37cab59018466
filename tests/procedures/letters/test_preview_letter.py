"""A letter is read before it is issued: in the background, for whoever asked."""

import pytest

from files.models import FileMaking
from opium.permissions import MissingPermission
from outbox import services as outbox
from outbox.models import Job
from procedures.errors import TemplateMissing
from procedures.models import Letter, LetterYear
from procedures.services import correspondence
from tests.procedures.letters.lettering import template

pytestmark = pytest.mark.django_db
API = "/api/v1/"


@pytest.fixture
def look(api, case):
    """Ask for a preview as the person; what is told of it before and after the work."""

    def looking(person, wanted):
        address = f"{API}procedures/cases/{case.pk}/letters/preview/"
        begun = api(person).post(address, {"template": str(wanted.pk)})
        assert begun.status_code == 202, begun.json()
        where = f"{API}files/makings/{begun.json()['id']}/"
        before = api(person).get(where).json()
        job = Job.objects.filter(task="files.make", done_at=None).latest("created_at")
        assert job.args == [begun.json()["id"]]
        assert outbox.run_job(str(job.pk))
        return where, before, api(person).get(where).json()

    return looking


def test_the_background_reads_the_letter_and_no_number_is_drawn(secretary, case, look):
    wanted = template(secretary, "{{ pismo.numer }} do: {{ jednostka.skrot }}", "{{ powod }}")

    _, before, after = look(secretary, wanted)

    assert (before["state"], before["lines"]) == ("waiting", [])
    assert after["lines"] == ["[numer nadamy przy wydaniu] do: SP nr 7"]
    assert (after["state"], after["has_file"]) == ("done", False)
    assert FileMaking.objects.get().told == {}
    assert not Letter.objects.exists()
    assert LetterYear.objects.count() == 0
    assert correspondence.issue_letter(actor=secretary, case=case, template=wanted).number == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{{ wniosek.nie_ma_takiego }}", "nie_ma_takiego"),
        ("{{ 'x'|center(2000000000) }}", "Przygotowanie tego dokumentu"),
    ],
)
def test_a_template_that_cannot_be_read_through_ends_it_with_the_reason(
    secretary, look, text, sentence
):
    _, _, after = look(secretary, template(secretary, text))

    assert after["state"] == "failed"
    assert sentence in after["failure"]
    assert not Letter.objects.exists()


def test_who_does_not_see_the_case_has_nothing_read_and_who_asked_loses_it_with_the_case(
    secretary, head, case, look, api
):
    wanted = template(secretary, "a")
    address = f"{API}procedures/cases/{case.pk}/letters/preview/"
    assert api(head).post(address, {"template": str(wanted.pk)}).status_code == 404
    where, _, _ = look(secretary, wanted)
    assert api(head).get(where).status_code == 404

    secretary.assignments.all().delete()

    assert api(secretary).get(where).status_code in {403, 404}


def test_nothing_is_asked_of_the_background_where_the_letter_could_not_be_issued(
    secretary, head, case
):
    wanted = template(secretary, "a")
    correspondence.change_template(actor=secretary, template=wanted, is_archived=True)
    with pytest.raises(TemplateMissing):
        correspondence.preview_letter(actor=secretary, case=case, template=wanted)
    with pytest.raises(MissingPermission):
        correspondence.preview_letter(actor=head, case=case, template=wanted)
    assert not FileMaking.objects.exists()
