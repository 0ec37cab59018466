from importlib import import_module
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models.person import Person
from opium.models import Record, Stored

if TYPE_CHECKING:
    from django.contrib.sessions.backends.base import SessionBase


class LinkQuerySet(models.QuerySet["Link"]):
    def open_now(self) -> "LinkQuerySet":
        return self.filter(ended_at=None, expires_at__gt=timezone.now())


class Link(Record):
    """A letter's link that proves whose mailbox it is: one deed, once, before it expires.

    The secret part is never stored: it is made from the row's id, the city and the installation's
    key (`accounts.letters`).
    """

    class Kind(models.TextChoices):
        INVITATION = "invitation", "zaproszenie"
        PASSWORD = "password", "nowe hasło"
        EMAIL = "email", "zmiana adresu"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(max_length=10, choices=Kind)
    address = models.EmailField(max_length=254)
    """The mailbox that it is sent to; for a change of address the new one."""
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    """When it was used, withdrawn, or replaced by a newer one."""
    trouble = models.CharField(max_length=1000, default="", blank=True)
    """Why its letter did not leave, in Polish; "" while nothing is known against it."""

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = "odnośnik"
        indexes = [models.Index(name="link_by_person", fields=["person", "kind"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.address}"


class Session(Stored, AbstractBaseSession):
    """A browser that somebody is signed in with; a row of a stranger's browser has no person."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", null=True)
    address = models.GenericIPAddressField(null=True)
    agent = models.CharField(max_length=300, default="")
    started_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta(AbstractBaseSession.Meta):
        verbose_name = "sesja"
        verbose_name_plural = "sesje"

    @classmethod
    def get_session_store_class(cls) -> "type[SessionBase]":
        store: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
        return store

    @property
    def id(self) -> str:
        """What names the session to its owner; the key itself would open it."""
        return salted_hmac("accounts.session", self.session_key, algorithm="sha256").hexdigest()[
            :32
        ]


class Device(Record):
    """A browser that the person has signed in with, known again by a mark that it keeps.

    Only the mark's digest is here. One that has ended is kept, so that it is known as unknown.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    seen_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "znane urządzenie"
        verbose_name_plural = "znane urządzenia"
        constraints = [
            models.UniqueConstraint(fields=["person", "digest"], name="one_device_per_mark")
        ]

    def __str__(self) -> str:
        return f"urządzenie, {self.seen_at:%d.%m.%Y}"


class FactorLoss(Record):
    """That somebody, by a link from the person's mailbox, says that the factors are not theirs.

    It takes nothing away: a second person decides.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "zgłoszenie utraty drugiego składnika"
        verbose_name_plural = "zgłoszenia utraty drugiego składnika"
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(ended_at=None),
                name="one_open_loss_per_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: utrata drugiego składnika"


class SignInRules(models.Model):
    """What a city has settled about signing in: one row, or none where it is as it came."""

    class LostFactor(models.TextChoices):
        """What takes away the factors of somebody who resets the password without them."""

        ADMINISTRATOR = "administrator", "decyzja osoby, która prowadzi konta"
        RECOVERY_CODE = "recovery_code", "kod zapasowy, a bez niego ta sama decyzja"

    lost_factor = models.CharField(
        max_length=15, choices=LostFactor, default=LostFactor.RECOVERY_CODE
    )
    tells_new_devices = models.BooleanField(default=True)

    class Meta:
        verbose_name = "zasady logowania"
        verbose_name_plural = "zasady logowania"

    def __str__(self) -> str:
        return "zasady logowania"


class Attempts(models.Model):
    """How often something was tried lately under one key, such as a mailbox or an address."""

    key = models.CharField(max_length=100, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(default=timezone.now)
    locked_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "próby"

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"
