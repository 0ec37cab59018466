"""A copy of the database shows no secret, and keys can be replaced."""

import io
import logging
from datetime import timedelta
from importlib import import_module
from urllib.parse import quote

import oidc_provider_mock
import pytest
import requests
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialApp
from cryptography.fernet import InvalidToken
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from accounts import services
from accounts.permissions import Permission
from accounts.sealing import Purpose, seal, unseal
from audit.models import Entry
from opium.permissions import SYSTEM, MissingPermission
from tests.accounts.conftest import API, PASSWORD, code_of
from tests.accounts.test_single_sign_on import through
from tests.factories.accounts import person_with

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning"),  # the provider's own
]
SECRET = "bardzo-tajne-haslo-klienta"


@pytest.fixture
def provider(city):
    return services.add_provider(
        actor=SYSTEM,
        code="miasto",
        name="Urząd Miasta",
        server_url="https://login.example.org",
        client_id="opium",
        secret=SECRET,
    )


def column(table, name, pk):
    """What really stands in the row, past every model."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {name}::text FROM "{table}" WHERE id = %s', [pk])
        return cursor.fetchone()[0]


def dump(*schemas):
    """Every row of every table as text, as a copy of the database would hold it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('%%I.%%I', schemaname, tablename) FROM pg_tables"
            " WHERE schemaname = ANY(%s)",
            [list(schemas)],
        )
        tables = [name for (name,) in cursor.fetchall()]
        rows = []
        for table in tables:
            cursor.execute(f"SELECT row::text FROM {table} AS row")
            rows += [row for (row,) in cursor.fetchall()]
    return "\n".join(rows)


def test_a_copy_of_the_database_holds_no_secret(ala, provider, sign_in, enrol):
    browser, _ = sign_in()
    secret, recovery = enrol(browser)
    maker = person_with(Permission.MAKE_TOKENS)
    answer = browser.put(
        f"{API}account/password/", {"current": PASSWORD, "password": "nowy-koc-w-grochy"}
    )
    assert answer.status_code == 204
    _, token = services.make_token(
        actor=maker,
        name="Kadry",
        permissions=[str(Permission.MAKE_TOKENS)],
        expires_at=timezone.now() + timedelta(days=1),
    )

    held = dump("north", "public")

    assert "ala@example.org" in held  # it is the copy that we think it is
    for one in (SECRET, secret, PASSWORD, "nowy-koc-w-grochy", token, *recovery):
        assert one not in held, one


def test_the_client_secret_stands_in_no_column_of_its_row(provider):
    assert column("socialaccount_socialapp", "secret", provider.pk) == ""
    kept = column("socialaccount_socialapp", "settings", provider.pk)
    assert SECRET not in kept
    assert unseal(Purpose.PROVIDERS, SocialApp.objects.get().settings["sealed_secret"]) == SECRET
    with pytest.raises(InvalidToken):
        unseal(Purpose.FACTORS, SocialApp.objects.get().settings["sealed_secret"])


def test_the_log_and_the_api_know_nothing_of_the_sealed_secret(provider, api):
    services.change_provider(actor=SYSTEM, provider=provider, name="Urząd", secret="inne-tajne")

    entry = Entry.objects.latest("id")
    assert "sealed_secret" not in entry.before | entry.after
    assert entry.after["secret_changed"] is True
    shown = api(person_with(Permission.MANAGE_SIGN_IN)).get(f"{API}providers/").content.decode()
    assert "secret" not in shown


@pytest.mark.parametrize(("secret", "comes_in"), [("the right one", True), ("a wrong one", False)])
def test_the_provider_is_shown_the_secret_as_the_city_wrote_it(
    ala, api, settings, secret, comes_in
):
    settings.PROVIDER_NETWORKS = ["127.0.0.0/8"]
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with oidc_provider_mock.run_server_in_thread(require_client_registration=True) as running:
        server = f"http://localhost:{running.server_port}"
        back = "http://north.test/accounts/oidc/miasto/login/callback/"
        asked = {"redirect_uris": [back], "token_endpoint_auth_method": "client_secret_post"}
        client = requests.post(f"{server}/oauth2/clients", json=asked).json()
        services.add_provider(
            actor=SYSTEM,
            code="miasto",
            name="Urząd Miasta",
            server_url=server,
            client_id=client["client_id"],
            secret=client["client_secret"] if secret == "the right one" else secret,
        )
        claims = {"email": "ala@example.org", "email_verified": True}
        requests.put(f"{server}/users/{quote('u-1')}", json=claims)
        browser = api()

        answer = through(browser, "u-1")

    where = "/" if comes_in else "/?sign-in=provider_failed"
    assert (answer.status_code, answer["location"]) == (302, where)
    assert (browser.get(f"{API}session/").json()["person"] is not None) is comes_in


