import io
import os
import zipfile
from concurrent.futures import ThreadPoolExecutor

import docx
import pypdf
import pytest
from django.db import connection
from django_tenants.utils import schema_context

from audit.models import Entry
from documents import bounded
from files import services as files
from files.errors import ReadingRefused
from opium.errors import Forbidden, NotFound
from opium.permissions import SYSTEM
from outbox import services as outbox
from outbox.models import Job
from procedures.errors import (
    LetterNotYours,
    LetterTemplateExists,
    NoCasesChosen,
    TemplateAsksUnknown,
    TemplateMissing,
)
from procedures.models import Letter, LetterTemplate, LetterYear
from procedures.permissions import Permission
from procedures.selectors import letter_list
from procedures.services import correspondence
from tests.factories import forms
from tests.factories import procedures as made
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import UnitFactory
from tests.factories.files import PDF, read, uploaded, uploaded_and_read
from tests.factories.poison import cure, given_up, poison

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_root(settings, tmp_path):
    settings.FILES_ROOT = str(tmp_path)


@pytest.fixture
def secretary():
    return person_with(Permission.MANAGE_LETTERS, Permission.VIEW_CASES, Permission.ACT_IN_CASE)


def word(*paragraphs):
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def template(person, *paragraphs, key="wezwanie", name="Wezwanie"):
    file = uploaded_and_read(person, "wzor.docx", word(*paragraphs), correspondence.NEW)
    return correspondence.add_template(actor=person, key=key, name=name, file=file.pk)


def text_of(file):
    content = b"".join(files.read_chunks(file))
    if file.name.endswith(".pdf"):
        reader = pypdf.PdfReader(io.BytesIO(content))
        return "\n".join(page.extract_text() for page in reader.pages)
    return "\n".join(one.text for one in docx.Document(io.BytesIO(content)).paragraphs)


def rendered(letter):
    correspondence.render_letter(actor=SYSTEM, letter=letter)
    letter.refresh_from_db()
    return letter


def test_a_letter_is_numbered_dated_and_drawn_up_as_docx_and_pdf(secretary, case):
    wanted = template(
        secretary, "{{ pismo.numer }} {{ jednostka.skrot }}: {{ wniosek.tytul }}, {{ miasto }}"
    )
    letter = correspondence.issue_letter(actor=secretary, case=case, template=wanted)
    assert (letter.number, letter.state) == (1, "waiting")
    assert Job.objects.filter(task="procedures.render_letter").count() == 1

    letter = rendered(letter)

    expected = f"1/{letter.year} SP nr 7: Teatr, North"
    assert letter.state == "ready"
    assert text_of(letter.docx) == expected
    assert text_of(letter.pdf) == expected
    assert Entry.objects.filter(target_id=str(case.pk), after__letter=str(letter)).exists()


def test_drawing_up_twice_makes_each_file_once(secretary, case):
    letter = correspondence.issue_letter(
        actor=secretary, case=case, template=template(secretary, "a")
    )
    first = rendered(letter).pdf_id
    assert rendered(letter).pdf_id == first


def test_a_letter_keeps_its_values_and_the_docx_it_was_made_from(secretary, case):
    wanted = template(secretary, "stary {{ sprawa.tytul }}")
    letter = correspondence.issue_letter(actor=secretary, case=case, template=wanted)
    newer = uploaded_and_read(secretary, "nowy.docx", word("nowy"), correspondence.NEWER, wanted.pk)
    correspondence.change_template(actor=secretary, template=wanted, file=newer.pk)
    case.title = "Inny tytuł"
    case.save()
    assert text_of(rendered(letter).docx) == f"stary {letter.values['sprawa']['tytul']}"
    assert letter.values["sprawa"]["tytul"] != "Inny tytuł"


def test_a_template_that_asks_for_the_unknown_is_refused_with_its_name(secretary):
    file = uploaded(secretary, "wzor.docx", word("{{ kwota_brutto }}"))
    reading = read(secretary, file, correspondence.NEW)
    assert (reading.state, reading.failure_code) == ("failed", TemplateAsksUnknown.code)
    with pytest.raises(ReadingRefused, match="„kwota_brutto”"):
        correspondence.add_template(actor=secretary, key="a", name="A", file=file.pk)
    assert not LetterTemplate.objects.exists()


def test_a_template_that_is_no_word_file_is_refused(secretary):
    file = uploaded_and_read(secretary, "wzor.pdf", PDF, correspondence.NEW)
    with pytest.raises(ReadingRefused, match=r"jako dokumentu Word \(.docx\)"):
        correspondence.add_template(actor=secretary, key="a", name="A", file=file.pk)


