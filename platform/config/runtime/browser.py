"""A Chromium for the journeys and the screenshots.

`python -m config.runtime.browser` installs one where none is: Debian's with apt where it may,
else Playwright's own.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from config.runtime import state

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
PACKAGES = ("chromium", "fonts-dejavu-core")
OWN = state.ROOT / ".opium" / "browsers"
QUIET = (
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class NoBrowser(RuntimeError):
    """No Chromium is here and none could be installed."""


def executable() -> Path:
    """The Chromium to drive: `$OPIUM_CHROMIUM`, the system's, or Playwright's own.

    Raises `NoBrowser`; installs nothing.
    """
    if chosen := os.environ.get("OPIUM_CHROMIUM"):
        return Path(chosen)
    for name in NAMES:
        found = shutil.which(name)
        if found is not None and _runs(found):
            return Path(found)
    for own in sorted(OWN.glob("chromium-*/chrome-linux*/chrome"), reverse=True):
        return own
    raise NoBrowser("There is no Chromium: install Debian's package chromium, or run `make test`.")


def flags() -> list[str]:
    """Command-line flags for a Chromium that keeps to itself; without a sandbox only as root."""
    return [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]


def ensure() -> Path:
    """The Chromium to drive, installed if there is none. Raises `NoBrowser` with the reasons."""
    said = []
    for attempt in (_nothing, _by_apt, _by_playwright):
        said.append(attempt())
        try:
            return executable()
        except NoBrowser as missing:
            last = missing
    raise NoBrowser("\n".join([*filter(None, said), str(last)]))


def _nothing() -> str:
    return ""


def _by_apt() -> str:
    apt = shutil.which("apt-get")
    if apt is None:
        return "apt-get is not here."
    may = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if may and shutil.which("sudo") is None:
        return "apt-get needs root."
    sys.stderr.write("opium: installing Chromium with apt\n")
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    said = ""
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", *PACKAGES]):
        done = _run([*may, apt, "-qq", *arguments], environ)
        said = done.stdout
        if done.returncode != 0:
            break
    return said


def _by_playwright() -> str:
    sys.stderr.write("opium: installing Playwright's Chromium\n")
    environ = {**os.environ, "PLAYWRIGHT_BROWSERS_PATH": str(OWN)}
    return _run([sys.executable, "-m", "playwright", "install", "chromium"], environ).stdout


def _runs(program: str) -> bool:
    return _run([program, "--version"], dict(os.environ)).returncode == 0


def _run(command: list[str], environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def main() -> int:
    try:
        ensure()
    except NoBrowser as missing:
        sys.stderr.write(f"opium: {missing}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