def test_keys_are_replaced_without_anybody_noticing(ala, provider, sign_in, enrol, settings):
    secret, _ = enrol(sign_in()[0])
    app = Authenticator.objects.get(user=ala, type="totp")
    before = column("mfa_authenticator", "data", app.pk)

    settings.ENCRYPTION_KEYS = ["drugi", "pierwszy"]
    assert services.rotate_secrets(actor=SYSTEM) == 3  # the app, the recovery codes, the provider
    settings.SECRET_KEY = "inny klucz podpisów"  # the oldest key is gone
    settings.ENCRYPTION_KEYS = ["drugi"]

    assert column("mfa_authenticator", "data", app.pk) != before
    _, answer = sign_in()
    assert answer.json()["second_factor"] == ["recovery_codes", "totp"]
    assert services.factors.use_code(ala, code_of(secret, 1)) == "kod z aplikacji"
    kept = SocialApp.objects.get().settings["sealed_secret"]
    assert unseal(Purpose.PROVIDERS, kept) == SECRET
    settings.ENCRYPTION_KEYS = ["obcy"]
    with pytest.raises(InvalidToken):
        unseal(Purpose.PROVIDERS, kept)


def test_the_newest_key_seals_and_every_one_opens(settings):
    old = seal(Purpose.FACTORS, "x")
    settings.ENCRYPTION_KEYS = ["nowy"]
    new = seal(Purpose.FACTORS, "y")

    assert (unseal(Purpose.FACTORS, old), unseal(Purpose.FACTORS, new)) == ("x", "y")
    settings.ENCRYPTION_KEYS = []
    assert unseal(Purpose.FACTORS, old) == "x"
    with pytest.raises(InvalidToken):
        unseal(Purpose.FACTORS, new)


def test_the_command_seals_the_secrets_of_every_city(provider, in_south, settings):
    with in_south():
        services.add_provider(
            actor=SYSTEM,
            code="miasto",
            name="Południe",
            server_url="https://login.example.org",
            client_id="opium",
            secret="inne-tajne",
        )
    settings.ENCRYPTION_KEYS = ["nowy"]
    out = io.StringIO()

    call_command("secrets_rotate", stdout=out)

    assert out.getvalue() == "north: 1\npublic: 0\nsouth: 1\n"
    settings.SECRET_KEY = "inny"
    assert unseal(Purpose.PROVIDERS, SocialApp.objects.get().settings["sealed_secret"]) == SECRET
    entry = Entry.objects.latest("id")
    assert (entry.right, entry.after) == ("accounts.manage_sign_in", {"secrets_sealed": 1})


def test_a_secret_that_no_key_opens_stops_the_command_with_a_sentence(provider, settings):
    kept = column("socialaccount_socialapp", "settings", provider.pk)
    settings.SECRET_KEY = "zgubiony"

    with pytest.raises(CommandError, match="north: sekretu nie otwiera żaden klucz"):
        call_command("secrets_rotate", stdout=io.StringIO())
    assert column("socialaccount_socialapp", "settings", provider.pk) == kept


def test_only_whoever_keeps_the_ways_of_signing_in_seals_anew(provider):
    with pytest.raises(MissingPermission):
        services.rotate_secrets(actor=person_with(Permission.MANAGE_PEOPLE))


def test_a_secret_that_stood_plain_is_sealed_by_the_migration_and_back(city):
    migration = import_module("accounts.migrations.0007_seal_provider_secrets")
    plain = SocialApp.objects.create(
        provider="openid_connect",
        provider_id="dawny",
        name="Dawny",
        client_id="opium",
        secret=SECRET,
        settings={"server_url": "https://login.example.org", "trusts_addresses": False},
    )

    for _ in range(2):
        migration.close(apps, None)
        assert SECRET not in dump("north")
        plain.refresh_from_db()
        assert unseal(Purpose.PROVIDERS, plain.settings["sealed_secret"]) == SECRET
    migration.reopen(apps, None)

    plain.refresh_from_db()
    assert (plain.secret, "sealed_secret" in plain.settings) == (SECRET, False)
