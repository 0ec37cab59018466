"""A call for grants in the middle of its life: matters of schools at every stage of the procedure.

The heads fill in and submit, the clerk checks, three members score, the finances divide, the
director recommends, the mayor decides; each over HTTP, with nothing but what the page offers them.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from documents import content, pdf
from provisioning.demo.browser import Browser
from provisioning.demo.calls import open_call

PROCEDURE = "Bydgoskie Granty Oświatowe"
POT = "bydgoskie_granty_oswiatowe"


@dataclass(frozen=True, slots=True)
class Matter:
    """One application: whose, about what, for how much, and how far it comes.

    `points` are of the members one after another; fewer than three leave the scoring open.
    """

    unit: str
    title: str
    kind: str
    asked: int
    until: str
    points: tuple[int, ...] = ()


MATTERS = (
    Matter("SP 1", "Teatr w każdej klasie", "artystyczny", 18_000, "settling", (84, 78, 88)),
    Matter("SP 2", "Laboratorium małego odkrywcy", "naukowy", 24_500, "granted", (91, 86, 79)),
    Matter("P 1", "Ogród zmysłów", "rekreacyjny", 9_800, "granted", (72, 80, 77)),
    Matter("SP 3", "Szkolne studio nagrań", "artystyczny", 31_000, "refused", (41, 52, 38)),
    Matter("SP 4", "Kodowanie bez ekranu", "naukowy", 12_400, "recommended", (88, 74, 81)),
    Matter("SP 5", "Mosty między pokoleniami", "integracyjny", 7_600, "allocated", (69, 75, 71)),
    Matter("P 2", "Bajka po ukraińsku", "integracyjny", 5_200, "scored", (90, 85, 94)),
    Matter("SP 7", "Liga szachowa dzielnicy", "rekreacyjny", 8_900, "scoring", (66, 70)),
    Matter("SP 8", "Dzień zawodów na żywo", "zawodowy", 14_300, "scoring", (58,)),
    Matter("SP 9", "Chór w sieci", "artystyczny", 16_000, "checked"),
    Matter("SP 10", "Wymiana z Mannheim", "miedzynarodowy", 38_000, "called"),
    Matter("P 3", "Zielona pracownia", "naukowy", 11_750, "submitted"),
    Matter("P 4", "Taniec i ruch", "rekreacyjny", 6_300, "submitted"),
    Matter("SP 12", "Mapa dźwięków Wyżyn", "naukowy", 13_900, "begun"),
)
STATEMENTS = ("oswiadczenie_prawda", "oswiadczenie_rodo", "oswiadczenie_podwojne")
CRITERIA = {
    "wartosc_merytoryczna": 30,
    "wartosc_spoleczna": 20,
    "organizacja": 20,
    "zasieg": 10,
    "partnerstwo": 10,
    "aktywnosc": 10,
}
"""The criteria of the committee's card and the points that each can bring."""


WAY = (
    *("submitted", "checked", "scoring", "scored"),
    *("allocated", "recommended", "granted", "settling"),
)
"""How far a matter can come, in order; "begun", "called" and "refused" are said beside it."""
CORRECTION = "Kosztorys nie mówi, kto płaci za przejazdy. Dopiszcie pozycję i źródło pieniędzy."
LARGE = 20_000
NUMBER = "112/2026"
REASONS = "Projekt wysoko oceniony przez komisję, kosztorys rzetelny."


@dataclass
class Call:
    """Who takes part; `signed_in` opens the browser of the person with that address."""

    signed_in: Callable[[str], Browser]
    heads: dict[str, str]
    """Unit -> the address of its head."""
    clerk: Browser
    finance: Browser
    director: Browser
    mayor: Browser
    members: tuple[Browser, ...]
    tell: Callable[[str], None]

    def run(self) -> dict[str, Any]:
        """Bring each matter as far as it comes, unless it was done before; what came of it."""
        [procedure] = self.clerk.get("procedures/procedures/", search=PROCEDURE)["results"]
        known = {one["title"] for one in self._cases()}
        coming = [matter for matter in MATTERS if matter.title not in known]
        self.tell(f"Wniosków o granty: {len(known)}; jednostki składają jeszcze {len(coming)}…")
        call = open_call(self.clerk, procedure["id"], title=PROCEDURE, pot=POT)
        for matter in coming:
            self._walk(call, matter)
        return self._told()

    def _cases(self) -> list[dict[str, Any]]:
        """The call's matters that the office sees: all that were submitted."""
        found = self.clerk.get("procedures/cases/", page_size=500)["results"]
        return [one for one in found if one["title"] in {matter.title for matter in MATTERS}]

    def _walk(self, call: str, matter: Matter) -> None:
        head = self.signed_in(self.heads[matter.unit])
        case = open_application(head, call, matter.unit, matter.title)
        if matter.until == "begun":
            fill(head, case, {"tytul": matter.title, "rodzaj": matter.kind})
            return
        fill(head, case, answers(head, matter))
        press(head, case, "submitted")
        steps: dict[str, Callable[[], None]] = {
            "checked": lambda: press(
                self.clerk, case, "complete", {f"punkt_{one}": True for one in range(1, 5)}
            ),
            "scoring": lambda: self._score(case, matter.points),
            "scored": lambda: press(
                self.clerk, case, "pod_kreska" if matter.until == "refused" else "na_liste"
            ),
            "allocated": lambda: press(
                self.finance, case, "allocated", {"kwota": str(_granted(matter))}
            ),
            "recommended": lambda: press(
                self.director, case, "recommended", {"uzasadnienie": REASONS}
            ),
            "granted": lambda: press(
                self.mayor, case, "granted", {"numer": NUMBER, "data": str(today())}
            ),
            "settling": lambda: press(head, case, "executed", {"data": str(today())}),
        }
        last = {"called": "submitted", "refused": "scored"}.get(matter.until, matter.until)
        for step in WAY[1 : WAY.index(last) + 1]:
            steps[step]()
        if matter.until == "called":
            called = {"sekcje": ["finanse_projektu"], "wezwanie": CORRECTION}
            press(self.clerk, case, "incomplete", called)

    def _score(self, case: str, points: Sequence[int]) -> None:
        for member, given in zip(self.members, points, strict=False):
            fill(member, case, _card(given))
            press(member, case, "give_score")

    def _told(self) -> dict[str, Any]:
        """The facts of the call, counted from the answers of the API."""
        mine = self._cases()
        year = timezone.localdate().year
        pots = self.finance.get("budget/pots/", year=year, page_size=100)["results"]
        [pot] = [one for one in pots if one["code"] == POT]
        stages = Counter(one["stage"]["name"] for one in mine)
        return {
            "opened": len(mine),
            "submitted": sum(one["stage"]["key"] != "zlozenie" for one in mine),
            "stages": dict(sorted(stages.items())),
            "granted": pot["figures"]["granted"],
            "left": pot["figures"]["left"],
        }


