"""Panels for whoever looks at them: which there are, who sits in them, what is before them."""

from uuid import UUID

from procedures.models import Panel


def panel_of(owner: tuple[str, UUID], key: str) -> UUID | None:
    """The panel of that owner with that key; None before its owner has settled it."""
    found = Panel.objects.filter(owner_kind=owner[0], owner_id=owner[1], key=key)
    return found.values_list("pk", flat=True).first()