def test_no_request_opens_a_template(secretary, api, monkeypatch):
    monkeypatch.setattr(bounded, "_children", {})
    wanted = {"key": "a", "name": "A", "file": str(uploaded(secretary, "a.docx", word("a")).pk)}
    refused = api(secretary).post("/api/v1/procedures/letter-templates/", wanted)
    assert (refused.status_code, refused.json()["code"]) == (409, "file_not_read")
    assert bounded._children == {}  # nobody was started to open it


def test_a_template_is_read_only_for_whoever_keeps_the_letters(head):
    with pytest.raises(Forbidden):
        read(head, uploaded(head, "wzor.docx", word("a")), correspondence.NEW)


def test_a_key_is_taken_once(secretary):
    template(secretary, "a")
    with pytest.raises(LetterTemplateExists):
        template(secretary, "b")


def test_a_field_that_cannot_be_filled_makes_the_letter_fail_with_a_sentence(secretary, case):
    wanted = template(secretary, "{{ wniosek.nie_ma_takiego }}")
    letter = rendered(correspondence.issue_letter(actor=secretary, case=case, template=wanted))
    assert letter.state == "failed"
    assert letter.failure.startswith("W szablonie jest błąd: nieznane pole")

    content = word("{{ wniosek.tytul }}")
    mended = uploaded_and_read(secretary, "wzor.docx", content, correspondence.NEWER, wanted.pk)
    correspondence.change_template(actor=secretary, template=wanted, file=mended.pk)
    correspondence.render_again(actor=secretary, letter=letter)
    assert text_of(rendered(letter).docx) == "Teatr"


@pytest.fixture
def one_second(monkeypatch):
    """The child of this process, with a second where the platform gives twenty."""
    child = bounded.Child(bounded.Limits(seconds=1))
    monkeypatch.setitem(bounded._children, os.getpid(), child)
    yield
    child.stop()


@pytest.mark.usefixtures("one_second")
@pytest.mark.parametrize(
    "text",
    [
        "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
        "{{ 'x'|center(2000000000) }}",
        "{% for a in x %}" * 8 + "y" + "{% endfor %}" * 8,
    ],
)
def test_a_template_that_takes_too_much_makes_the_letter_fail_and_the_next_one_is_made(
    secretary, case, text
):
    hostile = template(secretary, "{% set x = 'abcdefghijklmnopqrstuvwxyz' %}" + text)
    next_one = template(secretary, "{{ jednostka.skrot }}", key="dalej")

    letter = correspondence.issue_letter(actor=secretary, case=case, template=hostile)
    after = correspondence.issue_letter(actor=secretary, case=case, template=next_one)
    for job in Job.objects.filter(task="procedures.render_letter").order_by("created_at"):
        assert outbox.run_job(str(job.pk))

    letter.refresh_from_db()
    after.refresh_from_db()
    assert letter.state == "failed"
    assert letter.failure.startswith("Przygotowanie tego dokumentu wymaga więcej niż 1 s pracy")
    assert after.state == "ready"


def test_an_archived_template_makes_no_letters(secretary, case):
    wanted = template(secretary, "a")
    correspondence.change_template(actor=secretary, template=wanted, is_archived=True)
    with pytest.raises(TemplateMissing):
        correspondence.issue_letter(actor=secretary, case=case, template=wanted)


def test_a_letter_in_each_of_many_cases_with_progress_and_one_zip(secretary, procedure, api):
    cases = []
    for number in range(12):
        unit = UnitFactory(short_name=f"Szkoła {number}")
        cases.append(made.submitted(procedure, made.head_of(unit), unit))
    wanted = template(secretary, "{{ jednostka.skrot }}")

    answer = api(secretary).post(
        "/api/v1/procedures/letters/",
        {"template": str(wanted.pk), "cases": [str(case.pk) for case in cases]},
        format="json",
    )

    assert answer.status_code == 202
    assert (answer.json()["total"], answer.json()["ready"]) == (12, 0)
    assert Job.objects.filter(task="procedures.render_letter").count() == 12
    letters = list(Letter.objects.order_by("number"))
    assert [one.number for one in letters] == list(range(1, 13))
    for letter in letters:
        rendered(letter)
    address = f"/api/v1/procedures/letter-jobs/{answer.json()['id']}/"
    progress = api(secretary).get(address).json()
    assert (progress["ready"], progress["failed"], progress["is_over"]) == (12, 0, True)
    packed = b"".join(api(secretary).get(f"{address}download/").streaming_content)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert len(archive.namelist()) == 12
        assert all(name.endswith(".pdf") for name in archive.namelist())


