"""A connection that the database has ended meanwhile is no request's trouble.

Each thread of the web server keeps its connection. Without this, after a restart of the database,
the first request of every thread would be refused. Django's own check asks the database each time.
"""

import select
from typing import Any

from django.db import connections


def drop_the_dead(**_: object) -> None:
    """For the signal of a request's beginning: close what has something to say, for it is its end.

    Costs no round trip. A database says nothing between two requests but that it goes; where it
    did, a new connection is all it costs.
    """
    for one in connections.all(initialized_only=True):
        here: Any = one
        if here.connection is None or here.in_atomic_block:
            continue
        if here.connection.closed or _has_something_to_say(here.connection.fileno()):
            here.close()


def _has_something_to_say(socket: int) -> bool:
    found = select.poll()
    found.register(socket, select.POLLIN)
    return bool(found.poll(0))
