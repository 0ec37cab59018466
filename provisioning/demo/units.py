"""119 invented units of an invented Bydgoszcz, the same on every run.

Register numbers begin at 900001, which the real register does not use; contacts are at example.org.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from random import Random

from opium import identifiers

STREETS = (
    "Gdańska", "Dworcowa", "Jagiellońska", "Fordońska", "Grunwaldzka", "Szubińska", "Toruńska",
    "Kujawska", "Nakielska", "Wojska Polskiego", "Sułkowskiego", "Chodkiewicza", "Bielicka",
    "Magnuszewska", "Glinki", "Cicha", "Pomorska", "Kołłątaja", "Kcyńska", "Berwińskiego",
    "Piłsudskiego", "Bośniacka", "Duracza", "Łowicka", "Żmudzka", "Swarzewska", "Ks. Skorupki",
)  # fmt: skip
PATRONS = (
    "Marii Konopnickiej", "Mikołaja Kopernika", "Henryka Sienkiewicza", "Adama Mickiewicza",
    "Marii Skłodowskiej-Curie", "Jana Brzechwy", "Juliana Tuwima", "Emilii Plater",
    "Tadeusza Kościuszki", "Janusza Korczaka", "Cypriana Norwida", "Leona Wyczółkowskiego",
)  # fmt: skip
NICKNAMES = (
    "Bajka", "Słoneczko", "Stokrotka", "Pod Dębem", "Tęczowe", "Żabka", "Jarzębinka",
    "Leśna Chatka",    "Kubusia Puchatka", "Krasnala Hałabały", "Iskierka", "Źródełko",
)  # fmt: skip
WOMEN = (
    "Anna", "Maria", "Katarzyna", "Małgorzata", "Agnieszka", "Barbara", "Ewa", "Elżbieta", "Zofia",
    "Joanna", "Grażyna", "Łucja",
)  # fmt: skip
MEN = ("Piotr", "Krzysztof", "Andrzej", "Tomasz", "Paweł", "Jan", "Michał", "Łukasz", "Grzegorz")
SURNAMES = (
    ("Kowalska", "Kowalski"), ("Wójcik", "Wójcik"), ("Zielińska", "Zieliński"),
    ("Szymańska", "Szymański"), ("Dąbrowska", "Dąbrowski"), ("Kozłowska", "Kozłowski"),
    ("Mazur", "Mazur"), ("Krawczyk", "Krawczyk"), ("Górska", "Górski"), ("Pawlak", "Pawlak"),
    ("Śliwińska", "Śliwiński"), ("Żak", "Żak"), ("Ćwiklińska", "Ćwikliński"), ("Lis", "Lis"),
    ("Jasińska", "Jasiński"), ("Ostrowska", "Ostrowski"), ("Łuczak", "Łuczak"),
    ("Gajewska", "Gajewski"), ("Baran", "Baran"), ("Wilk", "Wilk"),
)  # fmt: skip
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")


@dataclass(frozen=True, slots=True)
class DemoPerson:
    first_name: str
    last_name: str
    email: str


@dataclass(frozen=True, slots=True)
class DemoEntry:
    """One number of the register: the unit's own first, then the schools inside it."""

    rspo: str
    name: str
    type: str