def test_a_letter_and_a_template_that_are_taken_out_are_deeds(secretary, case, api):
    wanted = template(secretary, "{{ jednostka.skrot }}")
    letter = rendered(correspondence.issue_letter(actor=secretary, case=case, template=wanted))
    browser = api(secretary)

    for address in (
        f"letters/{letter.pk}/download/?kind=pdf",
        f"letter-templates/{wanted.pk}/download/",
    ):
        assert browser.get(f"/api/v1/procedures/{address}").status_code == 302
    assert (
        api(PersonFactory())
        .get(f"/api/v1/procedures/letters/{letter.pk}/download/?kind=pdf")
        .status_code
        == 404
    )

    taken = Entry.objects.filter(deed__startswith="procedures.download").order_by("pk")
    assert [(one.deed, one.actor_id, one.target_id) for one in taken] == [
        ("procedures.download_letter", secretary.pk, str(letter.pk)),
        ("procedures.download_template", secretary.pk, str(wanted.pk)),
    ]
    assert taken[0].after["file"].endswith(".pdf")


def test_the_number_of_queries_does_not_grow_with_the_cases(
    secretary, procedure, django_assert_num_queries
):
    wanted = template(secretary, "{{ wniosek.tytul }} {{ jednostka.nazwa }}")

    def submitted(count):
        units = [UnitFactory() for _ in range(count)]
        cases = [made.submitted(procedure, made.head_of(unit), unit) for unit in units]
        return [
            type(cases[0]).objects.select_related("procedure", "revision").get(pk=one.pk)
            for one in cases
        ]

    few, many = submitted(2), submitted(8)
    secretary = type(secretary).objects.get(pk=secretary.pk)
    correspondence.issue_letters(actor=secretary, cases=few, template=wanted)
    with django_assert_num_queries(17):
        correspondence.issue_letters(actor=secretary, cases=few, template=wanted)
    with django_assert_num_queries(17):
        correspondence.issue_letters(actor=secretary, cases=many, template=wanted)


def test_a_series_of_nothing_is_refused(secretary):
    with pytest.raises(NoCasesChosen):
        correspondence.issue_letters(actor=secretary, cases=[], template=template(secretary, "a"))


def test_letters_are_made_only_by_whoever_may(secretary, head, case):
    wanted = template(secretary, "a")
    with pytest.raises(Forbidden):
        correspondence.issue_letter(actor=head, case=case, template=wanted)
    with pytest.raises(Forbidden):
        correspondence.issue_letters(actor=head, cases=[case], template=wanted)
    file = uploaded(head, "wzor.docx", word("a"))
    with pytest.raises(Forbidden):
        correspondence.add_template(actor=head, key="b", name="B", file=file.pk)


def test_the_applicant_sees_a_letter_only_where_the_stage_shows_it(secretary, head, case):
    letter = rendered(
        correspondence.issue_letter(actor=secretary, case=case, template=template(secretary, "a"))
    )
    assert letter_list.letter_file(secretary, letter.pk, "pdf") == letter.pdf

    def shown_there(*parts):
        document = case.revision.definition
        for stage in document["stages"]:
            if stage["key"] == letter.stage:
                stage["visible_to"] = {"applicant": list(parts)}
        case.revision = made.revised(case.procedure, document)
        case.save()

    shown_there("facts")
    with pytest.raises(NotFound):
        letter_list.letter_file(head, letter.pk, "pdf")

    shown_there("letters")
    assert letter_list.letter_file(head, letter.pk, "pdf") == letter.pdf


def test_a_letter_of_one_city_is_not_there_in_another(secretary, case, in_south):
    letter = rendered(
        correspondence.issue_letter(actor=secretary, case=case, template=template(secretary, "a"))
    )
    with in_south():
        stranger = person_with(Permission.VIEW_CASES, Permission.MANAGE_LETTERS)
        with pytest.raises(NotFound):
            letter_list.letter_file(stranger, letter.pk, "pdf")


@pytest.mark.django_db(transaction=True)
def test_numbers_of_letters_drawn_at_once_have_no_gap_and_no_double():
    def draw(_):
        with schema_context("north"):
            first = [(LetterYear.draw(count, year=2026), count) for count in (1, 3, 1)]
        connection.close()
        return [number for start, count in first for number in range(start, start + count)]

    with ThreadPoolExecutor(8) as pool:
        drawn = [number for part in pool.map(draw, range(40)) for number in part]
    assert sorted(drawn) == list(range(1, 201))


