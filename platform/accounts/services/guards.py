"""What several verbs must leave true."""

from collections.abc import Iterator
from contextlib import contextmanager

from accounts.errors import LastAdministrator
from accounts.models import Assignment, Role
from accounts.permissions import Permission
from accounts.scopes import CITY


@contextmanager
def an_administrator_stays() -> Iterator[None]:
    """Raise `LastAdministrator` where the block takes the city its last administrator.

    Somebody with an open account, who today and without end assigns roles in the whole city. A
    city that has none yet (it is being opened) may go on without. Those who take rights away at
    the same time wait for each other.
    """
    with_the_right = {"permissions__contains": [Permission.MANAGE_ROLES]}
    list(Role.objects.select_for_update().filter(**with_the_right).order_by("pk"))
    had_today, had_for_good = _administrators()
    yield
    today, for_good = _administrators()
    if (had_today and not today) or (had_for_good and not for_good):
        raise LastAdministrator


def _administrators() -> tuple[bool, bool]:
    ends = list(
        Assignment.objects.in_force()
        .filter(
            scope_kind=CITY,
            person__is_active=True,
            role__permissions__contains=[Permission.MANAGE_ROLES],
        )
        .values_list("valid_to", flat=True)
    )
    return bool(ends), None in ends
