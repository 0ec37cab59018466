"""The kinds of news that modules tell people; each module declares its own in `wiring`."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.apps import apps

from notifications.models import Channel
from opium.declaring import Registry
from opium.registry import installed_modules

__all__ = [
    "HERE",
    "SECURITY",
    "Channel",
    "Kind",
    "UndeclaredKind",
    "declare",
    "declare_link",
    "declared",
    "filled",
    "kind_named",
]


@dataclass(frozen=True, slots=True)
class Kind:
    """One line of the settings of a person: how this kind of news reaches them."""

    key: str
    """`<module>.<noun>`; what `News.kind` carries."""
    label: str
    """In Polish, a few words: „Nowa wiadomość”."""
    sentence: str
    """In Polish: when it comes."""
    default: Channel = Channel.AT_ONCE
    is_fixed: bool = False
    """Whether nobody can choose otherwise: letters about the safety of the account."""

    @property
    def module(self) -> str:
        return self.key.partition(".")[0]

    @property
    def module_label(self) -> str:
        return str(apps.get_app_config(self.module).verbose_name)


SECURITY = Kind(
    "accounts.security",
    "Bezpieczeństwo konta",
    "Zaproszenie, nowe hasło, zmiana adresu e-mail i logowania. Tych listów nie można wyłączyć.",
    is_fixed=True,
)
HERE = "{tu_bedzie_odnosnik}"
"""Where in a letter's body the address of its link is put when it leaves."""
AddressOf = Callable[[UUID], str]
_links: Registry[AddressOf] = Registry("kind of link")


def declare_link(kind: str, address_of: AddressOf) -> None:
    """Let letters carry links of this kind; `address_of(id)` is "" for one that has ended."""
    _links.declare(kind, address_of)


def filled(body: str, link: str) -> str:
    """The body as it leaves: the secret of its link stands in it, and in no row."""
    if not link:
        return body
    kind, _, row = link.partition(":")
    return body.replace(HERE, _links[kind](UUID(row)) or ENDED)


ENDED = "(Ten odnośnik już nie działa. Zaloguj się, aby zobaczyć sprawę.)"
_kinds: Registry[Kind] = Registry("kind of news")
_kinds.declare(SECURITY.key, SECURITY)


def declare(*kinds: Kind) -> None:
    """Let `notify` tell news of these kinds, and people choose how each reaches them."""
    for kind in kinds:
        _kinds.declare(kind.key, kind)


def kind_named(key: str) -> Kind:
    """Raises `UndeclaredKind`, which is a mistake of whoever wrote the module."""
    if key not in _kinds:
        raise UndeclaredKind(key)
    return _kinds[key]


def declared() -> list[Kind]:
    """Every kind, module by module in the order of the house."""
    order = [module.label for module in installed_modules()]
    return sorted(_kinds.values(), key=lambda kind: order.index(kind.module))


class UndeclaredKind(LookupError):
    """No module declares this kind of news: `notifications.registry.declare` it in `wiring`."""
