"""What opens content from outside waits in a queue of its own, through the real broker."""

import os
import subprocess
import sys

import pytest

from config.runtime import supervisor

PUBLISH = """
import django
django.setup()
from outbox.models import Job
from outbox.services.publishing import publish
tasks = ["files.read_upload"] * 50 + ["messaging.deliver_message", "tests.unknown"]
print(publish([Job(schema_name="north", task=task) for task in tasks]))
"""


@pytest.fixture(scope="module")
def queues(tmp_path_factory):
    """How many messages lie in each queue of the broker's folder."""
    state = tmp_path_factory.mktemp("state")
    environment = {
        **os.environ,
        "OPIUM_STATE": str(state),
        "BROKER_URL": "folder://localhost/",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    command = [sys.executable, "-c", PUBLISH]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert told.stdout.strip() == "52"
    folders = [one for one in (state / "broker").iterdir() if one.is_dir()]
    return {one.name: len(list(one.glob("*.msg"))) for one in folders}


def test_a_letter_stands_behind_no_content_in_the_brokers_queue(queues):
    assert queues == {"celery": 2, "content": 50}


def test_each_queue_has_a_worker_of_its_own_that_takes_from_no_other():
    for command, queue in (
        (supervisor.worker(), "celery"),
        (supervisor.content_worker(), "content"),
    ):
        assert command[command.index("-Q") + 1] == queue
    assert "--beat" in supervisor.worker()
    assert "--beat" not in supervisor.content_worker()
