"""The people: `python -m bench.chaos.people TASK RESULT`, two files of JSON.

A thread each, over HTTP and without Django. Whoever gets no answer, or one that says "later", asks
for the same again, under the same key, until the time and its grace are over; how long somebody
waited counts from the first asking on.
"""

import http.client
import json
import random
import sys
import time
from pathlib import Path
from threading import Lock, Thread
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

THINKING = (0.5, 2.5)
"""Seconds between an answer and the next thing that somebody does."""
AGAIN = 0.25
GRACE = 60.0
PATIENCE = 30
LATER = {0, 409, 429, 502, 503, 504}
"""What is asked again; 0 is no answer at all."""
FILE = b"plik z placu zabaw\n" * 2_000


class Records:
    def __init__(self) -> None:
        self.lock = Lock()
        self.kept: dict[str, list[Any]] = {"asked": [], "answers": [], "saves": []}

    def add(self, kind: str, *values: Any) -> None:
        with self.lock:
            self.kept[kind].append(list(values))


class Person:
    def __init__(self, port: int, task: dict[str, Any], records: Records) -> None:
        self.port, self.task, self.records = port, task, records
        self.chance = random.Random(task["seed"])  # the same people each time
        self.until = 0.0

    def live(self, begin: float, until: float) -> None:
        self.until = until
        time.sleep(max(0.0, begin + self.chance.uniform(*THINKING) - time.time()))
        number = self.chance.randrange(len(self.task["steps"]))
        while time.time() < until:
            name, path = self.task["steps"][number % len(self.task["steps"])]
            number += 1
            {"answer": self._answer, "save": self._save, "upload": self._upload}.get(
                name, self._read
            )(name, path)
            time.sleep(self.chance.uniform(*THINKING))

    def _read(self, name: str, path: str) -> None:
        self._ask(name, "GET", path)

    def _answer(self, name: str, path: str) -> None:
        text = f"Odpowiedź {uuid4().hex}"
        status, _ = self._ask(name, "POST", path, {"text": text})
        self.records.add("answers", self.task["city"], text, status in {200, 201})

    def _save(self, name: str, path: str) -> None:
        """As the autosave of an open form: the version seen, then the change."""
        value = f"Zapis {uuid4().hex}"
        while time.time() < self.until + GRACE:
            status, seen = self._ask("sheet", "GET", path)
            if status != 200:
                return
            body = {"changes": {"pytanie_3": value}}
            status, _ = self._ask(name, "PATCH", path, body, version=seen["draft_version"])
            if status != 409:  # somebody, or the own first try, was faster: look and save again
                break
        self.records.add("saves", self.task["city"], path, value, status == 200)

    def _upload(self, name: str, path: str) -> None:
        status, ticket = self._ask(name, "POST", path, {"name": "plik.txt", "size": len(FILE)})
        if status == 201:
            where = urlsplit(ticket["url"])
            path_of_bytes = f"{where.path}?{where.query}"
            status, _ = self._ask("bytes", ticket["method"], path_of_bytes, raw=FILE)
            if status < 300:
                self._ask("finish", "POST", f"{path}{ticket['id']}/finish/")

    def _ask(
        self,
        name: str,
        method: str,
        path: str,
        body: Any = None,
        *,
        version: int | None = None,
        raw: bytes | None = None,
    ) -> tuple[int, Any]:
        """The status and the answer at last; a 409 to a change is for its caller."""
        headers = {
            "Host": self.task["host"],
            "Cookie": self.task["cookie"],
            "X-CSRFToken": self.task["token"],
            "Content-Type": "application/octet-stream" if raw else "application/json",
        }
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        if method == "POST":
            headers["Idempotency-Key"] = str(uuid4())
        content = raw or (json.dumps(body).encode() if body is not None else b"")
        begun, tries, statuses = time.time(), 0, set[int]()
        while True:
            tries += 1
            status, answer = self._once(method, path, headers, content)
            statuses.add(status)
            if status not in LATER or (status == 409 and method != "POST"):
                break
            if raw and status in {502, 503}:
                break  # a refusal of the store is an answer
            if time.time() > self.until + GRACE:
                break
            time.sleep(AGAIN)
        took = time.time() - begun
        self.records.add("asked", self.task["city"], name, begun, took, status, tries)
        for odd in statuses - LATER - {status}:
            self.records.add("asked", self.task["city"], name, begun, took, odd, tries)
        return status, answer

    def _once(
        self, method: str, path: str, headers: dict[str, str], content: bytes
    ) -> tuple[int, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, content or None, headers)
            answer = connection.getresponse()
            told = answer.read()
            is_json = "json" in (answer.getheader("Content-Type") or "")
            return answer.status, json.loads(told) if told and is_json else None
        except (OSError, http.client.HTTPException):
            return 0, None
        finally:
            connection.close()


def main(task: Path, result: Path) -> None:
    told = json.loads(task.read_text())
    records = Records()
    people = [Person(told["port"], one, records) for one in told["people"]]
    threads = [Thread(target=one.live, args=(told["begin"], told["until"])) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    result.write_text(json.dumps(records.kept))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
