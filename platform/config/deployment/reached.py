"""What is reached over the network, or on the disk: mail, broker, the store of files."""

import smtplib
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from celery import current_app
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.mail import get_connection
from kombu.exceptions import OperationalError

from config.deployment.environment import Check
from files import services as files

SECONDS = 5
_ANSWERS = Config(connect_timeout=SECONDS, read_timeout=SECONDS, retries={"max_attempts": 0})


def mail_server(**_: Any) -> list[CheckMessage]:
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return []  # `environment.mail` says so
    server = get_connection(timeout=SECONDS)
    try:
        server.open()
        server.close()
    except (OSError, smtplib.SMTPException) as failure:
        return [
            Error(
                f"The mail server of EMAIL_URL does not let us in: {failure}.",
                hint="Look at the address, the account and the password.",
                id="opium.E033",
            )
        ]
    return []


def broker_answers(**_: Any) -> list[CheckMessage]:
    try:
        with current_app.connection_for_write(connect_timeout=SECONDS) as there:
            there.ensure_connection(max_retries=1, interval_start=0, timeout=SECONDS)
    except (OperationalError, OSError) as failure:
        return [
            Error(
                f"The broker of BROKER_URL does not answer: {failure}.",
                hint="Look at the address and whether it runs; nothing is lost meanwhile.",
                id="opium.E041",
            )
        ]
    return []


def store(**_: Any) -> list[CheckMessage]:
    return _bucket(settings.S3_BUCKET) if settings.S3_BUCKET else _folder(Path(settings.FILES_ROOT))


def _folder(place: Path) -> list[CheckMessage]:
    if not place.exists():
        return []  # made with the right mode by the first upload
    if place.stat().st_mode & 0o077:
        return [
            Error(
                f"The folder of the files is open to others: {place}.",
                hint=f"chmod -R go= {place}",
                id="opium.E070",
            )
        ]
    return []


def _bucket(name: str) -> list[CheckMessage]:
    client = boto3.client("s3", endpoint_url=settings.S3_ENDPOINT_URL, config=_ANSWERS)
    found: list[CheckMessage] = []
    try:
        client.head_bucket(Bucket=name)
        if client.get_bucket_versioning(Bucket=name).get("Status") != "Enabled":
            found.append(
                Error(
                    f"The bucket {name} keeps no versions: what is deleted by mistake is gone.",
                    hint="Switch versioning on (put-bucket-versioning Status=Enabled).",
                    id="opium.E072",
                )
            )
    except (BotoCoreError, ClientError) as failure:
        return [
            Error(
                f"The bucket {name} cannot be used: {failure}.",
                hint="Look at S3_BUCKET, S3_ENDPOINT_URL and the AWS_… keys.",
                id="opium.E071",
            )
        ]
    try:
        client.get_bucket_encryption(Bucket=name)
    except (BotoCoreError, ClientError):
        found.append(
            Error(
                f"The bucket {name} does not say that it encrypts what it keeps.",
                hint="Set its default encryption (put-bucket-encryption, AES256 or aws:kms).",
                id="opium.E073",
            )
        )
    return found


def witness_locks(**_: Any) -> list[CheckMessage]:
    name = settings.LOG_DIGEST_BUCKET
    if not name:
        return []
    client = boto3.client("s3", endpoint_url=settings.S3_ENDPOINT_URL, config=_ANSWERS)
    try:
        client.get_object_lock_configuration(Bucket=name)
    except (BotoCoreError, ClientError) as failure:
        return [
            Error(
                f"The bucket {name} of the log's digests has no Object Lock: {failure}.",
                hint="Make one with --object-lock-enabled-for-bucket and set LOG_DIGEST_BUCKET.",
                id="opium.E081",
            )
        ]
    return []


def scanner(**_: Any) -> list[CheckMessage]:
    if not settings.CLAMD:
        return [
            Error(
                "Nobody looks for malware in what people upload.",
                hint="Install clamav-daemon and set CLAMD=/run/clamav/clamd.ctl or host:3310.",
                id="opium.E090",
            )
        ]
    if files.scanner_answers():
        return []
    return [
        Error(
            f"clamd does not answer at {settings.CLAMD}: no upload is accepted meanwhile.",
            hint="Look whether clamav-daemon runs, and at the address in CLAMD.",
            id="opium.E091",
        )
    ]


CHECKS: tuple[Check, ...] = (mail_server, broker_answers, store, witness_locks, scanner)
