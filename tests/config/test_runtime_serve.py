import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from config.runtime.postgres import Cluster
from tests.config.waiting import eventually, marked

pytestmark = pytest.mark.journey


@pytest.fixture
def folder():
    place = Path(tempfile.mkdtemp(prefix="opium-serve-"))
    place.chmod(0o755)
    yield place
    Cluster(place).remove()
    shutil.rmtree(place)


@pytest.fixture
def environment(folder):
    """A machine with nothing given but a free port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    given = {"OPIUM_STATE": str(folder), "OPIUM_PORT": str(port), "OPIUM_TEST_MARK": folder.name}
    return {**os.environ, **given, "DATABASE_URL": ""}


def test_the_house_stands_again_after_a_crash_and_leaves_nothing_behind(folder, environment):
    for sign, code in (
        (signal.SIGKILL, -signal.SIGKILL),
        (signal.SIGINT, 128 + signal.SIGINT),
    ):
        house = subprocess.Popen(
            [sys.executable, "-m", "config.runtime.supervisor", "serve"],
            env=environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        with house:
            assert any("Działa" in line for line in house.stderr)
            with pytest.raises(urllib.error.HTTPError, match="404"):  # there is no city yet
                urllib.request.urlopen(f"http://127.0.0.1:{environment['OPIUM_PORT']}/")
            running = " ".join(marked(folder.name))
            for part in ("postgres -D", "celery -A config.celery", "gunicorn config.wsgi"):
                assert part in running

            house.send_signal(sign)

            assert house.wait(30) == code
        assert eventually(lambda: marked(folder.name) == [], seconds=30)
        assert not Cluster(folder).is_running()
