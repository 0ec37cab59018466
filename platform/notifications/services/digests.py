"""The daily digest: one letter for all modules."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from functools import reduce
from itertools import groupby
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth import get_user_model
from django.utils import timezone

from notifications import registry
from notifications.models import Email, Notification
from notifications.services import letters
from opium.isolation import together
from opium.polish import format_moment, plural
from opium.registry import city_address, current_city, is_enabled
from todo import selectors as todo

if TYPE_CHECKING:
    from accounts.models import Person
    from todo.models import Waiting

PEOPLE_AT_ONCE = 100
NAMED = 30
"""How many news a letter names; the rest it counts."""
AHEAD = timedelta(days=7)
"""How near a deadline is that the letter names."""
TERMS = 10
DIGEST = "digest:"
"""How the key of such a letter begins; it ends with the person's id."""
BEFORE, TERMS_HEAD = "  • ", "Zbliżają się terminy:"
BULLET = re.compile(rf"^{BEFORE}", re.MULTILINE)
MORE = re.compile(r"I jeszcze (\d+) now")
_TERMS = ("termin", "terminy", "terminów")
_NEWS = ("nowa sprawa", "nowe sprawy", "nowych spraw")


def send_digests() -> int:
    """Write today's letter to everybody whom unread news awaits; how many letters that is.

    At most one a day for a person, and none where nothing is left unread. Each hundred of people
    is one transaction; run twice, or by two workers at once, it writes to nobody twice. What comes
    after the day's letter waits for tomorrow's. Somebody whose letter cannot be written keeps
    nobody else from theirs: raises `SomeFailed` after the rest.
    """
    waiting = Notification.objects.filter(awaits_digest=True).order_by("person")
    people = list(waiting.values_list("person", flat=True).distinct())
    written: list[int] = []
    together(people, lambda few: written.append(_send_to(few)), at_once=PEOPLE_AT_ONCE)
    return sum(written)


def _send_to(ids: Sequence[UUID]) -> int:
    people = get_user_model().objects.filter(pk__in=ids).order_by("pk")
    locked = {person.pk: person for person in people.select_for_update(no_key=True)}
    keys = {pk: f"{DIGEST}{timezone.localdate()}:{pk}" for pk in locked}
    done = set(Email.objects.filter(key__in=keys.values()).values_list("key", flat=True))
    waiting = Notification.objects.filter(
        awaits_digest=True, person__in=[pk for pk, key in keys.items() if key not in done]
    )
    news: dict[UUID, list[Notification]] = {}
    for one in waiting.order_by("created_at", "pk"):
        news.setdefault(one.person_id, []).append(one)
    unread = {pk: _unread(found) for pk, found in news.items() if locked[pk].is_active}
    told = [locked[pk] for pk, found in unread.items() if found]
    written = _letters(told, unread, keys) if told else []
    settled = [one.pk for found in news.values() for one in found]
    Notification.objects.filter(pk__in=settled).update(awaits_digest=False)
    letters.post(written)
    return len(written)


def take_out(news: Sequence[Notification]) -> None:
    """Let no digest that is written and has not left name these; one that told nothing else goes.

    Whoever sends it at the same moment waits, or has sent it.
    """
    by_person: defaultdict[str, list[Notification]] = defaultdict(list)
    for one in news:
        by_person[str(one.person_id)].append(one)
    unsent = Email.objects.exclude(state__in=[Email.State.SENT, Email.State.REFUSED])
    digests = unsent.filter(key__startswith=DIGEST).select_for_update().order_by("pk")
    root = city_address() if by_person else ""
    for letter in digests if by_person else ():
        gone = by_person.get(letter.key.rpartition(":")[2], ())
        body, left = _without([_line(one, root) for one in gone], letter.body)
        if body == letter.body:
            continue
        if left == 0:
            letter.delete()
            continue
        letter.subject, letter.body = _subject(left), body
        letter.save(update_fields=["subject", "body", "updated_at"])


def _without(lines: Collection[str], body: str) -> tuple[str, int]:
    """The letter without these news, nor the heading of a module of which none is left.

    And how many news it tells then, with those that it only counts.
    """
    head, *parts = body.split("\n\n")
    kept, left = [head], 0
    for part in parts:
        more = MORE.match(part)
        left += int(more[1]) if more else 0
        if not BULLET.search(part) or part.startswith(TERMS_HEAD):
            kept.append(part)
            continue
        rest = reduce(lambda text, line: text.replace(f"\n{line}", ""), lines, part)
        number = len(BULLET.findall(rest))
        left += number
        if number:
            kept.append(rest)
    return "\n\n".join(kept), left


def _line(one: Notification, root: str) -> str:
    return f"{BEFORE}{one.title}\n    {root}{one.url}"


def _subject(count: int) -> str:
    return f"{plural(count, *_NEWS)} w OPIUM: {current_city().name}"[:300]


def _unread(news: Sequence[Notification]) -> list[Notification]:
    """What is still to be told, module by module; a module switched off tells nothing."""
    modules = {
        kind.key: place for place, kind in enumerate(registry.declared()) if is_enabled(kind.module)
    }
    found = [one for one in news if one.read_at is None and one.kind in modules]
    return sorted(found, key=lambda one: modules[one.kind])


def _letters(
    people: "Sequence[Person]",
    news: Mapping[UUID, Sequence[Notification]],
    keys: Mapping[UUID, str],
) -> list[Email]:
    root = city_address()
    pressing = todo.pressing_for(people, timezone.now() + AHEAD)
    return [
        _letter(
            one, news[one.pk], _terms(pressing.get(one.pk, ()), root), key=keys[one.pk], root=root
        )
        for one in people
    ]


def _terms(rows: "Sequence[Waiting]", root: str) -> list[str]:
    """What waits and is due soon or late already, whether there was news of it or not."""
    lines = ["", TERMS_HEAD] if rows else []
    now = timezone.now()
    for row in rows[:TERMS]:
        when = "po terminie od" if row.is_overdue(now) else "do"
        due = format_moment(row.due_at) if row.due_at is not None else ""
        lines += [f"  • {when} {due}: {row.what} – {row.title}", f"    {root}{row.url}"]
    if len(rows) > TERMS:
        lines += ["", f"I jeszcze {plural(len(rows) - TERMS, *_TERMS)}: {root}/todo/waiting"]
    return lines


def _letter(
    person: "Person", news: Sequence[Notification], terms: Sequence[str], *, key: str, root: str
) -> Email:
    city = current_city().name
    lines = ["Dzień dobry,", "", f"od ostatniego zbiorczego listu czeka na Ciebie ({city}):"]
    for label, found in groupby(news[:NAMED], lambda one: _module_label(one.kind)):
        lines += ["", label]
        for one in found:
            lines.append(_line(one, root))
    if len(news) > NAMED:
        lines += ["", f"I jeszcze {plural(len(news) - NAMED, *_NEWS)}: {root}/"]
    lines += terms
    lines += ["", "O czym i jak piszemy, ustawisz w „Moje konto”:", f"{root}/accounts/me"]
    return Email(
        key=key,
        recipient=person.email,
        subject=_subject(len(news)),
        body="\n".join([*lines, "", letters.FOOTER, ""]),
    )


def _module_label(kind: str) -> str:
    return registry.kind_named(kind).module_label
