"""Where this machine keeps what is not in the repository: one folder, `.opium` unless told."""

import os
import secrets
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def folder() -> Path:
    """The folder for data, logs and stamps: `$OPIUM_STATE`, or `.opium` beside manage.py."""
    chosen = Path(os.environ.get("OPIUM_STATE") or ROOT / ".opium")
    chosen = chosen.absolute()
    chosen.mkdir(parents=True, exist_ok=True)
    return chosen


def logs() -> Path:
    """The folder of the logs: one file per process."""
    place = folder() / "logs"
    place.mkdir(exist_ok=True)
    return place


def letters() -> Path:
    """The folder of the letters of an installation without a mail server: its owner's alone."""
    place = folder() / "mail"
    place.mkdir(exist_ok=True)
    place.chmod(0o700)
    return place


def secret_key() -> str:
    """A secret of this machine alone, made once and readable only by its owner."""
    path = folder() / "secret-key"
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(key := secrets.token_urlsafe(50))
    return key
