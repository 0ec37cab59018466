"""Questions about the city's letter templates."""

from django.db.models import Max, QuerySet

from opium.models import holding
from opium.permissions import Actor
from procedures.models import LetterTemplate, TemplateRevision
from procedures.permissions import Permission

SEEING = (Permission.MANAGE_LETTERS, Permission.ACT_IN_CASE, Permission.MANAGE_PROCEDURES)
"""Each lets see the templates."""


def templates_visible_to(actor: Actor) -> QuerySet[LetterTemplate]:
    """Templates with the number of their newest revision (`newest`), for whoever makes letters."""
    if not any(actor.reach(permission) for permission in SEEING):
        return LetterTemplate.objects.none()
    return LetterTemplate.objects.annotate(newest=Max("revisions__number")).order_by(
        "sort_key", "pk"
    )


def template_keys() -> frozenset[str]:
    """The keys by which procedures may call letters."""
    return frozenset(LetterTemplate.objects.filter(is_archived=False).values_list("key", flat=True))


def template_digests() -> dict[str, str]:
    """Key of each template in use -> the SHA-256 of its newest docx; one query."""
    newest = (
        TemplateRevision.objects.filter(template__is_archived=False)
        .order_by("template", "-number")
        .distinct("template")
    )
    return dict(newest.values_list("template__key", "file__sha256"))


def templates_matching(templates: QuerySet[LetterTemplate], text: str) -> QuerySet[LetterTemplate]:
    """Those with every word of `text` in name or key."""
    return holding(templates, text, ("name", "key"))
