"""Files in the format of the register."""

from django.utils import timezone

from modules.directory import services
from opium.permissions import SYSTEM

TODAY = timezone.localdate()
HEADER = [
    "Numer RSPO",
    "REGON",
    "NIP",
    "Typ",
    "Nazwa",
    "Kod terytorialny gmina",
    "Miejscowość",
    "Ulica",
    "Numer budynku",
    "Kod pocztowy",
    "Telefon",
    "E-mail",
    "Strona www",
    "Publiczność status",
    "Data założenia",
    "Data likwidacji",
    "Nazwa organu prowadzącego",
    "RSPO podmiotu nadrzędnego",
    "Typ podmiotu nadrzędnego",
    "Nazwa podmiotu nadrzędnego",
]


def school(rspo, **changes):
    row = {
        "Numer RSPO": str(rspo),
        "REGON": '="015259640"',
        "NIP": '="5252248481"',
        "Typ": "Szkoła podstawowa",
        "Nazwa": f"SZKOŁA PODSTAWOWA NR {rspo % 100}",
        "Kod terytorialny gmina": '="0461011"',
        "Miejscowość": "Bydgoszcz",
        "Ulica": "ul. Gdańska",
        "Numer budynku": '="1"',
        "Kod pocztowy": '="85-006"',
        "Telefon": '="523420338"',
        "E-mail": f"sp{rspo % 100}@example.org",
        "Strona www": "http://",
        "Publiczność status": "publiczna",
        "Data założenia": "1999.09.01",
        "Nazwa organu prowadzącego": "MIASTO BYDGOSZCZ",
    }
    return row | changes


def bring(path, **options):
    return services.import_units(actor=SYSTEM, source=path, **options)
