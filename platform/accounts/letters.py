"""The letters of accounts, and the links in them."""

from datetime import datetime
from ipaddress import ip_address, ip_network
from uuid import UUID, uuid4

from django.conf import settings
from django.core import mail

from accounts.models import Joining, Link, Person
from opium import registry
from opium.polish import format_moment
from opium.secrets import sealed, unsealed

_PURPOSE = "accounts.link"
_JOINING_PURPOSE = "accounts.joining"
_PATHS = {
    Link.Kind.INVITATION: "/invitation",
    Link.Kind.PASSWORD: "/new-password",  # a page's address
    Link.Kind.EMAIL: "/confirm-email",
}
_SUBJECTS = {
    Link.Kind.INVITATION: "Zaproszenie do OPIUM: {city}",
    Link.Kind.PASSWORD: "Nowe hasło w OPIUM: {city}",  # a letter's subject
    Link.Kind.EMAIL: "Potwierdź nowy adres e-mail w OPIUM: {city}",
}
_BODIES = {
    Link.Kind.INVITATION: """Dzień dobry,

{city} zaprasza Cię do OPIUM, platformy wydziału edukacji i jego jednostek.
Otwórz odnośnik i ustaw hasło. Zalogujesz się adresem {email}.

{link}

Odnośnik działa do {expires}. Po tym czasie poproś o nowe zaproszenie osobę, która prowadzi konta.
Jeśli nie spodziewasz się zaproszenia, nic nie rób.
""",
    Link.Kind.PASSWORD: """Dzień dobry,

ktoś poprosił o nowe hasło do konta {email} w OPIUM: {city}.
Otwórz odnośnik i ustaw nowe hasło.

{link}

Odnośnik działa do {expires}, jeden raz.
Jeśli to nie Twoja prośba, nic nie rób: hasło się nie zmieni.
""",
    Link.Kind.EMAIL: """Dzień dobry,

ten adres ma się stać adresem do logowania w OPIUM ({city}) dla konta {name}.
Potwierdź zmianę, otwierając odnośnik.

{link}

Odnośnik działa do {expires}. Jeśli to pomyłka, nic nie rób: adres się nie zmieni.
""",
}
_CHANGED = """Dzień dobry,

konto {name} w OPIUM ({city}): {what}.

Jeśli nic o tym nie wiesz, od razu ustaw nowe hasło na stronie logowania (zakończy to wszystkie
sesje, odnośniki i klucze) i napisz do osoby, która prowadzi konta w Twoim mieście.
{link}
"""


_NEW_DEVICE = """Dzień dobry,

na konto {name} w OPIUM ({city}) zalogowano się z urządzenia, którego jeszcze nie znamy.

Kiedy: {at}
Przeglądarka: {browser}{address}

Jeśli to Ty, nic nie rób. Jeśli nie, od razu ustaw nowe hasło przez „Nie pamiętam hasła” na stronie
logowania (zakończy to wszystkie sesje, odnośniki i klucze) i napisz do osoby, która prowadzi konta.

Sesje i to, czy pisać o takich logowaniach, są na stronie:"""
_BROWSERS = {
    "Edg/": "Edge",
    "OPR/": "Opera",
    "Firefox/": "Firefox",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
_SYSTEMS = {
    "Windows": "Windows",
    "Android": "Android",
    "iPhone": "iOS",
    "iPad": "iOS",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}
"""In this order, for they all claim to be others as well."""


_JOINING = """Dzień dobry,

{asker} prosi, żebyś {what} w OPIUM ({city}).
OPIUM to platforma wydziału edukacji i jego jednostek.

Otwórz odnośnik. Zobaczysz, o co chodzi, i zdecydujesz: zgoda czy odmowa. Jeśli się zgodzisz,
ustawisz hasło i zalogujesz się adresem {email}. Dopóki się nie zgodzisz, nic się nie zmieni.

{link}

Odnośnik działa do {expires}. Jeśli nie spodziewasz się tej prośby, nic nie rób albo odmów.
"""


def token_of(link: Link) -> str:
    """The secret of the link's address; only the same city of the same installation can make it."""
    return sealed(_PURPOSE, link.pk)


def link_of(token: str) -> UUID | None:
    """The id of the link with that secret; None where nobody here made it."""
    return unsealed(_PURPOSE, token)


def joining_of(token: str) -> UUID | None:
    """The id of the joining whose letter has that secret; None where nobody here made it."""
    return unsealed(_JOINING_PURPOSE, token)


def send_joining(joining: Joining) -> None:
    """Ask somebody who has no account into a place; the letter's link is the way to answer."""
    city = registry.current_city().name
    token = sealed(_JOINING_PURPOSE, joining.pk)
    body = _JOINING.format(
        city=city,
        asker=joining.asker.display_name,
        what=joining.sentence,
        email=joining.email,
        link=f"{registry.city_address()}/joining#{token}",
        expires=format_moment(joining.expires_at),
    )
    _send(f"Prośba o dołączenie w OPIUM: {city}", body, joining.email, f"{joining.pk}.joining")


def send_link(link: Link) -> None:
    """Hand the letter over now. The secret stands after `#`, which browsers send to no server."""
    kind = Link.Kind(link.kind)
    city = registry.current_city().name
    body = _BODIES[kind].format(
        city=city,
        email=link.person.email,
        name=link.person.display_name,
        link=f"{registry.city_address()}{_PATHS[kind]}#{token_of(link)}",
        expires=format_moment(link.expires_at),
    )
    _send(_SUBJECTS[kind].format(city=city), body, link.address, str(link.pk))


def send_change(person: Person, what: str, address: str) -> None:
    """Tell the mailbox what was done to the way into the account."""
    city = registry.current_city().name
    body = _CHANGED.format(
        name=person.display_name, city=city, what=what, link=registry.city_address()
    )
    _send(f"Bezpieczeństwo konta w OPIUM: {city}", body, address, f"{uuid4().hex}.changed")


def of_new_device(person: Person, agent: str, address: str | None, at: datetime) -> tuple[str, str]:
    """The subject and the body of a letter about a sign-in with an unknown browser."""
    city = registry.current_city().name
    where = _approximately(address)
    body = _NEW_DEVICE.format(
        name=person.display_name,
        city=city,
        at=format_moment(at),
        browser=browser_name(agent),
        address=f"\nAdres sieciowy: {where}" if where else "",
    )
    return f"Logowanie z nowego urządzenia w OPIUM: {city}", body


def browser_name(agent: str) -> str:
    """„Chrome, Windows”, from what a browser says about itself."""
    found = [
        next((name for sign, name in known.items() if sign in agent), "")
        for known in (_BROWSERS, _SYSTEMS)
    ]
    return ", ".join(filter(None, found)) or "nieznana"


def _approximately(address: str | None) -> str:
    """The address as far as the installation lets letters tell it (`LETTER_ADDRESS`)."""
    if not address or settings.LETTER_ADDRESS == "none":
        return ""
    if settings.LETTER_ADDRESS == "full":
        return address
    size = 24 if ip_address(address).version == 4 else 48  # noqa: PLR2004  # of IP
    return f"z sieci {ip_network(f'{address}/{size}', strict=False)}"


def _send(subject: str, body: str, address: str, key: str) -> None:
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
    mail.EmailMessage(
        " ".join(subject.split()),
        body,
        to=[address],
        headers={"Message-ID": f"<{key}@{host}>", "Auto-Submitted": "auto-generated"},
    ).send()
