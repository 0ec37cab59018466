from uuid import uuid4

import pytest
from django.db import transaction

from files import services
from files.errors import FileAlreadyUsed, FileNotReady, UnknownFile
from files.models import File
from tests.factories.accounts import PersonFactory
from tests.factories.files import uploaded

pytestmark = pytest.mark.django_db


def test_own_ready_files_are_taken_in_the_order_given(person):
    first, second, third = (uploaded(person, f"{name}.pdf") for name in "abc")

    taken = services.claim(actor=person, files=[third.pk, first.pk, second.pk, first.pk])

    assert [file.name for file in taken] == ["c.pdf", "a.pdf", "b.pdf"]
    assert File.objects.filter(claimed_at=None).count() == 0


def test_a_file_is_taken_only_once(person):
    file = uploaded(person)
    services.claim(actor=person, files=[file.pk])

    with pytest.raises(FileAlreadyUsed):
        services.claim(actor=person, files=[file.pk])


def test_another_persons_file_is_as_unknown_as_one_that_never_was(person, stranger):
    theirs = uploaded(stranger)

    for file_id in (theirs.pk, uuid4()):
        with pytest.raises(UnknownFile):
            services.claim(actor=person, files=[file_id])

    theirs.refresh_from_db()
    assert theirs.claimed_at is None


def test_a_file_of_the_other_city_is_unknown(person, in_south):
    with in_south():
        file = uploaded(PersonFactory())

    with pytest.raises(UnknownFile):
        services.claim(actor=person, files=[file.pk])


def test_a_file_that_is_not_ready_is_not_taken(person):
    upload = services.begin_upload(actor=person, name="a.pdf", size=5)

    with pytest.raises(FileNotReady):
        services.claim(actor=person, files=[upload.file.pk])


def test_one_wrong_file_leaves_all_untaken(person):
    good = uploaded(person)

    with pytest.raises(UnknownFile):
        services.claim(actor=person, files=[good.pk, uuid4()])

    good.refresh_from_db()
    assert good.claimed_at is None


def test_a_deed_that_fails_gives_its_files_back(person):
    file = uploaded(person)

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        services.claim(actor=person, files=[file.pk])
        _ = 1 / 0

    assert services.claim(actor=person, files=[file.pk])[0].pk == file.pk


def test_taking_asks_two_things_of_the_database_for_one_file_and_for_many(
    person, django_assert_num_queries
):
    for count in (1, 5):
        files = [uploaded(person).pk for _ in range(count)]
        with django_assert_num_queries(4):  # with the savepoint around them
            services.claim(actor=person, files=files)
