"""Lists as files: each is what its screen shows, sent as an attachment."""

from typing import IO

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
as_xlsx = extend_schema(responses={(200, XLSX): OpenApiTypes.BINARY})


def attached(content: IO[bytes], name: str) -> FileResponse:
    """The open file as an answer, which closes it at its end."""
    return FileResponse(content, as_attachment=True, filename=name, content_type=XLSX)
