"""Files as answers: sent as an attachment, or found at an address that lives for a short while."""

from collections.abc import Iterable
from typing import IO

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
JSON = "application/json"
CSV = "text/csv"


def file_of(*media: str) -> dict[tuple[int, str], object]:
    """What the schema says of an answer that is a file of one of these kinds."""
    return {
        (200, one): OpenApiTypes.OBJECT if one == JSON else OpenApiTypes.BINARY for one in media
    }


as_xlsx = extend_schema(responses=file_of(XLSX))
REDIRECT = {302: OpenApiResponse(description="A short-lived address of the file")}


def attached(
    content: bytes | IO[bytes] | Iterable[bytes] | Iterable[str],
    name: str,
    media: str = XLSX,
) -> HttpResponseBase:
    """The answer that a browser saves under `name`: whole, an open file, or in pieces.

    An open file is closed at the answer's end.
    """
    if hasattr(content, "read"):
        return FileResponse(content, as_attachment=True, filename=name, content_type=media)
    kind = HttpResponse if isinstance(content, bytes) else StreamingHttpResponse
    disposition = str(content_disposition_header(as_attachment=True, filename=name))
    return kind(content, content_type=media, headers={"Content-Disposition": disposition})
