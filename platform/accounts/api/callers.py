"""What the views of accounts share."""

from typing import cast

from accounts.models import Person
from api.viewsets import ActorMixin


class Caller(ActorMixin):
    """Whoever is signed in is a person with an account of their own."""

    @property
    def person(self) -> Person:
        return cast("Person", self.request.user)
