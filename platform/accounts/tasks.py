from datetime import time

from accounts.services import devices, joinings, letting_know, links, passwords, purge_expired
from opium.permissions import SYSTEM
from outbox.registry import task


def _not_sent(link_id: str, *, sentence: str) -> str:
    return links.note_trouble(link_id, sentence)


@task(
    "accounts.send_link",
    label="E-mail z odnośnikiem do konta",
    on_given_up=_not_sent,
    on_tried_again=links.settle_trouble,
)
def send_link(link_id: str) -> None:
    """Safe to run twice: a letter that has left stays sent."""
    links.send_link(link_id)


@task("accounts.tell_joining", label="Prośba o dołączenie do jednostki")
def tell_joining(joining_id: str) -> None:
    """Safe to run twice: whoever was told is not told again."""
    joinings.tell_joining(joining_id)


@task("accounts.send_password_link", label="Odnośnik do nowego hasła")
def send_password_link(email: str) -> None:
    """Safe to run twice: both links are good."""
    passwords.send_password_link(email)


@task("accounts.tell_of_change", label="E-mail o zmianie w sposobie logowania")
def tell_of_change(person_id: str, what: str, address: str) -> None:
    """Run twice it tells twice, which does no harm."""
    letting_know.send_change(person_id, what, address)


@task("accounts.tell_of_device", label="Wiadomość o logowaniu z nowego urządzenia")
def tell_of_device(person_id: str, news_id: str, subject: str, body: str) -> None:
    """Safe to run twice: the same news is told once."""
    devices.tell_of_device(person_id, news_id, subject, body)


@task(
    "accounts.purge_expired",
    label="Usuwanie wygasłych odnośników i sesji",
    lease=600,
    daily_at=time(3),
    in_console=True,
)
def purge_expired_rows() -> None:
    """Safe to run twice: what is gone is not found again."""
    purge_expired(actor=SYSTEM)
