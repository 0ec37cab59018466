"""A client that changes things as a screen does: it has looked at what it changes.

Production asks for `If-Match` on every PATCH and PUT; the screen has the version from what it
shows. Tests would say it on every line, so the client reads it first, unless it is told one.
"""

from typing import Any

from rest_framework.test import APIClient


class LookingClient(APIClient):
    looker: APIClient | None = None
    """Who looks; without it the client itself does."""

    def patch(self, path: str, data: Any = None, *args: Any, **extra: Any) -> Any:
        return super().patch(path, data, *args, **self._seen(path, extra, data))

    def put(self, path: str, data: Any = None, *args: Any, **extra: Any) -> Any:
        return super().put(path, data, *args, **self._seen(path, extra, data))

    def _seen(self, path: str, extra: dict[str, Any], data: Any) -> dict[str, Any]:
        if "HTTP_IF_MATCH" in extra or "/files/upload/" in path:
            return extra
        kind = data.get("kind") if isinstance(data, dict) else None
        version = version_of(self.looker or self, path, kind)
        return {**extra, "HTTP_IF_MATCH": f'"{version or "nothing-seen"}"'}


def version_of(browser: APIClient, path: str, kind: object = None) -> str | None:
    """The version of what stands at the address, from its page or its list."""
    page = browser.get(path)
    if "ETag" in page:
        return str(page["ETag"]).strip('"')
    if page.status_code == 200 and isinstance(page.json(), list):
        return next((one["version"] for one in page.json() if one.get("kind") == kind), None)
    above, _, pk = path.rstrip("/").rpartition("/")
    listed = browser.get(f"{above}/", {"page_size": 500})
    if listed.status_code != 200:
        return None
    found = listed.json()
    rows = found["results"] if isinstance(found, dict) and "results" in found else found
    if not isinstance(rows, list):
        return None
    return next((str(one.get("version")) for one in rows if str(one.get("id")) == pk), None)
