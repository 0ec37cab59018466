"""S3 or anything that speaks it. Keys and secrets come from AWS's own environment variables."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.client import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.utils import timezone
from django.utils.http import content_disposition_header

from files.storage.contract import Missing, Readable, Source, Target, folder, owned
from opium import scratch

if TYPE_CHECKING:
    from botocore.response import StreamingBody
    from mypy_boto3_s3 import S3Client

BYTES = "application/octet-stream"
ABSENT = frozenset({"404", "NoSuchKey", "NotFound"})
ONE_THREAD = TransferConfig(use_threads=False)


@cache
def _client(endpoint: str | None) -> "S3Client":
    return boto3.client(
        "s3",
        endpoint_url=endpoint,
        config=Config(
            signature_version="s3v4",
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    )


class S3Store:
    def __init__(self, schema: str, *, bucket: str, endpoint: str | None) -> None:
        self.schema = schema
        self.bucket = bucket
        self.client = _client(endpoint)

    def upload_target(self, key: str, *, size: int, until: datetime) -> Target:
        """The signature covers the length and the type, so another length is refused by S3."""
        url = self.client.generate_presigned_url(
            "put_object",
            Params={
                "Bucket": self.bucket,
                "Key": owned(key, self.schema),
                "ContentLength": size,
                "ContentType": BYTES,
            },
            ExpiresIn=_seconds(until),
        )
        return Target(url, "PUT", {"Content-Type": BYTES})

    def save(self, key: str, source: Source) -> None:
        body = cast("IO[bytes]", source)  # all that boto3 asks of it is `read`
        self.client.upload_fileobj(body, self.bucket, owned(key, self.schema), Config=ONE_THREAD)

    def move(self, key: str, to: str) -> bool:
        source, target = owned(key, self.schema), owned(to, self.schema)
        try:
            self.client.copy(
                {"Bucket": self.bucket, "Key": source}, self.bucket, target, Config=ONE_THREAD
            )
        except ClientError as error:
            if _is_absent(error):
                return False
            raise
        self.client.delete_object(Bucket=self.bucket, Key=source)
        return True

    def open(self, key: str) -> Readable:
        try:
            found = self.client.get_object(Bucket=self.bucket, Key=owned(key, self.schema))
        except ClientError as error:
            if _is_absent(error):
                raise Missing(key) from error
            raise OSError(str(error)) from error
        except BotoCoreError as error:
            raise OSError(str(error)) from error
        return _Body(found["Body"])

    @contextmanager
    def local_path(self, key: str) -> Iterator[Path]:
        with scratch.room() as place:
            path = place / "file"
            try:
                with path.open("wb") as file:
                    self.client.download_fileobj(
                        self.bucket, owned(key, self.schema), file, Config=ONE_THREAD
                    )
            except ClientError as error:
                if _is_absent(error):
                    raise Missing(key) from error
                raise
            yield path

    def delete(self, key: str) -> None:
        self.client.delete_object(Bucket=self.bucket, Key=owned(key, self.schema))

    def keys(self, prefix: str, *, before: datetime) -> Iterator[str]:
        pages = self.client.get_paginator("list_objects_v2").paginate(
            Bucket=self.bucket, Prefix=f"{folder(prefix, self.schema)}/"
        )
        for page in pages:
            for found in page.get("Contents", []):
                if found["LastModified"] < before:
                    yield found["Key"]

    def download_url(
        self, key: str, *, name: str, content_type: str, inline: bool, until: datetime
    ) -> str:
        disposition = content_disposition_header(not inline, name)
        return self.client.generate_presigned_url(
            "get_object",
            Params={
                "Bucket": self.bucket,
                "Key": owned(key, self.schema),
                "ResponseContentDisposition": disposition or "attachment",
                "ResponseContentType": content_type,
                "ResponseCacheControl": "private, no-store",
            },
            ExpiresIn=_seconds(until),
        )


class _Body:
    """An answer of S3 that breaks off as a file of this machine would: with `OSError`."""

    def __init__(self, body: "StreamingBody") -> None:
        self.body = body

    def read(self, size: int = -1, /) -> bytes:
        try:
            return self.body.read(None if size < 0 else size)
        except BotoCoreError as error:
            raise OSError(str(error)) from error

    def close(self) -> None:
        self.body.close()


def _seconds(until: datetime) -> int:
    return max(1, round((until - timezone.now()).total_seconds()))


def _is_absent(error: ClientError) -> bool:
    return error.response.get("Error", {}).get("Code") in ABSENT
