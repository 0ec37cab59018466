"""What every answer tells the browser, once the server is reached over HTTPS."""

import pytest

from tests.factories.accounts import PersonFactory

pytestmark = pytest.mark.django_db
URLS = ("/api/v1/health/", "/api/v1/accounts/session/", "/api/v1/nic/")


@pytest.fixture
def over_https(settings, api):
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 3600
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    settings.SECURE_SSL_REDIRECT = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    return api


@pytest.mark.parametrize("url", URLS)
def test_every_answer_carries_the_security_headers(over_https, url):
    headers = over_https().get(url, secure=True).headers

    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Permissions-Policy"] == (
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
    )
    policy = headers["Content-Security-Policy"].split("; ")
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in headers["Content-Security-Policy"]


def test_without_https_the_browser_is_sent_there(over_https):
    answer = over_https().get("/api/v1/health/")

    assert (answer.status_code, answer["Location"]) == (301, "https://north.test/api/v1/health/")


def test_the_session_cookie_travels_encrypted_and_out_of_scripts_reach(over_https):
    person = PersonFactory()
    person.set_password("koc-w-kratę-17")
    person.save()

    answer = over_https().post(
        "/api/v1/accounts/session/",
        {"email": person.email, "password": "koc-w-kratę-17"},
        secure=True,
    )

    cookie = answer.cookies["opium"]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
