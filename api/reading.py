"""What a request says, checked by its shape."""

from typing import Any

from rest_framework.request import Request
from rest_framework.serializers import Serializer


def read(shape: type[Serializer[Any]], request: Request, *, partial: bool = False) -> Any:
    """The body of the request, checked; raises DRF's `ValidationError`."""
    return _checked(shape(data=request.data, partial=partial))


def asked(shape: type[Serializer[Any]], request: Request) -> Any:
    """The query parameters of the request, checked; raises DRF's `ValidationError`."""
    return _checked(shape(data=request.query_params))


def _checked(given: Serializer[Any]) -> Any:
    given.is_valid(raise_exception=True)
    return given.validated_data
