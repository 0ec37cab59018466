"""A real S3 server for the length of a test run: SeaweedFS, from PyPI."""

import json
import shutil
import socket
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path

from config.runtime.processes import Child

ACCESS_KEY, SECRET_KEY = "opium-test", "not-a-secret"
PORTS = (
    *("master.port", "master.port.grpc", "volume.port", "volume.port.grpc"),
    *("filer.port", "filer.port.grpc", "s3.port", "s3.port.grpc"),
)
START_SECONDS = 60
ALLOWED = {
    "identities": [
        {
            "name": "opium",
            "credentials": [{"accessKey": ACCESS_KEY, "secretKey": SECRET_KEY}],
            "actions": ["Admin"],
        }
    ]
}


@contextmanager
def served(folder: Path):
    """The address of the server while the block runs."""
    (folder / "s3.json").write_text(json.dumps(ALLOWED))
    (folder / "data").mkdir()
    ports = dict(zip(PORTS, free_ports(len(PORTS)), strict=True))
    weed = shutil.which("weed", path=str(Path(sys.executable).parent)) or "weed"
    server = Child(
        "weed",
        [
            weed,
            "server",
            *("-s3", "-filer", f"-dir={folder / 'data'}", f"-s3.config={folder / 's3.json'}"),
            *("-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-master.telemetry=false"),
            *("-volume.max=20", "-master.volumeSizeLimitMB=64"),
            *("-s3.port.iceberg=0", "-s3.port.lance=0"),
            *(f"-{name}={port}" for name, port in ports.items()),
        ],
        log=folder / "weed.log",
        cwd=folder,
    )
    server.start()
    try:
        endpoint = f"http://127.0.0.1:{ports['s3.port']}"
        wait_for(endpoint, server)
        yield endpoint
    finally:
        server.stop(grace=1)


def free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def wait_for(endpoint: str, server: Child) -> None:
    """An answer is enough: without a signature it is 403."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.ended() is None:
        try:
            urllib.request.urlopen(endpoint, timeout=5).close()
        except urllib.error.HTTPError as answer:
            answer.close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The object store did not start:\n{server.tail()}")
