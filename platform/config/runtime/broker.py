"""Celery's queue in a folder: `BROKER_URL=folder://` and the transport option `folder`.

A message appears and is taken by a rename within one folder, so that several processes never see
half of one. (kombu's own filesystem transport writes in place: a reader can take an empty file
and the worker dies of it.) A message that a killed worker had taken is gone; the outbox sends it
again. Remote control (`celery inspect`) is not served.
"""

import os
import time
from pathlib import Path
from queue import Empty
from typing import Any
from uuid import uuid4

from kombu.transport import virtual
from kombu.utils.encoding import bytes_to_str, str_to_bytes
from kombu.utils.json import dumps, loads


class Channel(virtual.Channel):
    connection: "Transport"

    def _place(self, queue: str) -> Path:
        place = self.connection.folder / queue
        place.mkdir(parents=True, exist_ok=True)
        return place

    def _messages(self, queue: str) -> list[Path]:
        return sorted(self._place(queue).glob("*.msg"))

    def _put(self, queue: str, message: Any, **kwargs: Any) -> None:
        draft = self._place(queue) / f"{time.time_ns():020}-{uuid4().hex}.draft"
        draft.write_bytes(str_to_bytes(dumps(message)))
        draft.rename(draft.with_suffix(".msg"))

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        for message in self._messages(queue):
            taken = message.with_suffix(f".{os.getpid()}")
            try:
                message.rename(taken)
            except FileNotFoundError:
                continue  # another worker was quicker
            payload = taken.read_bytes()
            taken.unlink()
            return loads(bytes_to_str(payload))
        raise Empty

    def _size(self, queue: str) -> int:
        return len(self._messages(queue))

    def _purge(self, queue: str) -> int:
        messages = self._messages(queue)
        for message in messages:
            message.unlink(missing_ok=True)
        return len(messages)


class Transport(virtual.Transport):
    Channel = Channel
    global_state = virtual.BrokerState()
    driver_type = "folder"
    driver_name = "folder"

    def __init__(self, client: Any, **kwargs: Any) -> None:
        super().__init__(client, **kwargs)
        self.state = self.global_state
        self.folder = Path(client.transport_options["folder"])

    def driver_version(self) -> str:
        return "1"
