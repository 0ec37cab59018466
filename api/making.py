"""How the answer goes over the wire that something is made in the background."""

from typing import Protocol
from uuid import UUID

from rest_framework import serializers

from api.drawing import Drawn


class UnderWay(Protocol):
    """What is being made: a row of `files`, which this edge does not know."""

    @property
    def pk(self) -> UUID: ...


class UnderWayOut(Drawn[UnderWay]):
    """What was asked for is being made; look at it under `files/makings/` by its id."""

    id = serializers.UUIDField(source="pk")
