"""A letter in each of many cases: numbers, progress, one file of all."""

import io
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django_tenants.utils import schema_context

from opium.permissions import SYSTEM
from outbox import services as outbox
from outbox.models import Job
from procedures.errors import (
    NoCasesChosen,
)
from procedures.models import Letter, LetterYear
from procedures.permissions import Permission
from procedures.selectors import letter_list
from procedures.services import correspondence
from tests.factories import procedures as made
from tests.factories.accounts import person_with
from tests.factories.directory import UnitFactory
from tests.factories.poison import cure, given_up, poison
from tests.procedures.letters.lettering import rendered, template

pytestmark = pytest.mark.django_db


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
