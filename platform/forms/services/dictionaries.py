"""The city's own lists to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from audit import services as audit
from forms import selectors
from forms.deeds import Deed
from forms.errors import KeyTaken, ListInUse
from forms.models import Dictionary, DictionaryEntry
from forms.permissions import Permission
from opium.permissions import WHOLE_CITY, Actor, require


@dataclass(frozen=True, slots=True)
class Entry:
    """One choice; an inactive one is offered no longer."""

    key: str
    label: str
    is_active: bool = True


@transaction.atomic
def add_dictionary(
    *, actor: Actor, key: str, name: str, entries: Sequence[Entry] = ()
) -> Dictionary:
    """Raises `KeyTaken`."""
    require(actor, Permission.MANAGE_DICTIONARIES, WHOLE_CITY)
    taken = Dictionary.objects.filter(key=key).first()
    if taken is not None:
        raise KeyTaken(key=key, name=taken.name)
    dictionary = Dictionary.objects.create(key=key, name=name.strip())
    _set_entries(dictionary, entries)
    _record(
        actor, Deed.ADD_DICTIONARY, dictionary, {"name": dictionary.name, "entries": len(entries)}
    )
    return dictionary


@transaction.atomic
def change_dictionary(
    *,
    actor: Actor,
    dictionary: Dictionary,
    name: str | None = None,
    entries: Sequence[Entry] | None = None,
) -> Dictionary:
    """Change what is given; `entries` are the whole list in order.

    An entry that is left out stays inactive, because answers may name it. The key never changes:
    forms name it.
    """
    require(actor, Permission.MANAGE_DICTIONARIES, dictionary)
    dictionary = Dictionary.objects.select_for_update().get(pk=dictionary.pk)
    if name is not None:
        dictionary.name = name.strip()
        dictionary.save(update_fields=["name", "sort_key", "updated_at"])
    if entries is not None:
        _set_entries(dictionary, entries)
    counted = {"entries": len(entries)} if entries is not None else {}
    _record(actor, Deed.CHANGE_DICTIONARY, dictionary, {"name": dictionary.name, **counted})
    return dictionary


@transaction.atomic
def remove_dictionary(*, actor: Actor, dictionary: Dictionary) -> None:
    """Forget a list that no form has ever used. Raises `ListInUse`."""
    require(actor, Permission.MANAGE_DICTIONARIES, dictionary)
    if users := selectors.forms_naming(dictionary=dictionary.key):
        raise ListInUse(name=dictionary.name, forms=", ".join(users))
    audit.record(
        actor=actor,
        deed=Deed.REMOVE_DICTIONARY,
        right=Permission.MANAGE_DICTIONARIES,
        target=dictionary,
        before={"name": dictionary.name, "key": dictionary.key},
    )
    dictionary.delete()


def _set_entries(dictionary: Dictionary, entries: Sequence[Entry]) -> None:
    wanted = {entry.key: entry for entry in entries}
    gone = DictionaryEntry.objects.filter(dictionary=dictionary).exclude(key__in=wanted)
    gone.update(is_active=False, position=len(wanted))
    DictionaryEntry.objects.bulk_create(
        [
            DictionaryEntry(
                dictionary=dictionary,
                key=entry.key,
                label=entry.label.strip(),
                position=position,
                is_active=entry.is_active,
            )
            for position, entry in enumerate(wanted.values())
        ],
        update_conflicts=True,
        unique_fields=["dictionary", "key"],
        update_fields=["label", "position", "is_active", "updated_at"],
    )


def _record(actor: Actor, deed: Deed, dictionary: Dictionary, after: dict[str, object]) -> None:
    audit.record(
        actor=actor, deed=deed, right=Permission.MANAGE_DICTIONARIES, target=dictionary, after=after
    )
