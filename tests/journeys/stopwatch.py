"""How many presses a person needs, counted by the browser, not by hand."""

from playwright.sync_api import Page

COUNT = """
const KEPT = "presses";
const add = () => sessionStorage.setItem(KEPT, Number(sessionStorage.getItem(KEPT) ?? 0) + 1);
addEventListener("pointerdown", (event) => event.isTrusted && add(), true);
addEventListener("keydown", (event) => event.isTrusted && event.key.length > 1 && add(), true);
"""
"""Every touch and click, and every key that writes no letter. What is typed is not a press."""


class Stopwatch:
    """A page whose presses are counted from the moment of its making."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.add_init_script(COUNT)
        page.reload()
        page.evaluate("sessionStorage.removeItem('presses')")

    @property
    def presses(self) -> int:
        return int(self.page.evaluate("sessionStorage.getItem('presses') ?? 0"))

    def type(self, text: str) -> None:
        """Write where the focus is, as fingers do: with no press before it."""
        self.page.keyboard.type(text)
