"""A folder of this machine, with addresses of our own that expire as S3's do."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from files import links
from files.storage.contract import CHUNK, Missing, Readable, Source, Target, folder, owned

PART = ".part"


class LocalStore:
    """Writes beside the final name, forces it to the disk, then renames."""

    def __init__(self, schema: str, *, root: Path) -> None:
        self.schema = schema
        self.root = root

    def upload_target(self, key: str, *, size: int, until: datetime) -> Target:
        url = links.upload_url(links.Upload(key=owned(key, self.schema), size=size), until=until)
        return Target(url, "PUT", {"Content-Type": "application/octet-stream"})

    def save(self, key: str, source: Source) -> None:
        path = self._path(key)
        self._make(path.parent)
        draft = path.with_name(f"{path.name}.{uuid4().hex}{PART}")
        try:
            with draft.open("xb") as file:
                shutil.copyfileobj(source, file, CHUNK)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
            _sync(path.parent)
        finally:
            draft.unlink(missing_ok=True)

    def move(self, key: str, to: str) -> bool:
        source, target = self._path(key), self._path(to)
        self._make(target.parent)
        try:
            source.replace(target)
        except FileNotFoundError:
            return False
        _sync(target.parent)
        return True

    def open(self, key: str) -> Readable:
        try:
            return self._path(key).open("rb")
        except FileNotFoundError as error:
            raise Missing(key) from error

    @contextmanager
    def local_path(self, key: str) -> Iterator[Path]:
        path = self._path(key)
        if not path.is_file():
            raise Missing(key)
        yield path

    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    def keys(self, prefix: str, *, before: datetime) -> Iterator[str]:
        """Also the drafts that a broken upload left behind."""
        within = self.root / folder(prefix, self.schema)
        if not within.is_dir():
            return
        for path in sorted(within.rglob("*")):
            with suppress(FileNotFoundError):
                changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
                if path.is_file() and changed < before:
                    yield path.relative_to(self.root).as_posix()

    def download_url(
        self, key: str, *, name: str, content_type: str, inline: bool, until: datetime
    ) -> str:
        wanted = links.Download(
            key=owned(key, self.schema), name=name, content_type=content_type, inline=inline
        )
        return links.download_url(wanted, until=until)

    def _make(self, place: Path) -> None:
        """The folder; no other account of this machine looks into the store that holds it."""
        _private(self.root)
        place.mkdir(parents=True, exist_ok=True)

    def _path(self, key: str) -> Path:
        return self.root / owned(key, self.schema)


def _private(place: Path) -> Path:
    """Make the folder, for this account alone; one that others could read is closed to them."""
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    if place.stat().st_mode & 0o077:
        place.chmod(0o700)
    return place


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
