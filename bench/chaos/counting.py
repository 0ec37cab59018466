"""What was lost, doubled or left undone, and how long people waited."""

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django_tenants.utils import tenant_context

from bench.chaos.cities import City
from forms.models import Sheet
from modules.messaging.models import Answer
from outbox.models import Job

FAULTY = 500
NO_FAULTS = {502, 503, 504, 507}
"""No answer of the application, or its word that something is away."""
FEWEST = 20
"""Fewer answers than these have no 95th percentile."""


def lost_and_doubled(cities: Sequence[City], told: dict[str, list[Any]]) -> dict[str, int]:
    """Answers and saved fields that were confirmed, against the rows."""
    found = Counter[str]()
    last_saved: dict[tuple[str, str], list[str]] = {}
    for schema, path, value, confirmed in told["saves"]:
        kept = last_saved.setdefault((schema, path), [])
        if confirmed:
            kept.clear()
        kept.append(value)  # a later one that nobody confirmed may stand as well
    for city in cities:
        with tenant_context(city.tenant):
            texts = Counter(Answer.objects.exclude(text="").values_list("text", flat=True))
            sheets = {str(one.pk): one.answers for one in Sheet.objects.all()}
        mine = [(text, sure) for schema, text, sure in told["answers"] if schema == city.schema]
        sure = [text for text, confirmed in mine if confirmed]
        found["confirmed"] += len(sure)
        found["lost"] += sum(text not in texts for text in sure)
        found["doubled"] += sum(texts[text] > 1 for text, _ in mine)
        for (schema, path), values in last_saved.items():
            if schema == city.schema:
                found["saved"] += 1
                stands = sheets[path.strip("/").rpartition("/")[2]].get("pytanie_3")
                found["saves_lost"] += stands not in values
    return {name: found[name] for name in ("confirmed", "lost", "doubled", "saved", "saves_lost")}


def late(took: Sequence[float]) -> float | None:
    """The 95th percentile, of as many as have one."""
    return statistics.quantiles(took, n=100)[94] if len(took) >= FEWEST else None


def waits(
    asked: Iterable[Sequence[Any]], span: tuple[float, float], *, at_once: bool = False
) -> list[float]:
    """How long people waited for what they asked then; `at_once`: without what they asked again."""
    since, until = span
    return [one[3] for one in asked if since <= one[2] < until and not (at_once and one[5] > 1)]


def by_harm(
    asked: Sequence[Sequence[Any]], happened: Sequence[dict[str, Any]], span: tuple[float, float]
) -> list[dict[str, Any]]:
    """What each harm cost, from its moment to the next one's."""
    since, until = span
    begins = [since + one["at_s"] for one in happened]
    told = []
    for one, begin, end in zip(happened, begins, [*begins[1:], until], strict=True):
        took = waits(asked, (begin, end))
        told.append(
            one
            | {
                "asked": len(took),
                "asked_again": len(took) - len(waits(asked, (begin, end), at_once=True)),
                "p50_s": statistics.median(took) if took else None,
                "p95_s": late(took),
                "longest_s": max(took, default=None),
            }
        )
    return told


def odd_answers(asked: Iterable[Sequence[Any]]) -> dict[str, int]:
    """Every status that is no success, by what was asked."""
    return dict(
        sorted(Counter(f"{one[1]} {one[4]}" for one in asked if not 200 <= one[4] < 300).items())
    )


def faults(asked: Iterable[Sequence[Any]]) -> int:
    return sum(one[4] >= FAULTY and one[4] not in NO_FAULTS for one in asked)


def undone() -> int:
    """Jobs that neither are done nor were given up."""
    return Job.objects.filter(done_at=None, given_up_at=None).count()
