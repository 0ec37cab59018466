"""How often one person may do what costs the server much: `RATE_LIMITS`, per hour."""

from typing import TYPE_CHECKING

from django.conf import settings
from rest_framework.throttling import BaseThrottle

from accounts.services import attempts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rest_framework.request import Request
    from rest_framework.views import APIView


class PerPerson(BaseThrottle):
    """Counts what a view of ours names in `limited`, for each person and not for each address.

    119 units behind one address do not stand in each other's way. Raises `Overdone`.
    """

    def allow_request(self, request: "Request", view: "APIView") -> bool:
        limited: Mapping[str, str] = getattr(view, "limited", {})
        deed = getattr(view, "action", None) or str(request.method).lower()
        if deed in limited and request.user.is_authenticated:
            what = limited[deed]
            attempts.spend(f"{what}:{request.user.pk}", hourly=settings.RATE_LIMITS[what])
        return True
