"""The letters of accounts, and the links in them."""

from uuid import UUID, uuid4

from django.conf import settings
from django.core import mail

from accounts.models import Link, Person
from opium import registry
from opium.polish import format_moment
from opium.secrets import sealed, unsealed

_PURPOSE = "accounts.link"
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


def token_of(link: Link) -> str:
    """The secret of the link's address; only the same city of the same installation can make it."""
    return sealed(_PURPOSE, link.pk)


def link_of(token: str) -> UUID | None:
    """The id of the link with that secret; None where nobody here made it."""
    return unsealed(_PURPOSE, token)


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


def _send(subject: str, body: str, address: str, key: str) -> None:
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
    mail.EmailMessage(
        " ".join(subject.split()),
        body,
        to=[address],
        headers={"Message-ID": f"<{key}@{host}>", "Auto-Submitted": "auto-generated"},
    ).send()