def test_a_series_with_a_case_that_one_does_not_see_makes_no_letter_at_all(secretary, case, api):
    wanted = template(secretary, "a")
    stranger = person_with(Permission.MANAGE_LETTERS)
    body = {"template": str(wanted.pk), "cases": [str(case.pk)]}
    address = "/api/v1/procedures/letters/"
    assert api(stranger).post(address, body, format="json").status_code == 404
    body["cases"].append("00000000-0000-4000-8000-000000000000")
    assert api(secretary).post(address, body, format="json").status_code == 404
    assert not Letter.objects.exists()


def test_a_letter_that_the_background_gave_up_is_failed_and_waits_when_tried_again(secretary, case):
    wanted = template(secretary, "{{ jednostka.skrot }}")
    series = correspondence.issue_letters(actor=secretary, cases=[case], template=wanted)
    letter = series.letters.get()
    poison(Letter, "UPDATE", "NEW.state = 'ready'")

    job = given_up(Job.objects.get(task="procedures.render_letter"))

    letter.refresh_from_db()
    assert (letter.state, letter.failure) == ("failed", job.sentence)
    assert job.about == str(letter)
    assert job.sentence.startswith("Wystąpił błąd programu.")
    [told] = letter_list.jobs_visible_to(secretary)
    assert (told.ready, told.failed) == (0, 1)
    cure(Letter)
    outbox.try_again(actor=SYSTEM, job=job)
    assert outbox.run_job(str(job.pk))
    letter.refresh_from_db()
    assert (letter.state, letter.failure) == ("ready", "")


def committee_stage(letters=()):
    """A procedure whose cases wait for a committee; its clerk closes the scoring."""
    card = forms.published(forms.question("punkty", "number"), name="Karta")
    stages = [
        made.stage("nabor", "submission", "applicant"),
        made.stage(
            "komisja",
            "scoring",
            "komisja",
            form=str(card.pk),
            letters=list(letters),
            parameters={"points": "punkty", "closed_by": "referent"},
        ),
        made.end(),
    ]
    ways = [made.way("nabor", "submitted", "komisja"), made.way("komisja", "scored", "koniec")]
    return made.published(stages, ways, functions=("referent", "komisja"))


def test_a_committee_member_issues_no_letter_and_the_function_that_decides_issues_the_stage_s(
    secretary, head, unit, clerk, api
):
    wanted = template(secretary, "a")
    other = template(secretary, "b", key="inne", name="Inne")
    member = made.officer("komisja")
    case = made.submitted(committee_stage(letters=["wezwanie"]), head, unit)

    with pytest.raises(LetterNotYours, match="„Wezwanie” nie wydajesz"):
        correspondence.issue_letter(actor=member, case=case, template=wanted)
    with pytest.raises(LetterNotYours, match="„Inne” nie wydajesz"):
        correspondence.issue_letter(actor=clerk, case=case, template=other)
    assert not Letter.objects.exists()
    assert LetterYear.objects.count() == 0

    letter = correspondence.issue_letter(actor=clerk, case=case, template=wanted)
    assert letter.number == 1
    with pytest.raises(LetterNotYours):
        correspondence.render_again(actor=member, letter=letter)

    def offered(person):
        page = api(person).get(f"/api/v1/procedures/cases/{case.pk}/").json()
        return page["letters_offered"], "issue_letter" in page["can"]

    assert offered(member) == ([], False)
    assert offered(head) == ([], False)
    assert offered(clerk) == (["wezwanie"], True)
    assert offered(secretary) == (None, True)


def test_a_letter_is_read_before_it_is_issued_and_draws_no_number(secretary, case, api, head):
    wanted = template(secretary, "{{ pismo.numer }} do: {{ jednostka.skrot }}", "{{ powod }}")
    address = f"/api/v1/procedures/cases/{case.pk}/letters/preview/?template={wanted.pk}"

    answer = api(secretary).get(address)

    assert answer.json() == {"lines": ["[numer nadamy przy wydaniu] do: SP nr 7"]}
    assert not Letter.objects.exists()
    assert LetterYear.objects.count() == 0
    assert api(head).get(address).status_code == 404
    assert correspondence.issue_letter(actor=secretary, case=case, template=wanted).number == 1


def test_a_letter_that_cannot_be_filled_is_refused_at_its_preview(secretary, case, api):
    wanted = template(secretary, "{{ wniosek.nie_ma_takiego }}")
    address = f"/api/v1/procedures/cases/{case.pk}/letters/preview/?template={wanted.pk}"
    answer = api(secretary).get(address)
    assert answer.json()["code"] == "template_faulty"
    assert not Letter.objects.exists()
