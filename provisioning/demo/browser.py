"""A person's browser without the pictures: signs in, sends JSON, uploads in the two steps."""

from collections.abc import Iterator, Mapping
from time import sleep
from typing import Any
from urllib.parse import urlsplit

import requests

TIMEOUT = 120
READINGS = "files/readings/"


class Refused(Exception):
    """The server refused; the sentence it gave, and the code by which it is known."""

    def __init__(self, status: int, code: str, sentence: str) -> None:
        super().__init__(f"{status} {code}: {sentence}")
        self.status = status
        self.code = code
        self.sentence = sentence


class Browser:
    def __init__(self, server: str, host: str) -> None:
        """`server` is where it listens (http://127.0.0.1:8000), `host` the city's own name."""
        self.server = server.rstrip("/")
        self.session = requests.Session()
        self.session.headers["Host"] = f"{host}:{urlsplit(server).port or 80}"
        self.get("accounts/session/")

    def sign_in(self, email: str, password: str) -> dict[str, Any]:
        signed_in: dict[str, Any] = self.post(
            "accounts/session/", {"email": email, "password": password}
        )
        return signed_in

    def get(self, path: str, **query: Any) -> Any:
        return self._json(
            self.session.get(f"{self.server}/api/v1/{path}", params=query, timeout=TIMEOUT)
        )

    def post(self, path: str, body: Any = None) -> Any:
        return self._write("POST", path, body)

    def patch(self, path: str, body: Any) -> Any:
        """A change of what stands there now, which is read first for its version."""
        shown = self.session.get(f"{self.server}/api/v1/{path}", timeout=TIMEOUT)
        self._json(shown)
        return self._write("PATCH", path, body, {"If-Match": shown.headers["ETag"]})

    def upload(self, name: str, content: bytes) -> str:
        """The id of the stored file, after the three requests of the contract."""
        ticket = self.post("files/uploads/", {"name": name, "size": len(content)})
        answer = self.session.request(
            ticket["method"],
            self._reachable(ticket["url"]),
            data=content,
            headers=ticket["headers"],
            timeout=TIMEOUT,
        )
        if not answer.ok:
            self._json(answer)
        stored = self.post(f"files/uploads/{ticket['id']}/finish/")
        while not stored["is_checked"]:  # a scanner is set, and reads it in the background
            sleep(1)
            stored = self.get(f"files/uploads/{ticket['id']}/")
        return str(stored["id"])

    def read(self, file: str, *, purpose: str, about: str = "") -> None:
        """Until the server has read the upload, or told why it cannot."""
        query = {"purpose": purpose, "about": about}
        self.post(READINGS, {"file": file, **query})
        while any(one["state"] in {"waiting", "running"} for one in self.get(READINGS, **query)):
            sleep(0.5)

    def download(self, path: str) -> Iterator[bytes]:
        """The bytes behind an API path, following the redirect to the store."""
        answer = self.session.get(
            f"{self.server}/api/v1/{path}", stream=True, allow_redirects=False, timeout=TIMEOUT
        )
        if answer.is_redirect:
            answer = self.session.get(
                self._reachable(answer.headers["Location"]), stream=True, timeout=TIMEOUT
            )
        if not answer.ok:
            self._json(answer)
        return answer.iter_content(1 << 16)

    def _reachable(self, url: str) -> str:
        """The city's own address as this machine reaches it, whatever its resolver knows."""
        parts = urlsplit(url)
        if parts.netloc in {"", self.session.headers["Host"]}:
            return f"{self.server}{parts.path}{'?' if parts.query else ''}{parts.query}"
        return url

    def _write(
        self, method: str, path: str, body: Any, headers: Mapping[str, str] | None = None
    ) -> Any:
        return self._json(
            self.session.request(
                method,
                f"{self.server}/api/v1/{path}",
                json=body,
                headers={
                    "X-CSRFToken": self.session.cookies.get("csrftoken", ""),
                    **(headers or {}),
                },
                timeout=TIMEOUT,
            )
        )

    @staticmethod
    def _json(answer: requests.Response) -> Any:
        if not answer.ok:
            try:
                problem = answer.json()
            except requests.JSONDecodeError:
                problem = {"code": "error", "detail": answer.text[:300]}
            told = [f"{one['field']}: {one['detail']}" for one in problem.get("errors", ())]
            raise Refused(answer.status_code, problem["code"], " ".join([problem["detail"], *told]))
        return answer.json() if answer.content else None
