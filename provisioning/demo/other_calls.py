"""Three calls beside the open one, each at another point of its life.

One is being scored by five members, one has a ranking and two ways to divide its money, and one of
last year is decided and settled.

A call whose title is there already is left as it is. The server's clock cannot be turned back, so
last year's call takes applications for a minute, and is closed once that is over.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from provisioning.demo.browser import Browser
from provisioning.demo.calls import call_named, published
from provisioning.demo.matters import Call, fill, open_application, press, scan_of, today

SCORED = ("Granty Fabryka Szans", "granty_fabryka_szans")
RANKED = (
    "Nagroda dla nauczyciela za trud włożony w pracę z uczniem zdolnym",
    "nagroda_dla_nauczyciela",
)
PUPILS = (
    "Nagroda dla ucznia za szczególne osiągnięcia w olimpiadach i konkursach przedmiotowych",
    "nagroda_dla_ucznia",
)
MINUTE = timedelta(seconds=60)
STATEMENTS = ("oswiadczenie_prawda", "oswiadczenie_rodo")
CHANCES = (
    ("SP 14", "Popołudnia bez telefonu", (58, 61, 49, 66, 52)),
    ("SP 15", "Druga szansa na maturę", (44, 39, 51)),
    ("P 5", "Mówimy po polsku", (63,)),
)
"""School, title, and the points of the members who have scored so far, one after another."""
TEACHERS = (
    ("SP 16", "Katarzyna", "Mazur", "matematyka", (46, 42)),
    ("SP 18", "Piotr", "Wróbel", "chemia", (38, 44)),
    ("SP 19", "Agnieszka", "Dudek", "język polski", (31, 27)),
)
LAUREATES = (
    ("SP 20", "Maja", "Kubiak", "miedzynarodowy", 3000),
    ("SP 22", "Antoni", "Walczak", "ogolnopolski", 2000),
)
ACCOUNTS = ("PL61109010140000071219812874", "PL27114020040000300201355387")


@dataclass
class OtherCalls:
    """Told by the people who walk the open call."""

    open_one: Call
    last_year: str = ""
    closes_at: datetime | None = None
    awarded: tuple[tuple[str, int], ...] = ()

    @property
    def clerk(self) -> Browser:
        return self.open_one.clerk

    def begin_last_year(self) -> None:
        """Open last year's call of pupils' awards and hand its applications in."""
        title, pot = PUPILS
        year = timezone.localdate().year - 1
        if call_named(self.clerk, f"{title} {year}") is not None:
            return
        self._keep_pot(pot, title, year)
        self.closes_at = (timezone.now() + MINUTE).replace(microsecond=0)
        self.last_year = self._opened(title, pot, year, self.closes_at)
        self.awarded = tuple(
            (self._handed_in(self.last_year, unit, f"{first} {last}", answers), amount)
            for (unit, first, last, level, amount), account in zip(LAUREATES, ACCOUNTS, strict=True)
            for answers in [_pupil(first, last, level, account)]
        )

    def end_last_year(self) -> None:
        """Check, vote, decide; close the call when its time is over, and settle it."""
        for case, amount in self.awarded:
            self._checked(case, 3)
            for member in self.open_one.members[:2]:
                press(member, case, "approved")
            decided = {"data": str(today()), "numer": "218", "kwota": str(amount)}
            press(self.open_one.mayor, case, "granted", decided)
        if self.closes_at is None:
            return
        while timezone.now() < self.closes_at + timedelta(seconds=1):
            time.sleep(0.5)
        for deed in ("close", "settle"):
            self.clerk.post(f"applications/calls/{self.last_year}/{deed}/")

    def score(self) -> None:
        """A call that the five members are in the middle of scoring."""
        title, pot = SCORED
        call = self._new(title, pot)
        for unit, name, points in CHANCES if call else ():
            case = self._handed_in(call, unit, name, _chance(unit, name))
            self._checked(case, 2)
            for member, given in zip(self.open_one.members, points, strict=False):
                self._scored(member, case, _spread(given, CHANCE))

    def compare(self) -> None:
        """A call that is scored, with two ways to divide its money."""
        title, pot = RANKED
        call = self._new(title, pot)
        if not call:
            return
        for unit, first, last, subject, points in TEACHERS:
            case = self._handed_in(
                call, unit, f"{first} {last}", _teacher(unit, first, last, subject)
            )
            self._checked(case, 2)
            for member, given in zip(self.open_one.members, points, strict=False):
                self._scored(member, case, _spread(given, TEACHER))
            press(self.clerk, case, "scored")
        order = [{"by": "ranking.wynik"}, {"by": "punkty_razem"}]
        ways: dict[str, dict[str, Any]] = {
            "Po równo dla dwóch najlepszych": {"way": "fixed", "amount": "2500.00"},
            "50 zł za punkt": {"way": "per_point", "points": "ranking.wynik", "amount": "50.00"},
        }
        for name, amount in ways.items():
            rules = {"order": order, "amount": amount, "pots": [{"code": pot, "amount": "5000.00"}]}
            self.clerk.post(f"applications/calls/{call}/scenarios/", {"name": name, "rules": rules})

    def _new(self, title: str, pot: str) -> str:
        """The id of the call where it was not there before."""
        year = timezone.localdate().year
        if call_named(self.clerk, f"{title} {year}") is not None:
            return ""
        return self._opened(title, pot, year, timezone.now() + timedelta(days=10))

    def _opened(self, title: str, pot: str, year: int, closes_at: datetime) -> str:
        self.open_one.tell(f"Nabór „{title} {year}”…")
        named = self.clerk.get("procedures/procedures/", search=title)["results"]
        window = {
            "key": "nabor",
            "name": "Nabór",
            "opens_at": (timezone.now() - timedelta(days=20)).isoformat(),
            "closes_at": closes_at.isoformat(),
            "pots": [pot],
        }
        rules = {"rounds": [window], "audience": {"all_units": True}, "limits": {"per_unit": 3}}
        return published(self.clerk, named[0]["id"], f"{title} {year}", year, rules)

    def _keep_pot(self, code: str, name: str, year: int) -> None:
        finance = self.open_one.finance
        known = finance.get("budget/pots/", year=year, page_size=100)["results"]
        if code not in {one["code"] for one in known}:
            pot = {"code": code, "name": name, "year": year, "amount": "100000.00"}
            finance.post("budget/pots/", pot)

    def _handed_in(
        self, call: str, unit: str, title: str, answers: Callable[[Browser], dict[str, Any]]
    ) -> str:
        head = self.open_one.signed_in(self.open_one.heads[unit])
        case = open_application(head, call, unit, title)
        fill(head, case, answers(head))
        press(head, case, "submitted")
        return case

    def _checked(self, case: str, points: int) -> None:
        met = {f"punkt_{number}": True for number in range(1, points + 1)}
        press(self.clerk, case, "complete", met)

    def _scored(self, member: Browser, case: str, card: dict[str, str]) -> None:
        fill(member, case, card)
        press(member, case, "give_score")


CHANCE = {
    "diagnoza_punkty": 20,
    "dzialania_punkty": 20,
    "efekt_punkty": 20,
    "koszt_punkty": 10,
}
TEACHER = {"wklad": 20, "ciaglosc": 10, "rezultaty_pracy": 20}


def _spread(points: int, criteria: dict[str, int]) -> dict[str, str]:
    """The card of a member who gives so many points in all."""
    card, left = {}, points
    for name, most in criteria.items():
        card[name] = str(min(most, left))
        left -= int(card[name])
    return card


def _accepted() -> dict[str, dict[str, bool]]:
    return {one: {"accepted": True} for one in STATEMENTS}


def _pupil(first: str, last: str, level: str, account: str) -> Callable[[Browser], dict[str, Any]]:
    def answers(head: Browser) -> dict[str, Any]:
        paper = scan_of(f"{first} {last}", "Zaświadczenie organizatora")
        won = {"konkurs": "Olimpiada Matematyczna", "szczebel": level, "wynik": "laureat"}
        birth = f"{today().year - 18}-01-15"
        return {
            "uczen_dane": {
                "first_name": first,
                "last_name": last,
                "birth_date": birth,
                "class": "4a",
            },
            "pelnoletni": True,
            "rachunek": account,
            "osiagniecia": [{**won, "data_wyniku": str(today() - timedelta(days=200))}],
            "zaswiadczenia": [head.upload("zaswiadczenie.pdf", paper)],
            **_accepted(),
        }

    return answers


def _teacher(unit: str, first: str, last: str, subject: str) -> Callable[[Browser], dict[str, Any]]:
    def answers(head: Browser) -> dict[str, Any]:
        pupil = {"konkurs": "Olimpiada", "szczebel": "ogolnopolski", "wynik": "laureat"}
        return {
            "nauczyciel_dane": {"first_name": first, "last_name": last},
            "przedmiot": subject,
            "uczniowie": [{"uczen": "uczeń klasy ósmej", **pupil}],
            "opis_pracy": "Koło dla uczniów zdolnych, od sześciu lat, dwa razy w tygodniu.",
            "skan": [head.upload(f"wniosek {unit}.pdf", scan_of(unit, f"{first} {last}"))],
            **_accepted(),
        }

    return answers


def _chance(unit: str, title: str) -> Callable[[Browser], dict[str, Any]]:
    ends = today() + timedelta(days=150)

    def answers(head: Browser) -> dict[str, Any]:
        return {
            "koordynator_nazwisko": "Beata Sokołowska",
            "koordynator_email": "koordynator@example.org",
            "grupy": ["trudna_sytuacja"],
            "uczestnicy": "18",
            "diagnoza": "Co piąty uczeń zostaje po lekcjach bez opieki.",
            "tytul": title,
            "opis": "Zajęcia dwa razy w tygodniu, z psychologiem i wolontariuszami.",
            "koniec_projektu": str(ends),
            "harmonogram": [{"dzialanie": "Zajęcia", "od": str(today()), "do": str(ends)}],
            "budzet": [{"pozycja": "Zajęcia", "ilosc": "60", "cena": "120", "z_dotacji": "6000"}],
            "skan": [head.upload(f"wniosek {unit}.pdf", scan_of(unit, title))],
            **_accepted(),
        }

    return answers
