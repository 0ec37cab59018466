from datetime import time

from files import services
from outbox.registry import task


@task("files.remove_bytes", label="Usuwanie pliku z magazynu")
def remove_bytes(key: str) -> None:
    services.remove_bytes(key=key)


@task("files.remove_abandoned", label="Usuwanie porzuconych plików", lease=600)
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