def answers(head: Browser, matter: Matter) -> dict[str, Any]:
    """A whole application: two lines of costs, of which the school pays a tenth."""
    begins = today() + timedelta(days=30)
    ends = begins + timedelta(days=120)
    half, own = matter.asked // 2, matter.asked // 10
    rest = matter.asked - half
    return {
        "placowka": unit_of(head, matter.unit),
        "koordynator_nazwisko": "Małgorzata Wójcik",
        "koordynator_email": "koordynator@example.org",
        "tytul": matter.title,
        "bkmo": False,
        "rodzaj": matter.kind,
        "opis": f"„{matter.title}” to cykl zajęć po lekcjach, prowadzony z rodzicami uczniów.",
        "cele": "Samodzielność uczniów, współpraca między klasami, otwarcie szkoły na osiedle.",
        "odbiorcy": "Uczniowie wszystkich oddziałów i mieszkańcy osiedla.",
        "uczestnicy": str(40 + matter.asked // 500),
        "poza_placowka": True,
        "termin": {"from": str(begins), "to": str(ends)},
        "koniec_projektu": str(ends),
        "harmonogram": [
            {"dzialanie": "Warsztaty co tydzień", "od": str(begins), "do": str(ends)},
            {"dzialanie": "Pokaz na zakończenie", "od": str(ends), "do": str(ends)},
        ],
        "budzet": [
            {**_cost("Prowadzenie zajęć", half), "z_dotacji": str(half)},
            {**_cost("Materiały i wynajem", rest + own), "z_dotacji": str(rest)},
        ],
        "rezultaty_opis": "Pokaz dla mieszkańców, ankieta wśród uczestników, dziennik zajęć.",
        "skan": [head.upload(f"wniosek {matter.unit}.pdf", scan_of(matter.unit, matter.title))],
        **{statement: {"accepted": True} for statement in STATEMENTS},
    }


def open_application(head: Browser, call: str, unit: str, title: str) -> str:
    body = {"call": call, "unit": unit_of(head, unit), "title": title}
    return str(head.post("applications/own/", body)["case"])


def fill(person: Browser, case: str, given: dict[str, Any]) -> None:
    """Answers on the sheet that this person fills in now."""
    page = person.get(f"procedures/cases/{case}/")
    [sheet] = [one for one in page["sheets"] if one["can_fill"]]
    person.patch(f"forms/sheets/{sheet['id']}/", {"changes": given})


def press(person: Browser, case: str, action: str, data: dict[str, Any] | None = None) -> None:
    person.post(f"procedures/cases/{case}/perform/", {"action": action, "data": data or {}})


def unit_of(head: Browser, name: str) -> str:
    found = head.get("directory/units/", search=name)["results"]
    return next(str(one["id"]) for one in found if one["short_name"] == name)


def _cost(item: str, price: int) -> dict[str, str]:
    return {"pozycja": item, "ilosc": "1", "cena": str(price)}


def _card(points: int) -> dict[str, str]:
    """The criteria of one member: as much of each as `points` are of a hundred."""
    given = {name: most * points // 100 for name, most in CRITERIA.items()}
    for name, most in CRITERIA.items():
        given[name] += min(most - given[name], points - sum(given.values()))
    return {
        **{name: str(one) for name, one in given.items()},
        "uzasadnienie": "Ocena po lekturze wniosku i kosztorysu.",
    }


def _granted(matter: Matter) -> int:
    """Most get what they asked for; large ones are cut to nine tenths."""
    return matter.asked if matter.asked < LARGE else matter.asked * 9 // 10


def scan_of(unit: str, title: str) -> bytes:
    blocks = (content.Heading(title), content.plain(f"Wnioskodawca: {unit}"))
    return pdf.render(content.Document(f"Wniosek: {title}", blocks))


def today() -> date:
    return timezone.localdate()
