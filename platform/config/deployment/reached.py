"""What is reached over the network, or on the disk: mail, broker, the store of files."""

import smtplib
from collections.abc import Callable
from dataclasses import dataclass
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


class Unmet(Exception):
    """It answers, and is not as it should be."""


UNMET = (Unmet, OSError, smtplib.SMTPException, OperationalError, BotoCoreError, ClientError)


@dataclass(frozen=True, slots=True)
class Question:
    """`ask` raises one of `UNMET` where it is not so; the texts may name that and the settings."""

    ask: Callable[[], object]
    id: str
    message: str
    hint: str

    def told(self, failure: Exception) -> CheckMessage:
        message, hint = (
            text.format(failure=failure, settings=settings) for text in (self.message, self.hint)
        )
        return Error(message, hint=hint, id=f"opium.{self.id}")


@dataclass(eq=False)
class Place:
    """Somewhere that is asked, if it is used at all; where the first is unmet, nothing further."""

    is_used: Callable[[], bool]
    questions: tuple[Question, ...]

    def __call__(self, **_: Any) -> list[CheckMessage]:
        found: list[CheckMessage] = []
        for question in self.questions if self.is_used() else ():
            try:
                question.ask()
            except UNMET as failure:
                found.append(question.told(failure))
                if question is self.questions[0]:
                    break
        return found


def _let_in_by_mail() -> None:
    server = get_connection(timeout=SECONDS)
    server.open()
    server.close()


def _answered_by_broker() -> None:
    with current_app.connection_for_write(connect_timeout=SECONDS) as there:
        there.ensure_connection(max_retries=1, interval_start=0, timeout=SECONDS)


def _closed_to_others() -> None:
    place = Path(settings.FILES_ROOT)
    # A folder that is not there yet is made with the right mode by the first upload.
    if place.exists() and place.stat().st_mode & 0o077:
        raise Unmet


def _client() -> Any:
    return boto3.client("s3", endpoint_url=settings.S3_ENDPOINT_URL, config=_ANSWERS)


def _keeps_versions() -> None:
    if _client().get_bucket_versioning(Bucket=settings.S3_BUCKET).get("Status") != "Enabled":
        raise Unmet


def _has_scanner() -> None:
    if not settings.CLAMD:
        raise Unmet


def _scans() -> None:
    if not files.scanner_answers():
        raise Unmet


MAIL = Place(
    lambda: settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"),  # else `environment.mail` tells
    (
        Question(
            _let_in_by_mail,
            "E033",
            "The mail server of EMAIL_URL does not let us in: {failure}.",
            "Look at the address, the account and the password.",
        ),
    ),
)
BROKER = Place(
    lambda: True,
    (
        Question(
            _answered_by_broker,
            "E041",
            "The broker of BROKER_URL does not answer: {failure}.",
            "Look at the address and whether it runs; nothing is lost meanwhile.",
        ),
    ),
)
FOLDER = Place(
    lambda: not settings.S3_BUCKET,
    (
        Question(
            _closed_to_others,
            "E070",
            "The folder of the files is open to others: {settings.FILES_ROOT}.",
            "chmod -R go= {settings.FILES_ROOT}",
        ),
    ),
)
BUCKET = Place(
    lambda: bool(settings.S3_BUCKET),
    (
        Question(
            lambda: _client().head_bucket(Bucket=settings.S3_BUCKET),
            "E071",
            "The bucket {settings.S3_BUCKET} cannot be used: {failure}.",
            "Look at S3_BUCKET, S3_ENDPOINT_URL and the AWS_… keys.",
        ),
        Question(
            _keeps_versions,
            "E072",
            "The bucket {settings.S3_BUCKET} does not say that it keeps versions:"
            " what is deleted by mistake is gone.",
            "Switch versioning on (put-bucket-versioning Status=Enabled).",
        ),
        Question(
            lambda: _client().get_bucket_encryption(Bucket=settings.S3_BUCKET),
            "E073",
            "The bucket {settings.S3_BUCKET} does not say that it encrypts what it keeps.",
            "Set its default encryption (put-bucket-encryption, AES256 or aws:kms).",
        ),
    ),
)
DIGESTS = Place(
    lambda: bool(settings.LOG_DIGEST_BUCKET),
    (
        Question(
            lambda: _client().get_object_lock_configuration(Bucket=settings.LOG_DIGEST_BUCKET),
            "E081",
            "The bucket {settings.LOG_DIGEST_BUCKET} of the log's digests has no Object Lock:"
            " {failure}.",
            "Make one with --object-lock-enabled-for-bucket and set LOG_DIGEST_BUCKET.",
        ),
    ),
)
SCANNER = Place(
    lambda: True,
    (
        Question(
            _has_scanner,
            "E090",
            "Nobody looks for malware in what people upload.",
            "Install clamav-daemon and set CLAMD=/run/clamav/clamd.ctl or host:3310.",
        ),
        Question(
            _scans,
            "E091",
            "clamd does not answer at {settings.CLAMD}: no upload is accepted meanwhile.",
            "Look whether clamav-daemon runs, and at the address in CLAMD.",
        ),
    ),
)
CHECKS: tuple[Check, ...] = (MAIL, BROKER, FOLDER, BUCKET, DIGESTS, SCANNER)
