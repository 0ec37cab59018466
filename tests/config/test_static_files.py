"""How the built screens are given out: copies made at build time, kept by browsers for years."""

import gzip
from contextlib import closing

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from whitenoise.middleware import WhiteNoiseMiddleware

pytestmark = pytest.mark.django_db  # closing an answer looks after the connection that a test left
YEAR = 365 * 24 * 3600
HASHED = "assets/index-CQhgs9Xt.js"
PLAIN = b"export const screens = 1;" * 40
GZIPPED = gzip.compress(PLAIN, mtime=0)


def elsewhere(_request):
    return HttpResponse(status=404)


@pytest.fixture
def server(settings, tmp_path):
    """The city's own settings over a build of three files."""
    (tmp_path / "assets").mkdir()
    (tmp_path / HASHED).write_bytes(PLAIN)
    (tmp_path / f"{HASHED}.gz").write_bytes(GZIPPED)
    (tmp_path / f"{HASHED}.br").write_bytes(b"brotli's copy")
    (tmp_path / "favicon.svg").write_bytes(b"<svg/>")
    settings.STATICFILES_DIRS = [("app", tmp_path)]
    return WhiteNoiseMiddleware(elsewhere)


def asked(server, name, accepts):
    """The headers and the whole body."""
    answer = server(RequestFactory().get(f"/static/app/{name}", HTTP_ACCEPT_ENCODING=accepts))
    with closing(answer):
        return answer.headers, b"".join(answer)


@pytest.mark.parametrize(
    ("accepts", "encoding", "body"),
    [
        ("gzip, deflate, br", "br", b"brotli's copy"),
        ("gzip", "gzip", GZIPPED),
        ("", None, PLAIN),
    ],
)
def test_a_browser_gets_the_smallest_copy_that_it_reads(server, accepts, encoding, body):
    headers, given = asked(server, HASHED, accepts)
    assert headers.get("Content-Encoding") == encoding
    assert headers["Vary"] == "Accept-Encoding"
    assert given == body


def test_a_file_named_by_its_content_is_kept_for_a_year_at_least(server):
    headers, _ = asked(server, HASHED, "")
    age, *rest = headers["Cache-Control"].split(", ")
    assert int(age.removeprefix("max-age=")) >= YEAR
    assert rest == ["public", "immutable"]


def test_a_file_whose_name_stays_when_it_changes_is_asked_for_again_in_a_minute(server):
    headers, _ = asked(server, "favicon.svg", "")
    assert headers["Cache-Control"] == "max-age=60, public"
