import hashlib
import io

import pytest

from files import services
from files.errors import FileLost
from opium.permissions import SYSTEM
from tests.factories.files import stored

pytestmark = pytest.mark.django_db
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_what_the_platform_makes_is_ready_and_nobodys_to_take(person, place):
    content = bytes(range(256)) * 5000

    file = services.store(actor=SYSTEM, name="scalone.xlsx", content=io.BytesIO(content))

    assert (file.state, file.size, file.content_type) == ("ready", len(content), XLSX)
    assert file.sha256 == hashlib.sha256(content).hexdigest()
    assert file.uploaded_by_id is None
    assert file.claimed_at is not None
    assert b"".join(services.read_chunks(file, 1000)) == content
    with services.local_path(file) as path:
        assert path.read_bytes() == content


def test_lost_bytes_are_told_as_lost_by_every_way_of_reading(person, place):
    file = stored(person)
    services.remove_bytes(key=file.key)

    for read in (
        lambda: services.open_file(file),
        lambda: next(services.read_chunks(file)),
        lambda: services.local_path(file).__enter__(),
    ):
        with pytest.raises(FileLost) as refusal:
            read()
        assert str(refusal.value) == (
            "Pliku „pismo.pdf” nie ma w magazynie plików. Zgłoś to administratorowi."
        )
