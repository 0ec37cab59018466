"""Files of a city that is restored: rows came first, now their bytes, under the city's own keys."""

from contextlib import closing

from django.db.models import Value
from django.db.models.functions import Concat, Substr

from files import errors, selectors, storage
from files.models import File
from files.storage import KeyOfAnotherCity, Missing, Source


def settle(*, was: str) -> None:
    """Rows of a city whose schema was called so name the current city's folder from now on.

    Raises `ForeignKeys` where one names a place outside the folder that it came from.
    """
    if File.objects.exclude(key__startswith=f"{was}/").exists():
        raise errors.ForeignKeys
    if was != storage.city():
        folder = Value(f"{storage.city()}/")
        File.objects.update(key=Concat(folder, Substr("key", len(was) + 2)))
    try:
        for key in File.objects.values_list("key", flat=True).iterator():
            storage.owned(key, storage.city())
    except KeyOfAnotherCity as error:
        raise errors.ForeignKeys from error


def put_back(*, sha256: str, source: Source, written: list[str]) -> None:
    """Lay the content under the key of every ready file that has it.

    Keys under which nothing lay are added to `written` before they are, for whoever has to clean
    up. Raises `UnknownContent` where no file has it.
    """
    store = storage.current()
    keys = list(selectors.ready_files().filter(sha256=sha256).values_list("key", flat=True))
    if not keys:
        raise errors.UnknownContent(sha256=sha256)
    for key in keys:
        if _is_absent(store, key):
            written.append(key)
        if key == keys[0]:
            store.save(key, source)
            continue
        with closing(store.open(keys[0])) as first:
            store.save(key, first)


def _is_absent(store: storage.Store, key: str) -> bool:
    try:
        store.open(key).close()
    except Missing:
        return True
    return False
