"""Where a refusal for want of a right is also written down; the edge knows no audit log."""

from typing import Any, cast

from rest_framework.response import Response

from api import errors
from api.versions import ChangedMeanwhile
from audit import services as audit
from audit.selectors import last_change
from opium.permissions import Actor, MissingPermission


def handle(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Answer as the edge does; the deed's own transaction is over by now."""
    answer = errors.handle(exc, context)
    if isinstance(exc, MissingPermission):
        audit.record_refusal(
            actor=cast("Actor", context["request"].user),
            right=exc.permission,
            target=exc.subject,
            sentence=str(exc),
        )
    if isinstance(exc, ChangedMeanwhile) and answer is not None:
        actor = cast("Actor", context["request"].user)
        told = last_change(actor, exc.subject)
        answer.data["changes"] = told and {
            "at": told.at,
            "who": told.who,
            "is_own": told.is_own,
            "what": told.what,
            "fields": told.fields,
        }
    return answer
