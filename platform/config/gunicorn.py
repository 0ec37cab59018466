"""How the web server runs: `gunicorn -c python:config.gunicorn config.wsgi:application`.

It stands behind a proxy that hands on whole requests (docs/nginx.conf): a thread is held by
whoever sends slowly, so eight slow senders would stop a worker that anybody reaches. Each thread
has a connection to the database: workers x threads must stay below what that allows.
"""

import os
from typing import Any

bind = os.environ.get("OPIUM_BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or os.cpu_count() or 1)
threads = 8
timeout = 120  # seconds without a sign of life of the worker itself, not of a request
graceful_timeout = 30
keepalive = 75  # longer than the proxy keeps its connections (60 s), so that it closes first
limit_request_line = 8190
limit_request_fields = 60
limit_request_field_size = 8190
control_socket_disable = True


def when_ready(server: Any) -> None:
    """Load the house once, before any worker is forked: a killed one is back without loading.

    The socket listens by now, so whoever asks meanwhile waits; `preload_app` would refuse them.
    """
    server.app.wsgi()
