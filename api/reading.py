"""What a request says, checked by its shape."""

from typing import Any, TypeVar

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.serializers import Serializer

PARSE_ERROR = "Tych danych nie da się odczytać: są zbyt głęboko zagnieżdżone."
S = TypeVar("S", bound=Serializer[Any])


class Json(JSONParser):
    """DRF's, to which a body nested deeper than the interpreter can follow is a bad one too."""

    def parse(self, *given: Any, **named: Any) -> Any:
        try:
            return super().parse(*given, **named)
        except RecursionError as error:
            raise ParseError(PARSE_ERROR) from error


def read(shape: type[Serializer[Any]], request: Request, *, partial: bool = False) -> Any:
    """The body of the request, checked; raises DRF's `ValidationError`."""
    return checked(shape, request, partial=partial).validated_data


def asked(shape: type[Serializer[Any]], request: Request) -> Any:
    """The query parameters of the request, checked; raises DRF's `ValidationError`."""
    return sought(shape, request).validated_data


def checked(shape: type[S], request: Request, *, partial: bool = False) -> S:
    """As `read`, the serializer itself, for one that makes something of what it was given."""
    return _checked(shape(data=request.data, partial=partial))


def sought(shape: type[S], request: Request) -> S:
    """As `asked`, the serializer itself."""
    return _checked(shape(data=request.query_params))


def _checked(serializer: S) -> S:
    serializer.is_valid(raise_exception=True)
    return serializer
