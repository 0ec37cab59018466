from django.http.response import HttpResponseBase
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from accounts import services
from accounts.api.callers import Caller
from api.files import ZIP, attached, file_of


class AuditorPackView(Caller):
    """What a yearly audit asks, in one ZIP; taking it is an entry of the log."""

    limited = {"get": "export"}

    @extend_schema(responses=file_of(ZIP))
    def get(self, request: Request) -> HttpResponseBase:
        name = f"paczka-dla-audytora-{timezone.localdate():%Y-%m-%d}.zip"
        return attached(services.export_auditor_pack(actor=self.actor), name, ZIP)
