"""Whether the installation works, from facts: what the database and the disk say."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from opium.polish import format_size, plural
from outbox import selectors as outbox
from outbox.registry import Facts

CLOCK_SILENT = 60
"""Seconds after which a clock that ticks every five has stopped."""
JOB_LATE = 300
"""Seconds that due work may wait for a worker."""
MAIL_LATE = 900
"""Seconds after which a letter should have left."""
DISK_FREE = 0.05
"""The share of the disk that must be free for uploads to go on."""
_JOBS = ("zadanie", "zadania", "zadań")


@dataclass(frozen=True, slots=True)
class Check:
    """One fact: whether it is as it should be, and the sentence that tells it to operators."""

    name: str
    is_ok: bool
    sentence: str


def checks() -> list[Check]:
    """Every fact, the most telling first; a bounded number of queries."""
    facts = outbox.facts()
    return [_clock(facts), _work(facts), _mail(facts), _given_up(facts), *_disks()]


def _clock(facts: Facts) -> Check:
    if facts.last_tick is None:
        return Check("clock", is_ok=False, sentence="Zegar jeszcze się nie odezwał.")
    seconds = round((timezone.now() - facts.last_tick).total_seconds())
    return Check("clock", seconds <= CLOCK_SILENT, f"Zegar odezwał się {seconds} s temu.")


def _work(facts: Facts) -> Check:
    if facts.oldest_due is None:
        return Check("work", is_ok=True, sentence="Żadne zadanie w tle nie czeka.")
    seconds = round((timezone.now() - facts.oldest_due).total_seconds())
    return Check(
        "work",
        seconds <= JOB_LATE,
        f"Na wykonanie czeka {plural(facts.waiting, *_JOBS)}, najstarsze od {seconds} s.",
    )


def _mail(facts: Facts) -> Check:
    if facts.oldest_mail is None:
        return Check("mail", is_ok=True, sentence="Żaden e-mail nie czeka na wysłanie.")
    minutes = round((timezone.now() - facts.oldest_mail).total_seconds() / 60)
    is_ok = minutes * 60 <= MAIL_LATE
    return Check("mail", is_ok, f"Najstarszy niewysłany e-mail czeka {minutes} min.")


def _given_up(facts: Facts) -> Check:
    if not facts.given_up:
        return Check("given_up", is_ok=True, sentence="Wszystkie zadania się udały.")
    told = plural(facts.given_up, "nieudane zadanie", "nieudane zadania", "nieudanych zadań")
    return Check("given_up", is_ok=False, sentence=f"Na liście stoi {told}.")


def _disks() -> Iterator[Check]:
    """The disk of the files, where they lie on one of ours."""
    if settings.S3_BUCKET:
        return
    root = Path(settings.FILES_ROOT)
    place = next(one for one in (root, *root.parents) if one.exists())
    usage = shutil.disk_usage(place)
    yield Check(
        "disk",
        usage.free >= usage.total * DISK_FREE,
        f"Na dysku plików jest wolne {format_size(usage.free)} z {format_size(usage.total)}.",
    )