@dataclass(frozen=True, slots=True)
class DemoUnit:
    kind: str
    short_name: str
    name: str
    street: str
    building: str
    postal_code: str
    phone: str
    email: str
    nip: str
    regon: str
    entries: tuple[DemoEntry, ...]
    head: DemoPerson
    accountant: DemoPerson
    secretary: DemoPerson


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a unit is before it has an address: its names, its type, the schools inside it."""

    kind: str
    short_name: str
    name: str
    type: str
    inside: tuple[tuple[str, str], ...] = ()


def units() -> list[DemoUnit]:
    """All 119, in the order of their kinds."""
    chance = Random(2012)  # noqa: S311  # invented data, the same every time
    numbers = count(900_001)
    return [_unit(place, plan, chance, numbers) for place, plan in enumerate(_plans(chance))]


def _plans(chance: Random) -> Iterator[_Plan]:
    for number in range(1, 37):
        patron = chance.choice(PATRONS)
        name = f"Szkoła Podstawowa nr {number} im. {patron} w Bydgoszczy"
        yield _Plan("szkola-podstawowa", f"SP {number}", name, "Szkoła podstawowa")
    for number in range(1, 31):
        name = f"Przedszkole nr {number} „{chance.choice(NICKNAMES)}” w Bydgoszczy"
        yield _Plan("przedszkole", f"P {number}", name, "Przedszkole")
    for number in range(1, 17):
        yield _Plan(
            "zespol-szkol",
            f"ZS {number}",
            f"Zespół Szkół nr {number} w Bydgoszczy",
            "Zespół szkół i placówek oświatowych",
            (
                (f"Technikum nr {number}", "Technikum"),
                (f"Branżowa Szkoła I Stopnia nr {number}", "Branżowa szkoła I stopnia"),
                (f"Liceum Ogólnokształcące nr {20 + number}", "Liceum ogólnokształcące"),
            ),
        )
    for number, roman in enumerate(ROMAN, start=1):
        name = f"{roman} Liceum Ogólnokształcące im. {PATRONS[number]} w Bydgoszczy"
        yield _Plan("szkola-ponadpodstawowa", f"{roman} LO", name, "Liceum ogólnokształcące")
    for number in range(1, 9):
        yield _Plan(
            "zespol-szkolno-przedszkolny",
            f"ZSP {number}",
            f"Zespół Szkolno-Przedszkolny nr {number} w Bydgoszczy",
            "Zespół szkół i placówek oświatowych",
            (
                (f"Szkoła Podstawowa nr {50 + number}", "Szkoła podstawowa"),
                (f"Przedszkole nr {70 + number}", "Przedszkole"),
            ),
        )
    yield from _others()


def _others() -> Iterator[_Plan]:
    for number in range(1, 5):
        name = f"Młodzieżowy Dom Kultury nr {number} w Bydgoszczy"
        kind = "placowka-wychowania-pozaszkolnego"
        yield _Plan(kind, f"MDK {number}", name, "Młodzieżowy dom kultury")
    yield _Plan(kind, "Pałac Młodzieży", "Pałac Młodzieży w Bydgoszczy", "Pałac młodzieży")
    for number in range(1, 5):
        name = f"Bursa nr {number} w Bydgoszczy"
        yield _Plan("bursa", f"Bursa {number}", name, "Bursa")
    for number in range(1, 6):
        name = f"Poradnia Psychologiczno-Pedagogiczna nr {number} w Bydgoszczy"
        yield _Plan("poradnia", f"PPP {number}", name, "Poradnia psychologiczno-pedagogiczna")
    for number in range(1, 6):
        name = f"Specjalny Ośrodek Szkolno-Wychowawczy nr {number} w Bydgoszczy"
        yield _Plan(
            "placowka-specjalna",
            f"SOSW {number}",
            name,
            "Specjalny ośrodek szkolno-wychowawczy",
            ((f"Szkoła Podstawowa Specjalna nr {60 + number}", "Szkoła podstawowa"),),
        )
    name = "Miejski Ośrodek Edukacji Nauczycieli w Bydgoszczy"
    yield _Plan("biblioteka-doskonalenie", "MOEN", name, "Placówka doskonalenia nauczycieli")
    yield _Plan("inna", "CKZ", "Centrum Kształcenia Zawodowego w Bydgoszczy", "CKZ")


def _unit(place: int, plan: _Plan, chance: Random, numbers: "count[int]") -> DemoUnit:
    mailbox = plan.short_name.lower().replace(" ", "").replace("ł", "l").replace("ż", "z")
    entries = [(plan.name, plan.type), *plan.inside]
    return DemoUnit(
        kind=plan.kind,
        short_name=plan.short_name,
        name=plan.name,
        street=f"ul. {chance.choice(STREETS)}",
        building=str(chance.randint(1, 120)),
        postal_code=f"85-{chance.randint(1, 899):03}",
        phone=f"52 555 {place // 100:02} {place % 100:02}",
        email=f"{mailbox}@example.org",
        nip=_nip(place),
        regon=_regon(place),
        entries=tuple(
            DemoEntry(rspo=str(next(numbers)), name=name, type=type_) for name, type_ in entries
        ),
        head=_person(chance, f"dyrektor.{mailbox}@example.org"),
        accountant=_person(chance, f"ksiegowosc.{mailbox}@example.org"),
        secretary=_person(chance, f"sekretariat.{mailbox}@example.org"),
    )


def _person(chance: Random, email: str) -> DemoPerson:
    woman, man = chance.choice(SURNAMES)
    if chance.random() < 0.8:  # noqa: PLR2004  # most people in schools are women
        return DemoPerson(chance.choice(WOMEN), woman, email)
    return DemoPerson(chance.choice(MEN), man, email)


def _nip(place: int) -> str:
    """A number with a right check digit, out of a range of tax offices that do not exist."""
    return next(
        number
        for number in (
            f"000{place:04}{tail:02}{check}" for tail in range(100) for check in range(10)
        )
        if identifiers.is_nip(number)
    )


def _regon(place: int) -> str:
    return next(
        number
        for number in (f"00{place + 1000:06}{check}" for check in range(10))
        if identifiers.is_regon(number)
    )
