"""`make screenshots ARGS=--all`: every screen of the running demonstration, as each person sees it.

Each person follows the links from the first page, once to each kind of address, so a module that
comes later is found by itself; to what is reached by a press (a publication, a simulator) the
declared address leads. On each screen every button is pressed that nobody has pressed there yet,
while the server is kept from hearing of it, and the dialog that opens is kept as well. For each
screen the folder has pictures at 1280 and 320 px and the words that stand on it, and of each kind
of screen one in the dark, one in forced colours and one of paper; `index.md` has what axe finds,
what is wider than the window, what forced colours hide, what does not belong on paper, and the
addresses not seen.
"""

import re
import shutil
import sys
from collections import deque
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from persons import (
    ADMIN,
    CLERK,
    CONSOLE,
    DIRECTOR,
    HEAD,
    HOST,
    MANAGER,
    MEMBER,
    OPERATOR,
    opened,
    signed_in,
)
from playwright.sync_api import Browser, Locator, Page, Route
from playwright.sync_api import Error as BrowserFailed
from staged import stage

from config.runtime import frontend
from config.runtime.looking import chosen_alike, on_paper, overflow, violations

PEOPLE = (CLERK, HEAD, DIRECTOR, MANAGER, MEMBER, ADMIN)
STRANGER = "stranger"
OF_EVERYBODY = ("/sign-in", "/forgotten-password", "/invitation", "/new-password", "/nigdzie")
WIDE, NARROW, PAPER = 1280, 320, 718
"""Pixels; of paper as wide as A4 between its margins."""
OF_EACH_PERSON = ("/", "/accounts/me", "/outbox/jobs")
"""Where each walk begins: closed menus lead to the second, an operator signs in to the third."""
REFUSALS = ("Nie udało się pokazać tej strony", "Nie ma takiej strony")
"""What stands over a screen that this person does not see."""
SLOW = 120_000
"""Milliseconds that a busy machine may take for a page or a picture."""
SOON = 400
"""Milliseconds in which a press opens its dialog."""
IDENTIFIER = re.compile(r"/(?=[^/]*\d)[\w-]{8,}(?=/|$)|/\d+(?=/|$)")
NO_WORD = re.compile(r"\W+")
PARAMETER = re.compile(r"/:\w+")
DECLARED = re.compile(r'path: "([^"*]+)"')
READS_BY_POST = re.compile(r"/(audience|trial|preview|compare|check|simulate|plan|projection)/")
"""Addresses that are asked by POST and change nothing."""


@dataclass
class Album:
    """What was seen: pictures and words in a folder, faults and kinds of addresses here."""

    folder: Path
    only: str = ""
    """What the kinds of addresses that are kept have in them."""
    pictures: int = 0
    kinds: set[str] = field(default_factory=set)
    pressed: set[tuple[str, str]] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def keep(self, page: Page, who: str, kind: str, dialog: str = "") -> None:
        """Take the screen as it stands, at both widths; a new kind in all the other ways too."""
        folder = self.folder / who
        folder.mkdir(parents=True, exist_ok=True)
        name = kind.strip("/").replace("/", ".").replace(":", "") or "first"
        if dialog:
            name = f"{name}--{NO_WORD.sub('-', dialog).strip('-')[:60]}"
        is_new = kind not in self.kinds
        self.kinds.add(kind)
        (folder / f"{name}.txt").write_text(page.locator("body").inner_text(), encoding="utf-8")
        told, path = f"{who} {kind} {dialog}".strip(), folder / name
        self._take(page, path, WIDE, told)
        if is_new:
            page.emulate_media(color_scheme="dark")
            self._take(page, path, "dark", told)
            page.emulate_media(color_scheme="light", forced_colors="active")
            self._picture(page, path, "forced")
            self._fault(
                f"{told} forced", [f"hides what is chosen: {it}" for it in chosen_alike(page)]
            )
            page.emulate_media(forced_colors="none", media="print")
            page.set_viewport_size({"width": PAPER, "height": 1000})
            self._picture(page, path, "paper")
            self._fault(f"{told} paper", on_paper(page))
            page.emulate_media(media="screen")
        page.set_viewport_size({"width": NARROW, "height": 700})
        page.wait_for_timeout(200)
        self._take(page, path, NARROW, told)
        page.set_viewport_size({"width": WIDE, "height": 860})

    def _take(self, page: Page, path: Path, how: str | int, told: str) -> None:
        self._picture(page, path, how)
        self._fault(f"{told} {how}", violations(page))
        if (wider := overflow(page)) > 0:
            self._fault(f"{told} {how}", [f"{wider} px wider than the window"])

    def _picture(self, page: Page, path: Path, how: str | int) -> None:
        page.screenshot(path=f"{path}.{how}.png", full_page=True, timeout=SLOW)
        self.pictures += 1

    def _fault(self, where: str, faults: list[str]) -> None:
        self.faults += [f"{where}: {fault}" for fault in faults]

    def write_index(self) -> None:
        unseen = sorted(declared() - self.kinds)
        lines = [
            f"# {self.pictures} pictures of {len(self.kinds)} kinds of screens",
            "",
            f"## Faults: {len(self.faults)}",
            *(f"* {fault}" for fault in self.faults),
            "",
            f"## Addresses that were not seen: {len(unseen)}",
            *(f"* {kind}" for kind in unseen),
            "",
        ]
        (self.folder / "index.md").write_text("\n".join(lines), encoding="utf-8")


