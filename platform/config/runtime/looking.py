"""What a machine can see of a screen."""

from playwright.sync_api import Page

from config.runtime import state

AXE = state.ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


def violations(page: Page) -> list[str]:
    """What axe finds wrong on the screen by WCAG 2.1 A and AA, each with its places."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE.read_text())
    found = page.evaluate(
        """rules => axe.run(document, {
          runOnly: {type: 'tag', values: rules}, resultTypes: ['violations'],
        })""",
        WCAG,
    )
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    wider: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wider


LOOKS_ALIKE = """() => {
  const on = "[aria-current]:not([aria-current=false]), [aria-selected=true], [aria-pressed=true], "
    + "[role][aria-checked=true], [data-active=true]";
  const names = ["color", "backgroundColor", "outlineStyle", "outlineWidth", "borderTopColor",
    "borderTopWidth", "borderBottomWidth", "borderLeftWidth", "fontWeight", "textDecorationLine"];
  const part = (one) => [null, "::before", "::after"].map((pseudo) => {
    const style = getComputedStyle(one, pseudo);
    return names.map((name) => style[name]).join() + (pseudo && style.content);
  }).join();
  const look = (one) =>
    [one, ...one.children].map(part).join() + one.querySelectorAll("svg").length;
  const isShown = (one) => one.getClientRects().length > 0;
  return [...document.querySelectorAll(on)].filter(isShown).filter((one) => {
    const others = [...document.querySelectorAll(one.tagName)].filter((other) =>
      other.getAttribute("role") === one.getAttribute("role") &&
      other.className === one.className && !other.matches(on) && isShown(other));
    return others.some((other) => look(other) === look(one));
  }).map((one) => one.textContent.trim().slice(0, 40) || one.outerHTML.slice(0, 80));
}"""


def chosen_alike(page: Page) -> list[str]:
    """What is chosen or current and looks just like what is not, such as in forced colours."""
    found: list[str] = page.evaluate(LOOKS_ALIKE)
    return found


ON_PAPER = """() => {
  const isShown = (one) => {
    const style = getComputedStyle(one);
    const isClear = style.visibility === "hidden" || style.opacity === "0";
    return one.getClientRects().length > 0 && !isClear;
  };
  const told = (one) => one.getAttribute("aria-label") || one.textContent.trim().slice(0, 40);
  const pressed = [...document.querySelectorAll("button, input[type=search]")];
  const presses = pressed.filter((one) => isShown(one) && told(one));
  const cut = [...document.querySelectorAll("main *")].filter((one) =>
    /auto|scroll|hidden|clip/.test(getComputedStyle(one).overflowX) &&
    one.textContent && isShown(one) && !one.closest("[class*=Input-]") &&
    one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1);
  return [
    ...presses.map((one) => `a press on paper: ${told(one)}`),
    ...cut.map((one) => `cut off on paper at ${one.clientWidth} px: ${told(one)}`),
  ];
}"""


def on_paper(page: Page) -> list[str]:
    """What a print of the screen, as it is emulated now, should not have: presses, cut edges."""
    found: list[str] = page.evaluate(ON_PAPER)
    return found
