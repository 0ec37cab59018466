from datetime import time
from uuid import UUID

from files import services
from outbox.registry import CONTENT, task


@task("files.remove_bytes", label="Usuwanie pliku z magazynu")
def remove_bytes(key: str) -> None:
    services.remove_bytes(key=key)


@task(
    "files.remove_abandoned",
    label="Usuwanie porzuconych plików",
    lease=600,
    daily_at=time(3),
)
def remove_abandoned() -> None:
    services.remove_abandoned()


@task(
    "files.remove_orphans",
    label="Usuwanie plików, których nie zna baza",
    lease=900,
    daily_at=time(2),
)
def remove_orphans() -> None:
    """Safe to run twice: what is gone is not found again."""
    services.remove_orphans()


def _reading_given_up(reading_id: str, *, sentence: str) -> str:
    return services.fail_reading(reading_id=UUID(reading_id), sentence=sentence)


@task(
    "files.read_upload",
    label="Odczytywanie przesłanego pliku",
    queue=CONTENT,
    attempts=3,
    on_given_up=_reading_given_up,
)
def read_upload(reading_id: str) -> None:
    services.run_reading(reading_id=UUID(reading_id))


def _making_given_up(making_id: str, *, sentence: str) -> str:
    return services.fail_making(making_id=UUID(making_id), sentence=sentence)


@task(
    "files.make",
    label="Przygotowanie wydruku albo podglądu",
    queue=CONTENT,
    attempts=3,
    on_given_up=_making_given_up,
)
def make(making_id: str) -> None:
    services.run_making(making_id=UUID(making_id))


@task(
    "files.pack",
    label="Przygotowanie paczki plików",
    lease=1_800,
    queue=CONTENT,
    attempts=3,
    on_given_up=_making_given_up,
)
def pack(making_id: str) -> None:
    """As `make`, of what takes long: many files in one."""
    services.run_making(making_id=UUID(making_id))


def _scan_given_up(file_id: str, *, sentence: str) -> str:
    return services.hold_up(file_id=UUID(file_id), sentence=sentence)


@task(
    "files.scan_upload",
    label="Sprawdzanie pliku programem antywirusowym",
    queue=CONTENT,
    on_given_up=_scan_given_up,
)
def scan_upload(file_id: str) -> None:
    services.scan_upload(file_id=UUID(file_id))
