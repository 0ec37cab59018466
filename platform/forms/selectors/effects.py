"""What publishing would do to the sheets in flight."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet

from forms import registry
from forms.differences import Change, compare
from forms.models import Form, Sheet
from forms.permissions import Permission
from forms.selectors.carrying import Carried, carry, in_blocks, without_rows
from forms.selectors.definitions import definition_of, newest_or_none, readable
from opium.permissions import Actor, require
from opium.polish import plural

MOST_NAMES = 20
IN_FLIGHT = (Sheet.State.DRAFT, Sheet.State.SUBMITTED)


@dataclass(slots=True)
class Count:
    """In how many sheets the same thing happens to the same question."""

    path: str
    label: str
    sentence: str
    count: int = 0


@dataclass(slots=True)
class Group:
    """Sheets in the same state on the same revision: the author decides about them together."""

    revision: int
    state: str
    count: int = 0
    losing: int = 0
    """Sheets that lose an answer at least."""
    asked: int = 0
    """Sheets whose people would have something to correct or to add."""
    owners: list[str] = field(default_factory=list)
    losses: list[Count] = field(default_factory=list)
    newly_required: list[Count] = field(default_factory=list)
    newly_wrong: list[Count] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """As „43 złożone arkusze na wersji 2: 3 tracą odpowiedzi, 5 ma coś do uzupełnienia”."""
        what = plural(self.count, *NOUNS[self.state])
        lose = plural(self.losing, "traci odpowiedź", "tracą odpowiedzi", "traci odpowiedzi")
        ask = plural(
            self.asked,
            "ma coś do uzupełnienia lub poprawy",
            "mają coś do uzupełnienia lub poprawy",
            "ma coś do uzupełnienia lub poprawy",
        )
        parts = [
            sentence for number, sentence in ((self.losing, lose), (self.asked, ask)) if number
        ]
        effect = ", ".join(parts) or "nic nie tracą i nie mają niczego do uzupełnienia"
        return f"{what} na wersji {self.revision}: {effect}."


NOUNS = {
    "draft": ("niezłożony arkusz", "niezłożone arkusze", "niezłożonych arkuszy"),
    "submitted": ("złożony arkusz", "złożone arkusze", "złożonych arkuszy"),
}


@dataclass(frozen=True, slots=True)
class Effects:
    changes: list[Change]
    groups: list[Group]


def effects_of(actor: Actor, form: Form) -> Effects:
    """What publishing the draft changes, and for whom, counted on the real sheets.

    It reads the sheets in blocks: six queries for each two hundred of them. Raises
    `FormUnreadable` for a draft that cannot be read.
    """
    require(actor, Permission.MANAGE_FORMS, form)
    new = readable(form.draft)
    newest = newest_or_none(form)
    changes = compare(definition_of(newest), new) if newest is not None else []
    groups: dict[tuple[int, str], Group] = {}
    shown: dict[tuple[int, str], list[Sheet]] = {}
    for sheets in in_blocks(_in_flight(form).iterator(chunk_size=500)):
        for one in carry(sheets, new):
            place = (one.sheet.revision.number, one.sheet.state)
            group = groups.setdefault(place, Group(*place))
            _count(group, one)
            listed = shown.setdefault(place, [])
            if len(listed) < MOST_NAMES:
                listed.append(one.sheet)
    names = _names(actor, [sheet for listed in shown.values() for sheet in listed])
    for place, listed in shown.items():
        named = (names.get(sheet.pk, "") for sheet in listed)
        groups[place].owners = list(dict.fromkeys(filter(None, named)))
    return Effects(changes, [groups[place] for place in sorted(groups)])


def in_flight(form: Form) -> dict[str, QuerySet[Sheet]]:
    """Owner kind -> its sheets of the form that a new revision may move."""
    running = Sheet.objects.filter(form=form, state__in=IN_FLIGHT)
    return {
        kind: guard.in_flight(running.filter(owner_kind=kind))
        for kind, guard in registry.guards().items()
    }


def _in_flight(form: Form) -> QuerySet[Sheet]:
    ids = Sheet.objects.none().values("pk")
    for sheets in in_flight(form).values():
        ids = ids.union(sheets.order_by().values("pk"))
    return Sheet.objects.filter(pk__in=ids).select_related("revision").order_by("pk")


def _count(group: Group, one: Carried) -> None:
    group.count += 1
    group.losing += bool(one.losses)
    group.asked += bool(one.to_correct)
    _add(group.losses, ((loss.path, loss.label, loss.sentence) for loss in one.losses))
    for is_missing, counts in ((True, group.newly_required), (False, group.newly_wrong)):
        wrong = (fault for fault in one.faults if fault.is_missing is is_missing)
        _add(counts, ((fault.path, fault.label, fault.sentence) for fault in wrong))


def _add(counts: list[Count], found: Iterable[tuple[str, str, str]]) -> None:
    """Each path once for a sheet, however many of its rows it concerns."""
    once = {without_rows(path): (label, sentence) for path, label, sentence in found}
    known = {count.path: count for count in counts}
    for path, (label, sentence) in once.items():
        if path not in known:
            counts.append(Count(path, label, sentence))
            known[path] = counts[-1]
        known[path].count += 1


def _names(actor: Actor, sheets: list[Sheet]) -> dict[UUID, str]:
    """Sheet -> what its matter is called, where the actor may see it."""
    found: dict[UUID, str] = {}
    for kind, guard in registry.guards().items():
        ids = [sheet.pk for sheet in sheets if sheet.owner_kind == kind]
        if ids:
            seen = guard.visible(actor, Sheet.objects.filter(pk__in=ids))
            owners = dict(seen.values_list("pk", "owner_id"))
            names: Mapping[UUID, str] = guard.names(set(owners.values()))
            found |= {pk: names[owner] for pk, owner in owners.items() if owner in names}
    return found
