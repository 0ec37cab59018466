"""What the demonstration does not have and some screens are about, made as people make it."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from persons import ADMIN, CLERK, DIRECTOR, HEAD, MANAGER, MEMBER, signed_in
from playwright.sync_api import Browser, Page

ASK = """async ([method, path, body]) => {
  const cookie = /csrftoken=([^;]*)/.exec(document.cookie);
  const answer = await fetch(`/api/v1/${path}`, {
    method,
    headers: {
      "Content-Type": "application/json",
      "Idempotency-Key": crypto.randomUUID(),
      "X-CSRFToken": cookie ? cookie[1] : "",
    },
    body: body === null ? undefined : JSON.stringify(body),
  });
  return [answer.status, await answer.text().then((text) => (text ? JSON.parse(text) : null))];
}"""


LANGUAGES = {
    "name": "Języki nowożytne",
    "key": "jezyki",
    "entries": [
        {"key": name[:6].lower(), "label": name, "is_active": True}
        for name in ("Angielski", "Niemiecki", "Hiszpański")
    ],
}


def asked(page: Page, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
    """What the server answers to the person of the page. Raises `RuntimeError` on a refusal."""
    status, answer = page.evaluate(ASK, [method, path, body])
    if status >= HTTPStatus.BAD_REQUEST:
        raise RuntimeError(f"{method} {path}: {status} {answer}")
    return answer


def found(page: Page, path: str, **known: str) -> Any:
    """The row of a list that says so."""
    answer = asked(page, "GET", path)
    rows = answer["results"] if isinstance(answer, dict) else answer
    return next(row for row in rows if known.items() <= row.items())


def stage(browser: Browser, address: str, password: str) -> None:
    """A group, a draft, a dictionary, a message to be accepted, a motion, a wish to be joined."""
    clerk = signed_in(browser, address, CLERK, password)
    admin = signed_in(browser, address, ADMIN, password)
    head = signed_in(browser, address, HEAD, password)
    if asked(clerk, "GET", "directory/groups/")["count"]:
        return
    unit = found(clerk, "directory/units/?search=SP+1", short_name="SP 1")
    asked(clerk, "POST", "directory/groups/", {"name": "Szkoły z basenem", "units": [unit["id"]]})
    draft = {"subject": "Ferie zimowe", "body": "Proszę o informację.", "audience": {}}
    asked(clerk, "POST", "messaging/messages/", draft)
    _ask_acceptance(clerk, admin)
    asked(admin, "POST", "forms/dictionaries/", LANGUAGES)
    director = found(admin, f"accounts/people/?search={DIRECTOR}", email=DIRECTOR)
    ruler = found(admin, "accounts/roles/", name="Administrator miasta")
    asked(admin, "POST", "accounts/motions/", {"person": director["id"], "role": ruler["id"]})
    home = {"kind": "unit", "id": unit["id"]}
    member = {"email": MEMBER, "first_name": "Maria", "last_name": "Zając", "home": home}
    asked(head, "POST", "accounts/people/", member)
    for page in (clerk, admin, head):
        page.close()


def _ask_acceptance(clerk: Page, admin: Page) -> None:
    manager = found(admin, f"accounts/people/?search={MANAGER}", email=MANAGER)
    rule = {"section": None, "audience": "people", "chain": "head"}
    chains = asked(admin, "GET", "messaging/acceptance-rules/chains/")
    [needed] = [one["functions"] for one in chains if one["chain"] == "head"]
    holders = [{"function": one["code"], "person": manager["id"]} for one in needed]
    asked(admin, "POST", "messaging/acceptance-rules/", {**rule, "holders": holders})
    draft = {
        "subject": "Zaproszenie na naradę",
        "body": "Zapraszamy w piątek o dziewiątej.",
        "audience": {"people": [manager["id"]]},
    }
    message = asked(clerk, "POST", "messaging/messages/", draft)
    asked(clerk, "POST", f"messaging/messages/{message['id']}/send/")
