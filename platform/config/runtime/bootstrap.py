"""Install the Python side from the lock file; runs on any Python 3.11 with nothing installed.

uv comes from PyPI into `.opium/bootstrap`, everything else into `.venv`. A second run compares one
fingerprint and ends.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
TOOLS = ROOT / ".opium" / "bootstrap"
VENV = ROOT / ".venv"
UV = "uv==0.13.9"
LOCKED = ("uv.lock", "pyproject.toml")
MISLEADING = ("VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT", "PYTHONHOME", "PYTHONPATH")


def main() -> int:
    """Make `.venv` what the lock file says; 0 when it is."""
    stamp = VENV / ".opium-locked"
    fingerprint = _fingerprint()
    stamped = stamp.read_text() if stamp.is_file() else ""
    if stamped == fingerprint and _works(VENV / "bin" / "python"):
        return 0
    if stamped and not stamped.startswith(f"{ROOT}\n"):
        shutil.rmtree(VENV)  # the project was moved, and its scripts name the old place
    environment = {name: value for name, value in os.environ.items() if name not in MISLEADING}
    environment["UV_PYTHON_DOWNLOADS"] = "never"
    if not _home_is_writable():
        environment["UV_CACHE_DIR"] = str(ROOT / ".opium" / "cache" / "uv")
    uv = _uv(environment)
    if uv is None:
        return 1
    _say("installing the Python packages (uv.lock)")
    sync = [str(uv), "sync", "--frozen", "--quiet"]
    if not _works(VENV / "bin" / "python"):
        sync += ["--python", os.path.realpath(sys.executable)]
    done = subprocess.run(sync, cwd=ROOT, env=environment, check=False)
    if done.returncode == 0:
        stamp.write_text(fingerprint)
    return done.returncode


def _fingerprint() -> str:
    parts = [ROOT / name for name in LOCKED]
    digest = hashlib.sha256(b"\0".join(part.read_bytes() for part in parts))
    return f"{ROOT}\n{digest.hexdigest()}"


def _works(python: Path) -> bool:
    if not python.exists():
        return False
    return subprocess.run([python, "-c", ""], check=False, capture_output=True).returncode == 0


def _home_is_writable() -> bool:
    home = Path.home()
    return home.is_dir() and os.access(home, os.W_OK | os.X_OK)


def _uv(environment: dict[str, str]) -> Path | None:
    """The pinned uv, installed if need be; None (and a sentence) where nothing can install it."""
    place = TOOLS / UV.replace("==", "-")
    uv = place / "bin" / "uv"
    if _works_as_uv(uv):
        return uv
    _say(f"fetching {UV} from PyPI")
    for attempt in (_by_venv, _by_target):
        shutil.rmtree(place, ignore_errors=True)
        place.parent.mkdir(parents=True, exist_ok=True)
        said = attempt(place, environment)
        if _works_as_uv(uv):
            return uv
    sys.stderr.write(
        f"{said}\nopium: {sys.executable} can make no virtual environment and has no pip. "
        "Install them (Debian, Ubuntu: apt-get install python3-venv) and try again.\n"
    )
    return None


def _works_as_uv(uv: Path) -> bool:
    if not uv.is_file():
        return False
    return subprocess.run([uv, "--version"], check=False, capture_output=True).returncode == 0


def _by_venv(place: Path, environment: dict[str, str]) -> str:
    made = _run([sys.executable, "-m", "venv", str(place)], environment)
    return made + _run([str(place / "bin" / "python"), "-m", "pip", "install", UV], environment)


def _by_target(place: Path, environment: dict[str, str]) -> str:
    pip = [sys.executable, "-m", "pip", "install", "--target", str(place), UV]
    return _run(pip, environment)


def _run(command: list[str], environment: dict[str, str]) -> str:
    try:
        done = subprocess.run(
            command,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        return f"{command[0]} is not there\n"
    return done.stdout if done.returncode else ""


def _say(sentence: str) -> None:
    sys.stderr.write(f"opium: {sentence}\n")


if __name__ == "__main__":
    sys.exit(main())
