"""Nobody makes himself stronger by changing how others sign in."""

import pytest
from allauth.mfa.models import Authenticator

from accounts import services
from accounts.errors import OwnWayIn, ProviderWaiting, StrongerPerson
from accounts.models import Assignment, Link, Motion, Person, Role
from accounts.permissions import Permission
from accounts.services import single_sign_on
from opium import starting
from opium.permissions import MissingPermission
from tests.accounts.conftest import API
from tests.factories.accounts import PersonFactory, person_with

pytestmark = pytest.mark.django_db
PROVIDER = {
    "code": "wlasny",
    "name": "Własny",
    "server_url": "http://localhost:9",
    "client_id": "opium",
    "secret": "tajne",
    "trusts_addresses": True,
}


def with_starting_role(role):
    [rights] = [found for one, found in starting.starting_roles() if one == role]
    return person_with(*rights)


@pytest.mark.parametrize(
    "role", [starting.DIRECTOR, starting.ADMINISTRATOR, starting.CLERK, starting.MAYOR]
)
def test_the_it_officer_becomes_nobody_who_has_more_rights(role):
    officer, stronger = with_starting_role(starting.IT_OFFICER), with_starting_role(role)
    Authenticator.objects.create(user=stronger, type="totp", data={})

    with pytest.raises((StrongerPerson, MissingPermission)):
        services.reset_factors(actor=officer, person=stronger)
    with pytest.raises((StrongerPerson, MissingPermission)):
        services.change_email(actor=officer, person=stronger, email="wlasny@example.org")

    assert Authenticator.objects.filter(user=stronger).count() == 1
    assert not Link.objects.filter(person=stronger).exists()


def test_a_right_held_elsewhere_or_on_another_day_counts_as_more():
    officer = person_with(Permission.MANAGE_PEOPLE)
    person = PersonFactory()
    role = Role.objects.create(name="Przyszła", permissions=["accounts.view_rights"])
    Assignment.objects.create(person=person, role=role, valid_from="2099-01-01")
    with pytest.raises(StrongerPerson, match="Przegląd uprawnień"):
        services.reset_factors(actor=officer, person=person)


def test_whoever_assigns_roles_in_the_whole_city_and_an_equal_may(api):
    person = person_with(Permission.VIEW_RIGHTS)
    for actor in (
        person_with(Permission.MANAGE_PEOPLE, Permission.MANAGE_ROLES),
        person_with(Permission.MANAGE_PEOPLE, Permission.VIEW_RIGHTS),
    ):
        assert api(actor).post(f"{API}people/{person.pk}/reset-factors/").status_code == 204


def test_the_own_way_in_is_not_changed_past_the_password():
    actor = person_with(Permission.MANAGE_PEOPLE)
    with pytest.raises(OwnWayIn):
        services.change_email(actor=actor, person=actor, email="inny@example.org")
    with pytest.raises(OwnWayIn):
        services.reset_factors(actor=actor, person=actor)


class Login:
    """What a provider says of whoever comes: it can say anything."""

    def __init__(self, address):
        self.account = type("Account", (), {"provider": "wlasny", "uid": "1"})
        self.email_addresses = [type("Address", (), {"email": address, "verified": True})]


def test_an_own_provider_lets_nobody_in_before_the_administrator_approves_it(rf):
    keeper = person_with(Permission.MANAGE_SIGN_IN)
    administrator = person_with(Permission.MANAGE_SIGN_IN, Permission.MANAGE_ROLES)
    provider = services.add_provider(actor=keeper, **PROVIDER)

    with pytest.raises(ProviderWaiting):
        single_sign_on.let_in(request=rf.get("/"), login=Login(administrator.email))

    services.confirm_motion(actor=administrator, motion=Motion.objects.get())
    provider.refresh_from_db()
    assert provider.settings["waits"] is False
    provider = services.change_provider(actor=keeper, provider=provider, name="A", secret="b")
    assert provider.settings["waits"] is False
    provider = services.change_provider(actor=keeper, provider=provider, server_url="http://x.pl")
    assert provider.settings["waits"] is True
    assert Person.objects.get(pk=administrator.pk).last_login is None
