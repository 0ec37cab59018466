"""Where archives lie: a folder, or an S3 bucket (`s3://bucket/prefix`), beside no city's files.

What is written appears under its name when it is whole, and never before.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from provisioning.archive.packing import Sink, Source
from provisioning.errors import NotHere, PlaceUnusable

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import CompletedPartTypeDef

S3 = "s3://"
PART = 32 << 20
"""Bytes of a part of an upload; S3 takes 10 000 of them, so 320 GB."""
ABSENT = frozenset({"404", "NoSuchKey", "NotFound"})


class Place(Protocol):
    @contextmanager
    def writing(self, name: str) -> Iterator[Sink]:
        """What is written inside the block stands under `name` after it, or nothing does."""

    @contextmanager
    def reading(self, name: str) -> Iterator[Source]:
        """Raises `NotHere`."""

    def inner(self, name: str) -> "Place":
        """A folder within."""

    def names(self) -> set[str]:
        """Of what lies here, files and folders."""

    def remove(self, name: str) -> None:
        """Forget a file, or a folder that is empty; safe to repeat."""


def place_at(address: str, endpoint: str | None) -> Place:
    """The folder, or the part of a bucket at that S3 endpoint (None: Amazon's)."""
    if address.startswith(S3):
        bucket, _, prefix = address.removeprefix(S3).strip("/").partition("/")
        return Bucket(boto3.client("s3", endpoint_url=endpoint), bucket, prefix)
    return Folder(Path(address))


@dataclass(frozen=True, slots=True)
class Folder:
    """Of this machine; what is written there only its owner reads."""

    path: Path

    @contextmanager
    def writing(self, name: str) -> Iterator[Sink]:
        draft, whole = self.path / f"{name}.part", self.path / name
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            if whole.exists():
                raise PlaceUnusable(place=whole, why="już istnieje")
            descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    yield file
                    file.flush()
                    os.fsync(file.fileno())
                draft.replace(whole)
            finally:
                draft.unlink(missing_ok=True)
            _sync(self.path)
        except OSError as error:
            raise PlaceUnusable(place=self.path, why=error.strerror or error) from error

    @contextmanager
    def reading(self, name: str) -> Iterator[Source]:
        try:
            file = (self.path / name).open("rb")
        except FileNotFoundError as error:
            raise NotHere(place=self.path / name) from error
        except OSError as error:
            raise PlaceUnusable(place=self.path, why=error.strerror or error) from error
        with file:
            yield file

    def inner(self, name: str) -> "Folder":
        return Folder(self.path / name)

    def names(self) -> set[str]:
        try:
            return {one.name for one in self.path.iterdir()}
        except OSError as error:
            raise PlaceUnusable(place=self.path, why=error.strerror or error) from error

    def remove(self, name: str) -> None:
        path = self.path / name
        try:
            path.rmdir() if path.is_dir() else path.unlink(missing_ok=True)
        except OSError as error:
            raise PlaceUnusable(place=path, why=error.strerror or error) from error


@dataclass(frozen=True, slots=True)
class Bucket:
    """Keys and secrets come from AWS's own environment variables, as those of the file store."""

    client: "S3Client"
    bucket: str
    prefix: str

    @contextmanager
    def writing(self, name: str) -> Iterator[Sink]:
        key = self._key(name)
        try:
            upload = self.client.create_multipart_upload(Bucket=self.bucket, Key=key)["UploadId"]
            parts = _Parts(self.client, self.bucket, key, upload)
            try:
                yield parts
                parts.end()
            except BaseException:
                self.client.abort_multipart_upload(Bucket=self.bucket, Key=key, UploadId=upload)
                raise
        except (BotoCoreError, ClientError) as error:
            raise PlaceUnusable(place=f"{S3}{self.bucket}/{self.prefix}", why=error) from error

    @contextmanager
    def reading(self, name: str) -> Iterator[Source]:
        try:
            found = self.client.get_object(Bucket=self.bucket, Key=self._key(name))
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in ABSENT:
                raise NotHere(place=f"{S3}{self.bucket}/{self._key(name)}") from error
            raise PlaceUnusable(place=f"{S3}{self.bucket}/{self.prefix}", why=error) from error
        except BotoCoreError as error:
            raise PlaceUnusable(place=f"{S3}{self.bucket}/{self.prefix}", why=error) from error
        body = found["Body"]
        try:
            yield cast("Source", body)
        except BotoCoreError as error:
            raise PlaceUnusable(place=f"{S3}{self.bucket}/{self.prefix}", why=error) from error
        finally:
            body.close()

    def inner(self, name: str) -> "Bucket":
        return Bucket(self.client, self.bucket, self._key(name))

    def names(self) -> set[str]:
        prefix = f"{self.prefix}/" if self.prefix else ""
        pages = self.client.get_paginator("list_objects_v2")
        found = set()
        try:
            for page in pages.paginate(Bucket=self.bucket, Prefix=prefix, Delimiter="/"):
                found |= {one["Key"] for one in page.get("Contents", [])}
                found |= {one["Prefix"] for one in page.get("CommonPrefixes", [])}
        except (BotoCoreError, ClientError) as error:
            raise PlaceUnusable(place=f"{S3}{self.bucket}/{self.prefix}", why=error) from error
        return {one.removeprefix(prefix).rstrip("/") for one in found}

    def remove(self, name: str) -> None:
        try:
            self.client.delete_object(Bucket=self.bucket, Key=self._key(name))
        except (BotoCoreError, ClientError) as error:
            raise PlaceUnusable(place=f"{S3}{self.bucket}/{self.prefix}", why=error) from error

    def _key(self, name: str) -> str:
        return f"{self.prefix}/{name}" if self.prefix else name


@dataclass
class _Parts:
    """A sink into the parts of one upload."""

    client: "S3Client"
    bucket: str
    key: str
    upload: str
    held: bytearray = field(default_factory=bytearray)
    sent: "list[CompletedPartTypeDef]" = field(default_factory=list)

    def write(self, data: bytes, /) -> None:
        self.held += data
        if len(self.held) >= PART:
            self._send()

    def end(self) -> None:
        if self.held or not self.sent:
            self._send()
        self.client.complete_multipart_upload(
            Bucket=self.bucket,
            Key=self.key,
            UploadId=self.upload,
            MultipartUpload={"Parts": self.sent},
        )

    def _send(self) -> None:
        number = len(self.sent) + 1
        answer = self.client.upload_part(
            Bucket=self.bucket,
            Key=self.key,
            UploadId=self.upload,
            PartNumber=number,
            Body=bytes(self.held),
        )
        self.sent.append({"PartNumber": number, "ETag": answer["ETag"]})
        self.held.clear()


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
