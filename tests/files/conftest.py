from datetime import UTC, datetime

import boto3
import pytest

from files import storage
from files.registry import PURPOSES, Purpose
from tests.factories.accounts import PersonFactory
from tests.files import object_store


@pytest.fixture
def person(city):
    return PersonFactory()


@pytest.fixture
def stranger(city):
    return PersonFactory()


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    """The local store of one test."""
    settings.S3_BUCKET = ""
    settings.FILES_ROOT = str(tmp_path / "files")
    return tmp_path / "files"


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory):
    with (
        pytest.MonkeyPatch.context() as patch,
        object_store.served(tmp_path_factory.mktemp("s3")) as endpoint,
    ):
        patch.setenv("AWS_ACCESS_KEY_ID", object_store.ACCESS_KEY)
        patch.setenv("AWS_SECRET_ACCESS_KEY", object_store.SECRET_KEY)
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        boto3.client("s3", endpoint_url=endpoint).create_bucket(Bucket="opium")
        yield endpoint


@pytest.fixture
def s3(s3_server, settings, folder):
    """The test keeps its files in S3."""
    settings.S3_BUCKET = "opium"
    settings.S3_ENDPOINT_URL = s3_server
    return s3_server


@pytest.fixture(params=["folder", "s3"])
def place(request, city):
    """The store of the city `north`, in each of the two places."""
    request.getfixturevalue(request.param)
    return storage.current()


@pytest.fixture
def clock(time_machine):
    """The time of the test: it stands, and is shifted from now."""
    time_machine.move_to(datetime.now(UTC), tick=False)
    return time_machine


@pytest.fixture
def plain_purpose(monkeypatch):
    """A purpose that reads a file's length; the test may put another way of reading in."""
    plain = Purpose(lambda source: {"size": source.path.stat().st_size}, lambda actor, about: None)
    monkeypatch.setitem(PURPOSES, "tests.plain", plain)
