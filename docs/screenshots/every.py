"""`make screenshots ARGS=--all`: every screen of the running demonstration, as each person sees it.

Each person follows the links from the first page, once to each kind of address, so a module that
comes later is found by itself. For each screen the folder has a picture at 1280 and at 320 px and
at 1280 in the dark, and the words that stand on it; `index.md` has what axe finds, what is wider
than the window, and the addresses to which no link led.
"""

import re
import shutil
import sys
from collections import deque
from collections.abc import Container
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
from playwright.sync_api import Browser, Page
from playwright.sync_api import Error as BrowserFailed
from staged import stage

from config.runtime import frontend
from config.runtime.looking import overflow, violations

PEOPLE = (CLERK, HEAD, DIRECTOR, MANAGER, MEMBER, ADMIN)
OF_EVERYBODY = ("/sign-in", "/forgotten-password", "/invitation", "/new-password", "/nigdzie")
WIDE, NARROW = 1280, 320
OF_EACH_PERSON = ("/", "/accounts/me")
"""Where each walk begins; a link in a closed menu leads to the second."""
SLOW = 120_000
"""Milliseconds that a busy machine may take for a page or a picture."""
IDENTIFIER = re.compile(r"/(?=[^/]*\d)[\w-]{8,}(?=/|$)|/\d+(?=/|$)")
PARAMETER = re.compile(r"/:\w+")
DECLARED = re.compile(r'path: "([^"*]+)"')


@dataclass
class Album:
    """What was seen: pictures and words in a folder, faults and kinds of addresses here."""

    folder: Path
    pictures: int = 0
    kinds: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def keep(self, page: Page, who: str, kind: str) -> None:
        """Take the screen as it stands, at both widths and in the dark."""
        folder = self.folder / who
        folder.mkdir(parents=True, exist_ok=True)
        name = kind.strip("/").replace("/", ".").replace(":", "") or "first"
        self.kinds.add(kind)
        (folder / f"{name}.txt").write_text(page.locator("body").inner_text(), encoding="utf-8")
        self._take(page, folder / f"{name}.{WIDE}.png", f"{who} {kind} {WIDE}")
        page.emulate_media(color_scheme="dark")
        self._take(page, folder / f"{name}.dark.png", f"{who} {kind} dark")
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": NARROW, "height": 700})
        page.wait_for_timeout(200)
        self._take(page, folder / f"{name}.{NARROW}.png", f"{who} {kind} {NARROW}")
        page.set_viewport_size({"width": WIDE, "height": 860})

    def _take(self, page: Page, path: Path, name: str) -> None:
        page.screenshot(path=path, full_page=True, timeout=SLOW)
        self.pictures += 1
        self.faults += [f"{name}: {fault}" for fault in violations(page)]
        if (wider := overflow(page)) > 0:
            self.faults.append(f"{name}: {wider} px wider than the window")

    def write_index(self) -> None:
        unseen = sorted(declared() - self.kinds)
        lines = [
            f"# {self.pictures} pictures of {len(self.kinds)} kinds of screens",
            "",
            f"## Faults: {len(self.faults)}",
            *(f"* {fault}" for fault in self.faults),
            "",
            f"## Addresses that no link led to: {len(unseen)}",
            *(f"* {kind}" for kind in unseen),
            "",
        ]
        (self.folder / "index.md").write_text("\n".join(lines), encoding="utf-8")


def look_at_all(
    browser: Browser, port: int | None, password: str, folder: Path, who: Container[str] = ()
) -> None:
    """Fill the folder anew with every screen that a link leads to, and say where it lies.

    `who` names the persons by the beginnings of their addresses; empty means everybody, with those
    who have not signed in.
    """
    if not who:
        shutil.rmtree(folder, ignore_errors=True)
    album = Album(folder)
    city, console = f"http://{HOST}:{port}", f"http://{CONSOLE}:{port}"
    stage(browser, city, password)
    stranger = opened(browser, city)
    for path in () if who else OF_EVERYBODY:
        album.keep(arrived(stranger, path), "stranger", path)
    for email in (*PEOPLE, OPERATOR):
        name = email.partition("@")[0]
        if not who or name in who:
            address = console if email == OPERATOR else city
            walk(signed_in(browser, address, email, password), name, album)
            album.write_index()
    found = f"{album.pictures} pictures, {len(album.faults)} faults"
    sys.stderr.write(f"{found}: {folder / 'index.md'}\n")


def walk(page: Page, who: str, album: Album) -> None:
    """Keep each kind of screen that this person's links lead to, the nearest first."""
    coming, seen = deque(OF_EACH_PERSON), set[str]()
    page.set_default_timeout(SLOW)
    while coming:
        path = coming.popleft()
        if (kind := kind_of(path)) in seen:
            continue
        seen.add(kind)
        try:
            arrived(page, path)
        except BrowserFailed as failure:  # such as an address that answers with a file
            album.faults.append(f"{who} {kind}: {failure.message.splitlines()[0]}")
            continue
        album.keep(page, who, kind)
        coming.extend(links_of(page))
    page.close()


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
