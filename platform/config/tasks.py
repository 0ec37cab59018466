"""Background work that belongs to no room."""

from datetime import time

from config import witness
from outbox.registry import task


@task(
    "config.send_log_digest",
    label="Skrót dziennika poza system",
    lease=600,
    daily_at=time(1),
    in_console=True,
)
def send_log_digest() -> None:
    """Safe to run twice: both notes are true."""
    witness.send_digest()
