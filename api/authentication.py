from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request


class CitySession(SessionAuthentication):
    """Django's session with CSRF; a stranger gets 401, so that the client asks to sign in."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"
