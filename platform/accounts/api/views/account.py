from typing import Any

from allauth.socialaccount.models import SocialApp
from django.contrib.auth import update_session_auth_hash
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import selectors, services
from accounts.api.callers import Caller
from accounts.api.serializers import account as shapes
from accounts.api.serializers.passwords import OwnEmailIn, OwnPasswordIn
from accounts.api.serializers.people import AccountChangeIn
from accounts.api.serializers.session import CodeIn, KeyOptionsOut
from accounts.models import SignInRules
from accounts.services import factors
from api.reading import read
from api.versions import shown_in
from api.viewsets import ModuleViewSet


class Own(Caller):
    """One's own account; the person needs no right for it, an API token never has it."""

    told_once = frozenset({"post"})

    @property
    def plain(self) -> Any:
        return self.request._request  # noqa: SLF001  # allauth and the log-in want Django's own

    @property
    def session_key(self) -> str | None:
        key: str | None = self.request.session.session_key
        return key


class OwnAccountView(Own):
    versioned = shown_in(shapes.OwnAccountOut)

    @extend_schema(responses=shapes.OwnAccountOut)
    def get(self, request: Request) -> Response:
        return Response(shapes.OwnAccountOut(selectors.own_account(self.person)).data)

    @extend_schema(request=AccountChangeIn, responses=shapes.OwnAccountOut)
    def patch(self, request: Request) -> Response:
        given = read(AccountChangeIn, request)
        self.matched(self.person, self._now)
        person = services.change_own_details(actor=self.person, **given)
        return Response(shapes.OwnAccountOut(selectors.own_account(person)).data)

    def _now(self) -> selectors.OwnAccount:
        self.person.refresh_from_db(fields=["first_name", "last_name", "phone"])
        return selectors.own_account(self.person)


class OwnPasswordView(Own):
    unversioned = "the password in force goes with it, which is the version"

    @extend_schema(request=OwnPasswordIn, responses={204: None})
    def put(self, request: Request) -> Response:
        person = services.change_password(
            actor=self.person, kept=self.session_key, **read(OwnPasswordIn, request)
        )
        update_session_auth_hash(self.plain, person)
        return Response(status=204)


class OwnEmailView(Own):
    unversioned = "it only sends a letter to the new address; the letter's link changes it"

    @extend_schema(request=OwnEmailIn, responses={202: None})
    def put(self, request: Request) -> Response:
        services.change_own_email(actor=self.person, **read(OwnEmailIn, request))
        return Response(status=202)


class TotpOptionsView(Own):
    """A new secret for an app with codes; it counts once confirmed."""

    @extend_schema(request=None, responses=shapes.TotpOut)
    def post(self, request: Request) -> Response:
        secret, uri = services.begin_totp(request=self.plain, actor=self.person)
        return Response({"secret": secret, "uri": uri})


class TotpView(Own):
    @extend_schema(request=CodeIn, responses={201: shapes.RecoveryCodesOut})
    def post(self, request: Request) -> Response:
        codes = services.add_totp(request=self.plain, actor=self.person, **read(CodeIn, request))
        return Response({"recovery_codes": codes}, status=201)


class NewKeyOptionsView(Own):
    @extend_schema(request=None, responses=KeyOptionsOut)
    def post(self, request: Request) -> Response:
        return Response(factors.begin_key(request=self.plain, actor=self.person))


class NewKeyView(Own):
    @extend_schema(request=shapes.NewKeyIn, responses={201: shapes.RecoveryCodesOut})
    def post(self, request: Request) -> Response:
        codes = services.add_key(
            request=self.plain, actor=self.person, **read(shapes.NewKeyIn, request)
        )
        return Response({"recovery_codes": codes}, status=201)


class ProofView(Own):
    """Proves once more that it is the person, for the deeds that answer `proof_needed`."""

    told_once = frozenset()

    @extend_schema(request=shapes.ProofIn, responses={204: None})
    def post(self, request: Request) -> Response:
        services.prove(request=self.plain, actor=self.person, **read(shapes.ProofIn, request))
        return Response(status=204)


class ProofKeyView(Own):
    @extend_schema(request=None, responses=KeyOptionsOut)
    def post(self, request: Request) -> Response:
        return Response(services.begin_proof(request=self.plain, actor=self.person))


class FactorView(Own):
    """Removes an app or a key."""

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        services.remove_factor(actor=self.person, factor_id=pk)
        return Response(status=204)


class RecoveryCodesView(Own):
    @extend_schema(request=None, responses={201: shapes.RecoveryCodesOut})
    def post(self, request: Request) -> Response:
        codes = services.renew_recovery_codes(actor=self.person)
        return Response({"recovery_codes": codes}, status=201)


class OwnSessionsView(Own):
    """The browsers that one is signed in with."""

    @extend_schema(responses=shapes.OwnSessionOut(many=True))
    def get(self, request: Request) -> Response:
        found = selectors.sessions_of(self.person)
        context = {"current": self.session_key}
        return Response(shapes.OwnSessionOut(found, many=True, context=context).data)

    @extend_schema(
        operation_id="accounts_account_sessions_destroy_others", request=None, responses={204: None}
    )
    def delete(self, request: Request) -> Response:
        """Sign every other browser out."""
        services.end_other_sessions(actor=self.person, kept=self.session_key)
        return Response(status=204)


class OwnSessionView(Own):
    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, pk: str) -> Response:
        services.end_session(actor=self.person, session_id=pk)
        return Response(status=204)


class SignInRulesView(Caller):
    """What the city has settled about signing in."""

    versioned = shown_in(shapes.SignInRulesOut)

    @extend_schema(responses=shapes.SignInRulesOut)
    def get(self, request: Request) -> Response:
        return Response(shapes.SignInRulesOut(selectors.sign_in_rules_visible_to(self.actor)).data)

    @extend_schema(request=shapes.SignInRulesIn, responses=shapes.SignInRulesOut)
    def patch(self, request: Request) -> Response:
        given = read(shapes.SignInRulesIn, request)
        self.matched(self._now(), self._now)
        rules = services.change_sign_in_rules(actor=self.actor, **given)
        return Response(shapes.SignInRulesOut(rules).data)

    def _now(self) -> SignInRules:
        return selectors.sign_in_rules_visible_to(self.actor)


class ProviderViewSet(ListModelMixin, ModuleViewSet[SocialApp]):
    """The identity providers that the city signs in with."""

    queryset = SocialApp.objects.none()
    serializer_class = shapes.ProviderOut
    versioned = shown_in(shapes.ProviderOut)
    lookup_value_regex = "[0-9]+"
    ordering_fields = ("name",)

    def get_queryset(self) -> QuerySet[SocialApp]:
        return selectors.providers_visible_to(self.actor)

    @extend_schema(request=shapes.ProviderIn, responses={201: shapes.ProviderOut})
    def create(self, request: Request) -> Response:
        provider = services.add_provider(actor=self.actor, **read(shapes.ProviderIn, request))
        return Response(shapes.ProviderOut(provider).data, status=201)

    @extend_schema(request=shapes.ProviderChangeIn, responses=shapes.ProviderOut)
    def partial_update(self, request: Request, pk: str) -> Response:
        given = read(shapes.ProviderChangeIn, request, partial=True)
        provider = services.change_provider(actor=self.actor, provider=self.get_object(), **given)
        return Response(shapes.ProviderOut(provider).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        services.delete_provider(actor=self.actor, provider=self.get_object())
        return Response(status=204)
