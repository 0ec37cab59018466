"""Bytes are kept for a person, a unit and a city up to what the installation allows."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from files import services
from files.errors import QuotaSpent
from files.models import File
from tests.factories.accounts import PersonFactory
from tests.factories.directory import MembershipFactory, UnitFactory
from tests.factories.files import PDF, uploaded

pytestmark = pytest.mark.django_db
MEGABYTE = 2**20


@pytest.fixture(autouse=True)
def _no_quota(settings):
    settings.QUOTAS = {"person": 0, "unit": 0, "city": 0}


def begin(person, size=MEGABYTE, name="pismo.pdf"):
    return services.begin_upload(actor=person, name=name, size=size).file


def test_a_person_keeps_as_many_bytes_as_allowed_and_is_told_how_many_are_used(person, settings):
    settings.QUOTAS["person"] = 3 * MEGABYTE
    begin(person, 2 * MEGABYTE)
    begin(person)

    with pytest.raises(QuotaSpent) as refused:
        begin(person, 1536)

    assert str(refused.value) == (
        "Plik „pismo.pdf” (1,5\u00a0kB) już się nie zmieści: pliki przesłane przez Ciebie zajmują "
        "3\u00a0MB z dozwolonych 3\u00a0MB. Usuń pliki ze szkiców, których już nie potrzebujesz, "
        "albo poproś administratora miasta o więcej miejsca."
    )
    assert File.objects.count() == 2
    begin(PersonFactory())


def test_what_was_let_go_refused_or_never_came_takes_no_room(person, settings):
    settings.QUOTAS["person"] = MEGABYTE
    services.discard(file=begin(person))
    File.objects.filter(pk=begin(person).pk).update(state="refused")
    begin(person)
    with time_machine.travel(timezone.now() + timedelta(hours=3), tick=False):
        begin(person)
        with pytest.raises(QuotaSpent):
            begin(person)


def test_a_file_that_is_ready_counts_with_its_measured_size(person, settings):
    uploaded(person, "a.pdf", PDF)
    settings.QUOTAS["person"] = 2 * len(PDF)
    begin(person, len(PDF))
    with pytest.raises(QuotaSpent):
        begin(person, 1)


def test_everybody_of_a_unit_counts_for_it_and_nobody_else(city, settings):
    unit, other = UnitFactory(short_name="SP 7"), UnitFactory(short_name="SP 8")
    head, secretary, stranger = PersonFactory.create_batch(3)
    for person, place in ((head, unit), (secretary, unit), (stranger, other)):
        MembershipFactory(person=person, unit=place)
    settings.QUOTAS["unit"] = 2 * MEGABYTE
    begin(stranger, 2 * MEGABYTE)
    begin(head)
    begin(secretary)

    with pytest.raises(QuotaSpent, match="przez osoby z jednostki „SP 7” zajmują 2\u00a0MB"):
        begin(head, 1)


def test_all_files_of_a_city_count_for_it_and_none_of_another(person, south, in_south, settings):
    with in_south():
        begin(PersonFactory(), 2 * MEGABYTE)
    settings.QUOTAS["city"] = 2 * MEGABYTE
    services.store(actor=person, name="scalone.xlsx", content=b"x" * MEGABYTE)
    begin(person)
    with pytest.raises(QuotaSpent, match="pliki całego miasta zajmują 2\u00a0MB z dozwolonych 2"):
        begin(person, 1)


def test_the_screen_is_told_with_a_conflict(person, api, settings):
    settings.QUOTAS["person"] = 10
    answer = api(person).post("/api/v1/files/uploads/", {"name": "a.pdf", "size": 11})
    assert (answer.status_code, answer.json()["code"]) == (409, "quota_spent")
    assert "zajmują 0\u00a0B z dozwolonych 10\u00a0B" in answer.json()["detail"]


@pytest.mark.parametrize("files", [1, 20])
def test_counting_takes_as_many_queries_for_one_file_as_for_many(
    person, files, settings, django_assert_num_queries
):
    MembershipFactory(person=person, unit=UnitFactory())
    settings.QUOTAS = dict.fromkeys(("person", "unit", "city"), 10**9)
    for _ in range(files):
        begin(person)
    with django_assert_num_queries(8):
        begin(person)
