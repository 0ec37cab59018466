from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from accounts import services
from accounts.api.reading import Caller


class AuditorPackView(Caller):
    """What a yearly audit asks, in one ZIP; taking it is an entry of the log."""

    limited = {"get": "export"}

    @extend_schema(responses={(200, "application/zip"): OpenApiTypes.BINARY})
    def get(self, request: Request) -> StreamingHttpResponse:
        name = f"paczka-dla-audytora-{timezone.localdate():%Y-%m-%d}.zip"
        return StreamingHttpResponse(
            services.export_auditor_pack(actor=self.actor),
            content_type="application/zip",
            headers={
                "Content-Disposition": str(
                    content_disposition_header(as_attachment=True, filename=name)
                )
            },
        )
