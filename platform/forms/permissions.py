from typing import TYPE_CHECKING

from forms import registry
from opium import permissions, starting
from opium.errors import NotFound
from opium.permissions import Actor, MissingPermission, System, may, require

if TYPE_CHECKING:
    from forms.models import Form, Sheet


class Permission(permissions.Permission):
    """Forms belong to no unit, so the rights to them count only in the whole city."""

    MANAGE_FORMS = (
        "forms.manage_forms",
        "Tworzenie formularzy",
        "Układa formularze, publikuje ich wersje i przenosi na nie arkusze w toku.",
    )
    VIEW_FORMS = (
        "forms.view_forms",
        "Przeglądanie formularzy",
        "Widzi formularze miasta, ich wersje i zestawienia odpowiedzi, do których ma dostęp.",
    )
    MANAGE_DICTIONARIES = (
        "forms.manage_dictionaries",
        "Słowniki i tabele jednostek",
        "Prowadzi listy do wyboru i tabele, z których formularze biorą dane jednostek.",
    )
    FILL_SHEET = (
        "forms.fill_sheet",
        "Wypełnianie formularzy",
        "Wypełnienie formularza; kto może to zrobić, rozstrzyga sprawa, do której on należy.",
        permissions.Held.BY_EVERYBODY,
    )


starting.give(starting.ADMINISTRATOR, *Permission)
starting.give(starting.OFFICERS, Permission.VIEW_FORMS)


def views_forms(actor: Actor) -> bool:
    """Whether the actor sees the city's forms: whoever makes them does too."""
    return any(
        actor.reach(one).everywhere for one in (Permission.VIEW_FORMS, Permission.MANAGE_FORMS)
    )


def views_lists(actor: Actor) -> bool:
    """Whether the actor sees dictionaries and tables of units; an author of forms chooses them."""
    return views_forms(actor) or actor.reach(Permission.MANAGE_DICTIONARIES).everywhere


def may_view(actor: Actor, sheet: "Sheet") -> bool:
    """Whether the sheet's owner lets the actor see it; nobody where the owner is unknown."""
    if isinstance(actor, System):
        return True
    guard = registry.guard_of(sheet)
    return guard is not None and guard.may_view(actor, sheet)


def reads_veiled(actor: Actor, sheet: "Sheet") -> bool:
    """Whether the sheet is shown to the actor without what tells whose it is; else `NotFound`."""
    if may_view(actor, sheet):
        return False
    guard = registry.guard_of(sheet)
    if guard is None or not guard.veils(actor, sheet):
        raise NotFound
    return True


def may_fill(actor: Actor, sheet: "Sheet") -> bool:
    """Whether the actor may write answers into it now: it is a draft, and the owner lets them."""
    if sheet.state != "draft":
        return False
    if isinstance(actor, System):
        return True
    guard = registry.guard_of(sheet)
    return (
        guard is not None
        and may(actor, Permission.FILL_SHEET, sheet)
        and guard.may_fill(actor, sheet)
    )


def may_submit(actor: Actor, sheet: "Sheet") -> bool:
    """Whether the sheet's own page submits it for this actor."""
    if not may_fill(actor, sheet):
        return False
    guard = registry.guard_of(sheet)
    if guard is None or guard.may_submit is None:
        return True
    return guard.may_submit(actor, sheet)


def require_sight(actor: Actor, sheet: "Sheet") -> None:
    """Let whoever may see the sheet go on; for anybody else there is no such sheet."""
    if not may_view(actor, sheet):
        raise NotFound


def require_filling(actor: Actor, sheet: "Sheet") -> None:
    """Let whoever the owner lets fill the sheet go on, whatever its state; else `Forbidden`."""
    if isinstance(actor, System):
        return
    guard = registry.guard_of(sheet)
    fills = guard is not None and guard.may_fill(actor, sheet)
    if not fills:
        require_sight(actor, sheet)
    require(actor, Permission.FILL_SHEET, sheet)
    if not fills:
        raise MissingPermission(Permission.FILL_SHEET, sheet)


def open_sections(sheet: "Sheet") -> frozenset[str] | None:
    """Keys of the sections that may be changed; None where every one may."""
    guard = registry.guard_of(sheet)
    return guard.open_sections(sheet) if guard is not None else sheet.open_sections


def verbs_on_form(actor: Actor, form: "Form") -> list[str]:
    """What the screens offer this actor for the form."""
    if not actor.reach(Permission.MANAGE_FORMS).everywhere:
        return ["export"]
    if form.is_archived:
        return ["export", "copy", "restore"]
    return ["change", "publish", "copy", "archive", "export"]


def verbs_on_sheet(actor: Actor, sheet: "Sheet") -> list[str]:
    """What the sheet's page offers this actor."""
    verbs = []
    if may_fill(actor, sheet):
        verbs.append("fill")
        if may_submit(actor, sheet):
            verbs.append("submit")
    return verbs
