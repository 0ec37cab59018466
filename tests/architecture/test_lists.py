"""Every list of the API inherits the test of lists, or says here why it cannot."""

import ast
import re
from pathlib import Path

import yaml

from api import schema
from tests.architecture.routes import ROOT, routes

TESTS = Path(__file__).parent.parent
OPENAPI = Path(schema.__file__).with_name("openapi.yaml")
KINDS = ("ListTest", "PagedTest", "TakenTest")

CODE = "what the code itself knows, the same in every city; no rows"
REVIEW = "computed from a person's roles; its own tests hold queries and cities"
COMPARED = "two versions of one record, compared"
WITHOUT = {
    "accounts/account/sessions/": "one's own browsers, of which `test_sessions` tells",
    "accounts/functions/{}/acting/": REVIEW,
    "accounts/people/{}/rights/": REVIEW,
    "accounts/permissions/": CODE,
    "accounts/rights/": REVIEW,
    "accounts/roles/to-give/": REVIEW,
    "accounts/scopes/": CODE,
    "accounts/sign-in-ways/": "a stranger's: what the page of signing in offers",
    "accounts/who-may/": REVIEW,
    "applications/committees/": "a few of each call; `test_allotments` holds who sees them",
    "applications/committees/{}/matters/": "of one committee, whole; `test_allotments` counts",
    "applications/calls/{}/ranking_fields/": "the questions of one procedure's forms",
    "audit/deeds/": CODE,
    "budget/unit-kinds/": "sums, of which there is one for each kind",
    "budget/years/": "sums, of which there is one for each year",
    "catalogue/types/": "what the platform ships; `test_switch_on` holds right, city and queries",
    "forms/forms/{}/differences/": COMPARED,
    "forms/sheets/{}/differences/": COMPARED,
    "forms/functions/": CODE,
    "forms/unit-facts/": CODE,
    "messaging/acceptance-rules/chains/": CODE,
    "messaging/acceptances/{}/history/": "how often one message was returned: a few times at most",
    "messaging/inbox/{}/answers/": "versions of one answer; `test_open_delivery` counts queries",
    "messaging/inbox/{}/colleagues/": "of one unit; `test_hand_over_delivery` holds who sees them",
    "messaging/merges/{}/file-requests/": "refused files of one merge; `test_ask_for_file` counts",
    "notifications/settings/": CODE,
    "procedures/cases/{}/letters/": "letters of one case, made for real in `procedures/letters`",
    "procedures/effects/": CODE,
    "procedures/kinds/": CODE,
    "procedures/letter-templates/fields/": CODE,
    "procedures/procedures/beginnings/": CODE,
    "procedures/procedures/{}/differences/": COMPARED,
    "procedures/conflicts/": "one's own, a few; `test_reopening` holds that nobody else reads them",
    "procedures/ties/": "one's own, a few; `test_conflicts` holds that nobody else reads them",
    "threads/of/{}/{}/": "of one group; `tests/threads` holds who sees them, and the queries",
    "todo/overview/": "figures, of which each module declares a few",
    "todo/running/": "sections of each module, the first rows of each; `test_running` counts",
}


def lists_of_the_api() -> dict[str, str]:
    """Each list of the API and the test that it should inherit."""
    found = {}
    for path, operations in yaml.safe_load(OPENAPI.read_text())["paths"].items():
        content = operations.get("get", {}).get("responses", {}).get("200", {}).get("content", {})
        shape = content.get("application/json", {}).get("schema", {})
        is_paged = "/Paginated" in shape.get("$ref", "")
        if is_paged or shape.get("type") == "array":
            found[_bare(path.removeprefix(f"/{ROOT}"))] = "PagedTest" if is_paged else "ListTest"
    every = {_bare(route.path) for route in routes()}
    exported = [one for one in found if f"{one}export/" in every]
    return found | dict.fromkeys(exported, "TakenTest")


def inherited() -> dict[str, str]:
    """Each list that a test inherits for, and which of them."""
    found = {}
    for file in sorted(TESTS.rglob("test_lists.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ClassDef) and _base(node) in KINDS:
                found[_bare(_route(node))] = _base(node)
    return found


def _base(node: ast.ClassDef) -> str:
    """The kind that it inherits last: what several lists share stands before it."""
    return node.bases[-1].id if node.bases and isinstance(node.bases[-1], ast.Name) else ""


def _route(node: ast.ClassDef) -> str:
    strings = (one.value for one in ast.walk(node) if isinstance(one, ast.Constant))
    paths = [one for one in strings if isinstance(one, str) and one.endswith("/")]
    return paths[0]


def _bare(path: str) -> str:
    return re.sub(r"{\w+}", "{}", path)


def test_every_list_inherits_the_test_of_its_kind_or_says_why_not():
    every, held = lists_of_the_api(), inherited()
    assert len(every) > 50
    assert sorted(every.keys() - held.keys()) == sorted(WITHOUT)
    assert held.keys() <= every.keys()
    unlike = {path: kind for path, kind in held.items() if not _fits(path, kind, every[path])}
    assert unlike == {}


def _fits(path: str, kind: str, wanted: str) -> bool:
    """The rows of a table have an order of their own; deliveries are taken away beside the list."""
    own = {"forms/tables/{}/rows/": "ListTest", "messaging/messages/{}/deliveries/": "TakenTest"}
    return kind == own.get(path, wanted)
