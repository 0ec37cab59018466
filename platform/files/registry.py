"""What rooms above tell about the people who send files."""

from collections.abc import Callable, Collection
from uuid import UUID

from opium.declaring import Registry

Colleagues = Callable[[UUID], Collection[tuple[str, Collection[UUID]]]]
"""Of a person the places, each with its name and the ids of those who belong to it."""

PLACES: Registry[Colleagues] = Registry("kind of places whose files are counted")
