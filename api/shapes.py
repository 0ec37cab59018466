"""The base of serializers whose fields bear names that DRF's own class has: label, errors, data."""

from typing import TYPE_CHECKING, Any, TypeVar

from api.drawing import Drawn

T = TypeVar("T")


class Shape(Drawn[T]):
    # A docstring would stand in the API's description of every subclass. At run time DRF takes
    # declared fields off the class, so that nothing of its own is hidden.
    if TYPE_CHECKING:
        label: Any
        data: Any
        errors: Any
        fields: Any
        required: Any
        is_valid: Any
