"""How the built screens are given out: copies made at build time, kept by browsers for years."""

import gzip

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from whitenoise.middleware import WhiteNoiseMiddleware

YEAR = 365 * 24 * 3600
HASHED = "assets/index-CQhgs9Xt.js"
PLAIN = b"export const screens = 1;" * 40


def elsewhere(_request):
    return HttpResponse(status=404)


@pytest.fixture
def server(settings, tmp_path):
    """The city's own settings over a build of three files."""
    (tmp_path / "assets").mkdir()
    (tmp_path / HASHED).write_bytes(PLAIN)
    (tmp_path / f"{HASHED}.gz").write_bytes(gzip.compress(PLAIN))
    (tmp_path / f"{HASHED}.br").write_bytes(b"brotli's copy")
    (tmp_path / "favicon.svg").write_bytes(b"<svg/>")
    settings.STATICFILES_DIRS = [("app", tmp_path)]
    return WhiteNoiseMiddleware(elsewhere)


def asked(server, name, accepts):
    return server(RequestFactory().get(f"/static/app/{name}", HTTP_ACCEPT_ENCODING=accepts))


@pytest.mark.parametrize(
    ("accepts", "encoding", "body"),
    [
        ("gzip, deflate, br", "br", b"brotli's copy"),
        ("gzip", "gzip", gzip.compress(PLAIN)),
        ("", None, PLAIN),
    ],
)
def test_a_browser_gets_the_smallest_copy_that_it_reads(server, accepts, encoding, body):
    answer = asked(server, HASHED, accepts)
    assert answer.headers.get("Content-Encoding") == encoding
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert int(answer.headers["Content-Length"]) == len(body)


def test_a_file_named_by_its_content_is_kept_for_a_year_at_least(server):
    age, *rest = asked(server, HASHED, "").headers["Cache-Control"].split(", ")
    assert int(age.removeprefix("max-age=")) >= YEAR
    assert rest == ["public", "immutable"]


def test_a_file_whose_name_stays_when_it_changes_is_asked_for_again_in_a_minute(server):
    assert asked(server, "favicon.svg", "").headers["Cache-Control"] == "max-age=60, public"
