from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts import services
from accounts.models import Person
from accounts.sessions import proved_at
from api.authentication import CitySession


class Browser(CitySession):
    """A person's session, who knows when they last proved password or factor in it."""

    def authenticate(self, request: Request) -> tuple[Person, None] | None:
        found: tuple[Person, None] | None = super().authenticate(request)
        if found is not None:
            found[0].proved_at = proved_at(request._request.session)  # noqa: SLF001  # DRF offers no other way
        return found


class ApiTokenKey(BaseAuthentication):
    """`Authorization: Bearer opium_…`: a program that acts as a person, within the key's limits."""

    def authenticate(self, request: Request) -> tuple[Person, None] | None:
        scheme, _, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "bearer":
            return None
        person = services.use_token(secret.strip())
        if person is None:
            raise AuthenticationFailed
        return person, None

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class ApiTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # registers itself
    target_class = ApiTokenKey
    name = "apiToken"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}
