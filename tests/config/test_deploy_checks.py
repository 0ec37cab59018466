"""What Django itself asks of a server that faces the world."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "SECRET_KEY": "tylko-do-tego-testu-0123456789-abcdefghij-klmnopqrst-uvwxyz",
    "ALLOWED_HOSTS": ".example.org",
    "HTTPS": "1",
    "DATABASE_URL": "postgres://opium@127.0.0.1:1/opium",
}


def check(**environment):
    """`manage.py check --deploy`, strict; the database is not asked, so none has to be there."""
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "")} | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_production_settings_pass_djangos_own_check_without_a_warning():
    done = check(**PRODUCTION)

    assert (done.returncode, "no issues" in done.stdout) == (0, True), done.stderr


@pytest.mark.parametrize(
    ("lacking", "warning"), [({"HTTPS": "0"}, "security.W008"), ({"DEBUG": "1"}, "security.W018")]
)
def test_the_check_notices_what_is_lacking(lacking, warning):
    done = check(**PRODUCTION | lacking)

    assert (done.returncode, warning in done.stderr) == (1, True), done.stderr
