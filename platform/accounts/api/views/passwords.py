from typing import TYPE_CHECKING, cast

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import selectors, services
from accounts.api.serializers import passwords as shapes
from api.reading import read

if TYPE_CHECKING:
    from accounts.models import Link


class Letter(APIView):
    """For whoever holds a letter's link, signed in or not."""

    permission_classes = (AllowAny,)


class LinkView(Letter):
    """What the link is for. In the body, so that no log keeps the secret."""

    @extend_schema(request=shapes.LinkIn, responses=shapes.LinkOut)
    def post(self, request: Request) -> Response:
        link = services.read_link(**read(shapes.LinkIn, request))
        letter = cast("Link", selectors.letter_of(link))  # it is drawn as one, with more
        return Response(shapes.LinkOut(letter).data)


class PasswordView(Letter):
    """Sets the password by the link of an invitation or of a forgotten password."""

    @extend_schema(request=shapes.NewPasswordIn, responses={204: None})
    def post(self, request: Request) -> Response:
        services.set_password(**read(shapes.NewPasswordIn, request))
        return Response(status=204)


class ForgottenView(Letter):
    """Sends a link to whoever has an account; the answer is the same for every address."""

    @extend_schema(request=shapes.ForgottenIn, responses={202: None})
    def post(self, request: Request) -> Response:
        services.ask_for_password(**read(shapes.ForgottenIn, request))
        return Response(status=202)


class EmailView(Letter):
    """Confirms the new address by the link sent to it."""

    @extend_schema(request=shapes.LinkIn, responses={204: None})
    def post(self, request: Request) -> Response:
        services.confirm_email(**read(shapes.LinkIn, request))
        return Response(status=204)