def look_at_all(
    browser: Browser,
    port: int | None,
    password: str,
    folder: Path,
    *,
    who: Container[str] = (),
    only: str = "",
) -> None:
    """Fill the folder anew with every screen that can be reached, and say where it lies.

    `who` names the persons by the beginnings of their addresses, `stranger` those who have not
    signed in; empty means everybody. `only` keeps the screens in whose addresses it stands.
    """
    if not who and not only:
        shutil.rmtree(folder, ignore_errors=True)
    album = Album(folder, only)
    folder.mkdir(parents=True, exist_ok=True)
    city, console = f"http://{HOST}:{port}", f"http://{CONSOLE}:{port}"
    stage(browser, city, password)
    if STRANGER in who or not (who or only):
        stranger = opened(browser, city)
        for path in OF_EVERYBODY:
            album.keep(arrived(stranger, path), STRANGER, path)
        album.write_index()
    for email in (*PEOPLE, OPERATOR):
        name = email.partition("@")[0]
        if not who or name in who:
            address = console if email == OPERATOR else city
            walk(signed_in(browser, address, email, password), name, album)
    found = f"{album.pictures} pictures, {len(album.faults)} faults"
    sys.stderr.write(f"{found}: {folder / 'index.md'}\n")


def walk(page: Page, who: str, album: Album) -> None:
    """Keep each kind of screen that this person can come to, the nearest first."""
    coming, seen = deque((path, False) for path in OF_EACH_PERSON), set[str]()
    known = declared()
    page.set_default_timeout(SLOW)
    while coming:
        path, is_linked = coming.popleft()
        if (kind := kind_of(path)) in seen:
            continue
        seen.add(kind)
        try:
            arrived(page, path)
        except BrowserFailed as failure:  # such as an address that answers with a file
            album.faults.append(f"{who} {kind}: {failure.message.splitlines()[0]}")
            continue
        if page.get_by_role("heading", level=1).first.inner_text() in REFUSALS:
            if is_linked:
                album.faults.append(f"{who} {kind}: a link leads to nothing")
            continue
        coming.extend((one, True) for one in links_of(page))
        below = [one for one in sorted(known) if is_below(one, kind)]
        coming.extend((path + one.removeprefix(kind), False) for one in below)
        if album.only in kind:
            album.keep(page, who, kind)
            press_all(page, who, kind, album)
            album.write_index()
    page.close()


def is_below(one: str, kind: str) -> bool:
    """Whether the declared address is a page of the record that the other shows."""
    return kind.endswith("/:id") and one.startswith(f"{kind}/") and "/:" not in one[len(kind) :]


def press_all(page: Page, who: str, kind: str, album: Album) -> None:
    """Keep the dialog that each button opens, once for all persons; nothing reaches the server."""
    here = page.url
    page.route("**/api/**", _only_reading)
    for name in list(dict.fromkeys(_names(page.locator("main").get_by_role("button")))):
        for item in _openings(page, kind, name, album):
            if page.get_by_role("dialog").count():
                album.keep(page, who, kind, f"{name} {item}".strip())
            page.goto("about:blank")
            arrived(page, here)
    page.unroute("**/api/**")


def _openings(page: Page, kind: str, name: str, album: Album) -> Iterator[str]:
    """Press the button; where it opens a menu, each of its items in turn.

    Of those that say of which row they are, such as „Usuń: SP 1”, the first.
    """
    if (kind, name.partition(":")[0]) in album.pressed:
        return
    album.pressed.add((kind, name.partition(":")[0]))
    if not _pressed(page, name):
        return
    items = _names(page.get_by_role("menuitem"))
    if not items:
        yield ""
    for item in items:
        if page.get_by_role("menuitem").count() or _pressed(page, name):
            page.get_by_role("menuitem", name=item, exact=True).first.click()
            page.wait_for_timeout(SOON)
            yield item


def _pressed(page: Page, name: str) -> bool:
    button = page.locator("main").get_by_role("button", name=name, exact=True).first
    if not button.is_visible() or not button.is_enabled():
        return False
    button.click(timeout=SLOW)
    page.wait_for_timeout(SOON)
    return True


def _names(found: Locator) -> list[str]:
    names: list[str] = found.evaluate_all(
        "all => all.map(a => a.getAttribute('aria-label') || a.innerText.trim())"
    )
    return [name for name in names if name]


def _only_reading(route: Route) -> None:
    is_reading = route.request.method == "GET" or READS_BY_POST.search(route.request.url)
    route.continue_() if is_reading else route.abort()


def arrived(page: Page, path: str) -> Page:
    page.goto(path)
    page.get_by_role("heading", level=1).first.wait_for()
    page.wait_for_load_state("networkidle")
    return page


def links_of(page: Page) -> list[str]:
    """The addresses of screens that this screen links to, without what they are asked."""
    here = urlsplit(page.url).netloc
    targets = page.eval_on_selector_all("a[href]:not([download])", "all => all.map(a => a.href)")
    parts = [urlsplit(target) for target in targets]
    return [
        one.path
        for one in parts
        if one.netloc == here and not one.path.startswith(("/api/", "/assets/"))
    ]


def kind_of(path: str) -> str:
    """The address with `:id` for whatever names one record: `/messaging/messages/:id/merge`."""
    return IDENTIFIER.sub("/:id", path.rstrip("/")) or "/"


def declared() -> set[str]:
    """The addresses of all modules' screens, as the front end declares them."""
    modules = (frontend.FOLDER / "src" / "modules").glob("*/routes.ts")
    found = set[str]()
    for routes in modules:
        for path in DECLARED.findall(routes.read_text(encoding="utf-8")):
            found.add(f"/{routes.parent.name}/{PARAMETER.sub('/:id', path.replace('/:id?', ''))}")
    return found
