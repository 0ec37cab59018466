"""An import line says of which room a name is: no own module is imported under a word of chance.

`from audit import services as audit` bears the room's name, and `audit.record(…)` tells it at every
use; so does `Permission as Audit`. Any other alias stands in `OTHERWISE` with its reason.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from config.runtime.mirror import ROOT, files

OWN = {path.name for path in (ROOT / "platform").iterdir()} | {
    *("api", "billing", "modules", "provisioning", "tenants")
}
_BOTH = "the loader writes in four rooms and reads there too"
OTHERWISE = {
    ("api serializers", "shapes"): "every room's views call its serializers so, beside DRF's own",
    ("platform/catalogue/checking.py", "read_procedure"): "stands beside `forms.read`",
    ("platform/catalogue/services/loading.py", "budget_services"): _BOTH,
    ("platform/catalogue/services/loading.py", "form_services"): _BOTH,
}
"""(Where, alias) -> why it is not the room's name. The list may only shrink."""


class Alias(NamedTuple):
    place: str
    package: str
    name: str
    alias: str


def aliases() -> Iterator[Alias]:
    beside = [path for room in ("tests", "bench") for path in (ROOT / room).rglob("*.py")]
    for path in (*files(), *beside):
        place = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in OWN:
                for one in node.names:
                    if one.asname:
                        yield Alias(place, node.module, one.name, one.asname)


def tells_the_room(one: Alias) -> bool:
    return one.alias.lower() in one.package.split(".")


def key_of(one: Alias) -> tuple[str, str]:
    shapes = {"api", "serializers"} <= {*one.package.split("."), one.name}
    return "api serializers" if shapes else one.place, one.alias


def test_an_own_module_is_imported_under_its_name_or_its_rooms():
    strange = [one for one in aliases() if not tells_the_room(one)]

    assert [one for one in strange if key_of(one) not in OTHERWISE] == []
    assert OTHERWISE.keys() - {key_of(one) for one in strange} == set(), "no longer needed"


def test_a_file_that_three_rooms_had_stands_in_one():
    """What `people`, `reading` and `moving` were: nobody could tell which was meant."""
    rooms = defaultdict(set)
    for path in files():
        place = path.relative_to(ROOT).as_posix()
        if path.stem in {"people", "reading", "moving"}:
            rooms[path.stem].add(place.removeprefix("platform/").split("/")[0])

    assert {name: found for name, found in rooms.items() if len(found) > 1} == {}
