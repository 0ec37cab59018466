import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

from config.runtime import postgres
from config.runtime.postgres import Cluster, ServerDidNotStart, served
from tests.config.waiting import eventually


@pytest.fixture(autouse=True)
def no_given_database(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)


@pytest.fixture
def folder():
    """A state folder that any account may enter."""
    place = Path(tempfile.mkdtemp(prefix="opium-state-"))
    place.chmod(0o755)
    yield place
    Cluster(place).remove()
    shutil.rmtree(place)


@pytest.fixture
def cluster(folder):
    cluster = Cluster(folder, throwaway=True)
    child = cluster.start()
    yield cluster
    child.stop()


def ask(cluster: Cluster, question: str):
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        answer = connection.execute(question)
        return answer.fetchone()[0] if answer.description else None


def postmaster(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().splitlines()[0])


def test_the_server_knows_polish_letters(cluster):
    assert ask(cluster, "SELECT lower('ŻÓŁTA ŁÓDŹ') || upper('ąęć')") == "żółta łódźĄĘĆ"
    assert ask(cluster, "SHOW server_encoding") == "UTF8"


def test_the_server_opens_no_port_and_admits_its_owner_only(cluster):
    assert ask(cluster, "SHOW listen_addresses") == ""
    assert cluster.socket.stat().st_mode & 0o777 == 0o700


def test_a_running_server_is_reused_and_left_running(cluster):
    with served(cluster.folder) as url:
        assert url == cluster.url
        assert Cluster(cluster.folder).start() is None
    assert cluster.is_running()


def test_the_starter_stops_the_server(folder):
    with served(folder, throwaway=True):
        assert Cluster(folder).is_running()
    assert not Cluster(folder).is_running()


def test_a_killed_server_comes_back_with_its_rows(folder):
    cluster = Cluster(folder)
    child = cluster.start()
    ask(cluster, "CREATE TABLE kept AS SELECT 7 AS number")
    os.kill(postmaster(cluster), signal.SIGKILL)

    again = cluster.start()

    assert ask(cluster, "SELECT number FROM kept") == 7
    child.stop()
    again.stop()


def test_a_stale_number_that_now_is_another_process_does_not_stop_the_start(folder):
    cluster = Cluster(folder, throwaway=True)
    cluster.start().stop()
    (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster.data}\n1\n")

    child = cluster.start()

    assert cluster.is_running()
    child.stop()


def test_the_server_ends_with_a_killed_starter(folder):
    program = (
        "import os, sys; from pathlib import Path; from config.runtime.postgres import Cluster; "
        "Cluster(Path(sys.argv[1]), throwaway=True).start(); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", program, folder], check=False)

    assert done.returncode == -signal.SIGKILL
    assert (folder / "logs" / "postgres.log").exists()
    assert eventually(lambda: Cluster(folder)._postmaster()[0] is None)


def test_a_given_database_is_used_and_nothing_is_started(folder, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody@elsewhere/theirs")
    with served(folder) as url:
        assert url == "postgresql://somebody@elsewhere/theirs"
        assert list(folder.iterdir()) == []


def test_durable_data_is_synced_and_throwaway_data_is_not(cluster, tmp_path):
    assert ask(cluster, "SHOW fsync") == "off"
    durable = Cluster(tmp_path)
    child = durable.start()
    assert ask(durable, "SHOW fsync") == "on"
    child.stop()
    durable.remove()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")
def test_a_server_that_may_not_enter_the_project_lives_outside_it(tmp_path):
    tmp_path.chmod(0o700)
    cluster = Cluster(tmp_path, throwaway=True)
    child = cluster.start()
    outside = cluster.home.parent

    assert not cluster.home.is_relative_to(tmp_path)
    assert Cluster(tmp_path).url == cluster.url
    assert ask(cluster, "SELECT 1") == 1

    child.stop()
    cluster.remove()
    assert not outside.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")
def test_data_goes_along_when_the_project_moves_where_the_server_may_not_enter(folder):
    cluster = Cluster(folder / "state")
    cluster.folder.mkdir()
    child = cluster.start()
    ask(cluster, "CREATE TABLE kept AS SELECT 7 AS number")
    child.stop()
    folder.chmod(0o700)

    child = cluster.start()

    assert ask(cluster, "SELECT number FROM kept") == 7
    assert not (cluster.folder / "postgres").exists()
    child.stop()
    cluster.remove()


def test_a_folder_with_a_long_name_gets_a_short_socket(folder):
    deep = folder / ("długa nazwa " * 8)
    deep.mkdir()
    cluster = Cluster(deep, throwaway=True)
    child = cluster.start()
    assert ask(cluster, "SELECT 1") == 1
    child.stop()
    cluster.remove()
    assert not cluster.socket.exists()


def test_data_of_another_version_is_refused_with_a_sentence(folder):
    cluster = Cluster(folder, throwaway=True)
    cluster.start().stop()
    (cluster.data / "PG_VERSION").write_text("15\n")
    with pytest.raises(ServerDidNotStart, match=r"was written by PostgreSQL 15, this is \d+"):
        cluster.start()


def test_run_gives_the_address_to_the_command_and_its_exit_code_back(folder):
    done = subprocess.run(
        [
            *(sys.executable, "-m", postgres.__name__, "run", "--throwaway", "--"),
            *("sh", "-c", 'printf %s "$DATABASE_URL"; exit 7'),
        ],
        env={**os.environ, "OPIUM_STATE": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (7, Cluster(folder).url, "")
    assert not Cluster(folder).is_running()
