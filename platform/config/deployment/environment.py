"""What the settings say by themselves."""

import os
from collections.abc import Callable
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

SHORTEST_KEY = 32
LOCAL = (".localhost", "localhost", "127.0.0.1")
Check = Callable[..., list[CheckMessage]]


def https(**_: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if not settings.HTTPS:
        found.append(
            Error(
                "HTTPS is off: passwords and sessions would travel in the open.",
                hint="Put a proxy with TLS in front (docs/nginx.conf) and set HTTPS=1.",
                id="opium.E001",
            )
        )
    if not settings.CITY_URL.startswith("https://"):
        found.append(
            Error(
                f"CITY_URL is {settings.CITY_URL}: letters would carry addresses without TLS.",
                hint="Set CITY_URL=https://{domain}, or leave it out.",
                id="opium.E002",
            )
        )
    if settings.DEBUG:
        found.append(
            Error(
                "DEBUG is on: a failure would show settings and code to anybody.",
                hint="Leave DEBUG out.",
                id="opium.E003",
            )
        )
    if "*" in settings.ALLOWED_HOSTS or set(settings.ALLOWED_HOSTS) <= set(LOCAL):
        found.append(
            Error(
                f"ALLOWED_HOSTS is {','.join(settings.ALLOWED_HOSTS)}.",
                hint="Name the hosts of the cities: ALLOWED_HOSTS=.opium.example.org",
                id="opium.E004",
            )
        )
    return found


def proxies(**_: Any) -> list[CheckMessage]:
    if settings.TRUSTED_PROXIES >= 1:
        return []
    return [
        Error(
            "TRUSTED_PROXIES is 0: behind a proxy everybody has one address, so the wrong guesses "
            "of one person lock the whole city out, and the log tells nobody's address.",
            hint="Set TRUSTED_PROXIES to the number of your own proxies in front (usually 1).",
            id="opium.E010",
        )
    ]


def keys(**_: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if not os.environ.get("SECRET_KEY"):
        found.append(
            Error(
                "SECRET_KEY is not set: the key made under .opium/ differs between machines "
                "and is lost with the folder.",
                hint="Set SECRET_KEY, the same for all processes: openssl rand -base64 48",
                id="opium.E020",
            )
        )
    elif len(settings.SECRET_KEY) < SHORTEST_KEY:
        found.append(
            Error(
                f"SECRET_KEY is shorter than {SHORTEST_KEY} characters.",
                hint="Make a long one: openssl rand -base64 48",
                id="opium.E021",
            )
        )
    if not settings.ENCRYPTION_KEYS:
        found.append(
            Error(
                "ENCRYPTION_KEYS is not set: second factors are sealed with SECRET_KEY, "
                "which cannot be replaced then.",
                hint="Set ENCRYPTION_KEYS and keep it apart from the backups: "
                "openssl rand -base64 48; then opium secrets rotate.",
                id="opium.E022",
            )
        )
    weak = [one for one in settings.ENCRYPTION_KEYS if len(one) < SHORTEST_KEY]
    if weak or settings.SECRET_KEY in settings.ENCRYPTION_KEYS:
        found.append(
            Error(
                f"A key of ENCRYPTION_KEYS is SECRET_KEY, or shorter than {SHORTEST_KEY} signs.",
                hint="Put a new long one in front, restart, and run opium secrets rotate.",
                id="opium.E023",
            )
        )
    return found


def mail(**_: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if settings.EMAIL_BACKEND != "django.core.mail.backends.smtp.EmailBackend":
        found.append(
            Error(
                "EMAIL_URL is not set: letters are kept on this machine and reach nobody.",
                hint="Set EMAIL_URL=smtp+tls://account:password@server:587",
                id="opium.E030",
            )
        )
    elif not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL):
        found.append(
            Error(
                "EMAIL_URL is without TLS: letters with links for signing in travel in the open.",
                hint="Use smtp+tls:// or smtp+ssl://",
                id="opium.E031",
            )
        )
    if parseaddr(settings.DEFAULT_FROM_EMAIL)[1].endswith("@localhost"):
        found.append(
            Error(
                f"DEFAULT_FROM_EMAIL is {settings.DEFAULT_FROM_EMAIL}: nobody can answer it, "
                "and mail servers refuse it.",
                hint='Set DEFAULT_FROM_EMAIL="OPIUM <opium@example.org>"',
                id="opium.E032",
            )
        )
    return found


def broker(**_: Any) -> list[CheckMessage]:
    if not settings.CELERY_BROKER_URL.startswith("folder:"):
        return []
    return [
        Error(
            "BROKER_URL is not set: the queue in a folder serves one machine and no more.",
            hint="Set BROKER_URL=amqp://… (RabbitMQ) or redis://…",
            id="opium.E040",
        )
    ]


def witness(**_: Any) -> list[CheckMessage]:
    if settings.LOG_DIGEST_MAIL or settings.LOG_DIGEST_BUCKET:
        return []
    return [
        Error(
            "The digest of the log stays in the house: whoever rules the database could rewrite "
            "the log or cut its end off, and nobody could prove it.",
            hint="Set LOG_DIGEST_BUCKET (with Object Lock) or LOG_DIGEST_MAIL (others' mailbox).",
            id="opium.E080",
        )
    ]


CHECKS: tuple[Check, ...] = (https, proxies, keys, mail, broker, witness)
