import pytest
from django.db import transaction

from files import services
from files.models import File
from tests.factories.files import stored

pytestmark = pytest.mark.django_db


def test_the_bytes_go_once_the_deed_is_committed(
    person, folder, django_capture_on_commit_callbacks
):
    file = stored(person)
    path = folder / file.key

    with django_capture_on_commit_callbacks(execute=True):
        services.discard(file=file)
        assert path.exists()

    assert not path.exists()
    assert not File.objects.exists()


def test_a_deed_that_fails_keeps_row_and_bytes(person, folder, django_capture_on_commit_callbacks):
    file = stored(person)

    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(ZeroDivisionError),
        transaction.atomic(),
    ):
        services.discard(file=file)
        _ = 1 / 0

    assert (folder / file.key).exists()
    assert File.objects.exists()


def test_removing_bytes_twice_is_harmless(person):
    key = stored(person).key

    services.remove_bytes(key=key)
    services.remove_bytes(key=key)
