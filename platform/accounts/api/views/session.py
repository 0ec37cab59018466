from typing import Any

from django.http import HttpRequest
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect, ensure_csrf_cookie
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import selectors, services
from accounts.api.serializers import session as shapes
from accounts.models import Person
from accounts.services import devices, single_sign_on
from api.reading import read
from opium import registry
from units.selectors import units_of


class Door(APIView):
    """For whoever comes in: anybody, but only from our own pages."""

    permission_classes = (AllowAny,)

    def plain(self, request: Request) -> HttpRequest:
        """Django's own request, which its log-in wants."""
        return request._request  # noqa: SLF001  # DRF offers no other way

    def shown(self, request: Request, person: Person | None) -> Response:
        waits = [] if person else services.pending_factors(self.plain(request))
        response = Response(shapes.SessionOut(_session(person) | {"second_factor": waits}).data)
        devices.leave_mark(self.plain(request), response)
        return response


class SessionView(Door):
    """Who is here; signing in and out. A view of one thing, so it carries no id."""

    @extend_schema(responses=shapes.SessionOut)
    @method_decorator(ensure_csrf_cookie)
    def get(self, request: Request) -> Response:
        return self.shown(request, request.user if isinstance(request.user, Person) else None)

    @extend_schema(request=shapes.CredentialsIn, responses=shapes.SessionOut)
    @method_decorator(csrf_protect)
    def post(self, request: Request) -> Response:
        given = read(shapes.CredentialsIn, request)
        return self.shown(request, services.sign_in(request=self.plain(request), **given))

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        services.sign_out(request=self.plain(request))
        return Response(status=204)


class CodeView(Door):
    """The second step: a code of the app, or a recovery code."""

    @extend_schema(request=shapes.CodeIn, responses=shapes.SessionOut)
    @method_decorator(csrf_protect)
    def post(self, request: Request) -> Response:
        given = read(shapes.CodeIn, request)
        return self.shown(request, services.give_code(request=self.plain(request), **given))


class KeyOptionsView(Door):
    """What the browser needs for the second step by key, or for a passkey alone."""

    @extend_schema(request=None, responses=shapes.KeyOptionsOut)
    @method_decorator(csrf_protect)
    def post(self, request: Request) -> Response:
        return Response(services.begin_key(request=self.plain(request)))


class KeyView(Door):
    """The second step by key, or a sign-in by passkey alone."""

    @extend_schema(request=shapes.CredentialIn, responses=shapes.SessionOut)
    @method_decorator(csrf_protect)
    def post(self, request: Request) -> Response:
        given = read(shapes.CredentialIn, request)
        return self.shown(request, services.give_key(request=self.plain(request), **given))


class SignInWaysView(Door):
    """The city's own ways to sign in, for the buttons of the sign-in page."""

    @extend_schema(responses=shapes.ProviderRefOut(many=True))
    def get(self, request: Request) -> Response:
        return Response(shapes.ProviderRefOut(selectors.providers(), many=True).data)


class SignInWayView(Door):
    """Begins a sign-in there: the address to go to."""

    @extend_schema(request=None, responses=shapes.AddressOut)
    @method_decorator(csrf_protect)
    def post(self, request: Request, code: str) -> Response:
        return Response({"url": single_sign_on.begin(request=self.plain(request), code=code)})


def _session(person: Person | None) -> dict[str, Any]:
    return {
        "person": person,
        "city": registry.current_city(),
        "modules": [
            module.label
            for module in registry.installed_modules()
            if registry.is_enabled(module.label)
        ],
        "permissions": person.permissions_held if person else [],
        "units": units_of(person.pk) if person else [],
        "must_enrol": bool(person and person.must_enrol),
        "has_role": bool(person and person.has_role),
    }
