"""Whatever lets somebody into an account asks for a password or factor proved lately."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp
from django.core import mail
from django.db import connection
from django.utils import timezone

from accounts import services
from accounts.errors import NotByKey, ProofNeeded
from accounts.models import ApiToken, Assignment, Holder, Link, Person, Role, Substitution
from accounts.permissions import Permission
from accounts.services.bulk import PURPOSE
from accounts.sessions import PROVED_AT
from audit.models import Entry
from opium.permissions import SYSTEM
from tests.accounts.conftest import API, PASSWORD, code_of
from tests.accounts.keys import SoftKey
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import UnitFactory
from tests.factories.files import read, uploaded
from tests.factories.keys import secret_of
from tests.factories.messaging import workbook
from todo.models import CalendarLink

pytestmark = pytest.mark.django_db
HEADERS = ["Jednostka", "Imię", "Nazwisko", "E-mail", "Rola"]
PROVIDER = {
    "code": "nowe",
    "name": "Nowe",
    "server_url": "https://nowe.example.org",
    "client_id": "x",
    "secret": "x",
    "trusts_addresses": False,
}


def left_open(browser, minutes=11):
    """The browser's last proof lies so many minutes back."""
    session = browser.session
    session[PROVED_AT] = (timezone.now() - timedelta(minutes=minutes)).isoformat()
    session.save()
    return browser


@pytest.fixture
def chief(ala):
    """An administrator with a password, and somebody else with a factor."""
    chief = person_with(
        Permission.MANAGE_PEOPLE,
        Permission.MANAGE_ROLES,
        Permission.MANAGE_SIGN_IN,
        Permission.MAKE_TOKENS,
        email="szefowa@example.org",
    )
    chief.set_password(PASSWORD)
    chief.save()
    Authenticator.objects.create(user=ala, type="webauthn", data={})
    return chief


@pytest.fixture
def files_root(settings, tmp_path):
    settings.FILES_ROOT = str(tmp_path)


def of_strength(chief, ala):
    """Method, address and body of everything by which a thief could give rights that stay."""
    role = Role.objects.create(name="Zwykła", permissions=[])
    days = {"starts_on": str(timezone.localdate()), "ends_on": str(timezone.localdate())}
    held = services.assign_role(actor=SYSTEM, person=PersonFactory(), role=role)
    function = services.add_function(actor=SYSTEM, code="proba", name="Próba")
    new = {"email": "nowa@example.org", "first_name": "Ola", "last_name": "Nowa"}
    unit = {"kind": "unit", "id": str(UnitFactory().pk)}
    given = {"person": str(ala.pk), "role": str(role.pk), "scope": {}}
    sheet = uploaded(chief, "osoby.xlsx", workbook(HEADERS, ["1", "a", "b", "c@d.pl", "Zwykła"]))
    read(chief, sheet, PURPOSE)
    return [
        ("post", "accounts/people/", new | {"role": str(role.pk)}),
        ("post", "accounts/people/", new | {"email": "inna@example.org", "home": unit}),
        ("post", "accounts/invitations/", {"file": str(sheet.pk), "is_dry_run": False}),
        ("post", "accounts/assignments/", given),
        ("patch", f"accounts/assignments/{held.pk}/", {"valid_from": None, "valid_to": None}),
        (
            "post",
            "accounts/substitutions/",
            {"person": str(chief.pk), "substitute": str(ala.pk), **days},
        ),
        ("patch", f"accounts/roles/{role.pk}/", {"permissions": [Permission.MANAGE_ROLES]}),
        (
            "post",
            f"accounts/functions/{function.pk}/holders/",
            {"person": str(ala.pk), "role": None, "scope": {}},
        ),
    ]


@pytest.fixture
def deeds(chief, ala, files_root):
    """Method, address and body of everything that lets people into accounts or shuts them out."""
    own = Authenticator.objects.create(user=chief, type="totp", data={})
    token = ApiToken.objects.create(
        person=chief,
        name="k",
        digest="d",
        hint="k",
        expires_at=timezone.now() + timedelta(days=1),
    )
    CalendarLink.objects.create(person=chief, digest="d")
    provider = services.add_provider(actor=SYSTEM, **PROVIDER | {"code": "stare"})
    key = {
        "name": "x",
        "permissions": [],
        "expires_at": (timezone.now() + timedelta(days=1)).isoformat(),
    }
    return [
        ("post", "accounts/account/totp/options/", None),
        ("post", "accounts/account/totp/", {"code": "123456"}),
        ("post", "accounts/account/keys/options/", None),
        ("post", "accounts/account/keys/", {"name": "x", "credential": {}}),
        ("post", "accounts/account/recovery-codes/", None),
        ("delete", f"accounts/account/factors/{own.pk}/", None),
        ("put", "accounts/account/email/", {"email": "nowa@example.org"}),
        ("post", "accounts/tokens/", key),
        ("post", f"accounts/tokens/{token.pk}/revoke/", None),
        ("post", "todo/calendar-link/", None),
        ("delete", "todo/calendar-link/", None),
        ("post", f"accounts/people/{ala.pk}/change-email/", {"email": "nowa@example.org"}),
        ("post", f"accounts/people/{ala.pk}/reset-factors/", None),
        ("post", "accounts/providers/", PROVIDER),
        ("patch", f"accounts/providers/{provider.pk}/", {"name": "Inne"}),
        ("delete", f"accounts/providers/{provider.pk}/", None),
        *of_strength(chief, ala),
    ]


def state():
    return (
        Authenticator.objects.count(),
        ApiToken.objects.filter(revoked_at=None).count(),
        list(CalendarLink.objects.values_list("digest")),
        Link.objects.count(),
        list(SocialApp.objects.values_list("name")),
        list(Person.objects.order_by("pk").values_list("pk")),
        list(Assignment.objects.order_by("pk").values_list("pk", "updated_at")),
        list(Role.objects.order_by("pk").values_list("permissions", flat=True)),
        Holder.objects.count() + Substitution.objects.count(),
    )


def answers(browser, deeds):
    return [getattr(browser, method)(f"/api/v1/{address}", body) for method, address, body in deeds]


def test_a_browser_left_open_changes_no_way_in(chief, deeds, api):
    before = state()

    told = answers(left_open(api(chief)), deeds)

    assert {(one.status_code, one.json()["code"]) for one in told} == {(403, "proof_needed")}
    assert state() == before


def test_with_a_recent_proof_each_of_them_is_judged_by_itself(chief, deeds, api):
    told = answers(left_open(api(chief), minutes=9), deeds)
    refused = [one.json()["code"] for one in told if one.status_code >= 400]
    assert refused == ["factor_there", "factor_there", "wrong_factor", "second_person_needed"]


def test_a_session_that_proved_nothing_is_not_taken_for_one_that_did(chief, api, deeds):
    browser = api(chief)
    session = browser.session
    del session[PROVED_AT]
    session.save()
    told = answers(browser, deeds)
    assert {one.json()["code"] for one in told} == {"proof_needed"}


def test_the_password_renews_the_proof_and_is_on_record(chief, api):
    browser = left_open(api(chief))
    wrong = browser.post(f"{API}account/proof/", {"password": "zle"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "wrong_password")
    assert browser.post(f"{API}account/totp/options/").status_code == 403

    assert browser.post(f"{API}account/proof/", {"password": PASSWORD}).status_code == 204

    assert browser.post(f"{API}account/totp/options/").status_code == 200
    told = Entry.objects.filter(deed="accounts.prove").order_by("pk")
    assert [(one.outcome, one.after) for one in told][-1] == ("done", {"by": "hasło"})
    assert [one.outcome for one in told] == ["refused", "done"]


def test_an_empty_proof_proves_nothing(chief, api):
    chief.set_unusable_password()
    chief.save()
    browser = left_open(api(chief))
    for given in ({}, {"password": " "}, {"code": "000000"}, {"credential": {}}):
        assert browser.post(f"{API}account/proof/", given).status_code == 422
    assert browser.post(f"{API}account/totp/options/").json()["code"] == "proof_needed"


def test_a_code_and_a_key_prove_it_too(ala, api, enrol):
    browser = api(ala)
    secret, _ = enrol(browser)
    key = SoftKey("http://north.test")
    options = browser.post(f"{API}account/keys/options/").json()
    made = {"name": "k", "credential": key.make(options)}
    assert browser.post(f"{API}account/keys/", made).status_code == 201

    def by_key():
        return {"credential": key.use(browser.post(f"{API}account/proof/key/options/").json())}

    for given in (lambda: {"code": code_of(secret, later=1)}, by_key):
        left_open(browser)
        assert browser.post(f"{API}account/recovery-codes/").status_code == 403
        assert browser.post(f"{API}account/proof/", given()).status_code == 204
        assert browser.post(f"{API}account/recovery-codes/").status_code == 201


def test_another_persons_key_proves_nothing(ala, api):
    theirs = PersonFactory()
    other, key = api(theirs), SoftKey("http://north.test")
    options = other.post(f"{API}account/keys/options/").json()
    other.post(f"{API}account/keys/", {"name": "k", "credential": key.make(options)})
    browser = left_open(api(ala))
    options = browser.post(f"{API}account/proof/key/options/").json()
    answer = browser.post(f"{API}account/proof/", {"credential": key.use(options)})
    assert (answer.status_code, answer.json()["code"]) == (422, "wrong_factor")


def test_a_proof_cannot_be_guessed(chief, api):
    browser = left_open(api(chief))
    for _ in range(5):
        browser.post(f"{API}account/proof/", {"password": "zle"})
    answer = browser.post(f"{API}account/proof/", {"password": PASSWORD})
    assert (answer.status_code, answer.json()["code"]) == (429, "locked")
    changed = browser.put(
        f"{API}account/password/", {"current": PASSWORD, "password": "nowy-koc-7"}
    )
    assert changed.json()["code"] == "locked"


def test_a_key_proves_nothing_whatever_rights_it_names(chief, ala):
    by_key = Person.objects.get(pk=chief.pk)
    by_key.limits = frozenset({Permission.MANAGE_PEOPLE, Permission.MANAGE_SIGN_IN})
    by_key.proved_at = timezone.now()
    with pytest.raises(NotByKey):
        services.reset_factors(actor=by_key, person=ala)
    with pytest.raises(NotByKey):
        services.change_email(actor=by_key, person=ala, email="nowa@example.org")
    with pytest.raises(NotByKey):
        services.add_provider(actor=by_key, **PROVIDER)


def test_a_key_gives_no_strength_and_opens_bare_accounts_alone(chief, ala, files_root, api):
    gives = (Permission.MANAGE_PEOPLE, Permission.MANAGE_ROLES, "files.upload_file")
    deeds = of_strength(chief, ala)
    client = api()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret_of(chief, *gives)}")
    before = state()

    told = [getattr(client, method)(f"/api/v1/{path}", body) for method, path, body in deeds]

    assert [(one.status_code, one.json()["code"]) for one in told] == [
        (403, "not_by_key") for _ in deeds
    ]
    assert state() == before
    new = {"email": "kadry@example.org", "first_name": "Ola", "last_name": "Nowa"}
    assert client.post("/api/v1/accounts/people/", new).status_code == 201


def test_a_proof_that_grows_old_among_the_rows_invites_nobody(chief, files_root):
    units = [UnitFactory(short_name=f"SP {number}") for number in (1, 2)]
    Role.objects.create(name="Zwykła", permissions=[])
    rows = [[one.short_name, "A", "B", f"{one.short_name[-1]}@d.pl", "Zwykła"] for one in units]
    sheet = uploaded(chief, "osoby.xlsx", workbook(HEADERS, *rows))
    read(chief, sheet, PURPOSE)

    def age(execute, sql, params, many, context):
        if 'INSERT INTO "accounts_person"' in sql:
            chief.proved_at = timezone.now() - timedelta(minutes=11)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(age), pytest.raises(ProofNeeded):
        services.invite_people(actor=chief, file_id=sheet.pk)

    assert not Person.objects.filter(email__endswith="@d.pl").exists()


def test_signing_in_is_a_proof_until_its_term_ends(ala, sign_in):
    browser, _ = sign_in()
    assert browser.post(f"{API}account/totp/options/").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        answer = browser.post(f"{API}account/totp/options/")
    assert answer.json()["code"] == "proof_needed"


def test_the_term_is_the_installations(ala, settings):
    ala.proved_at = timezone.now() - timedelta(minutes=3)
    services.require_recent_proof(ala)
    settings.PROOF_MINUTES = 2
    with pytest.raises(ProofNeeded):
        services.require_recent_proof(ala)


def test_a_first_password_asks_for_a_proof_where_there_is_none_to_ask_for(ala, api):
    ala.set_unusable_password()
    ala.save()
    given = {"current": "", "password": "nowy-koc-w-grochy"}
    browser = api(ala)
    assert left_open(browser).put(f"{API}account/password/", given).json()["code"] == "proof_needed"
    assert left_open(browser, 1).put(f"{API}account/password/", given).status_code == 204


def told(deed, capture):
    mail.outbox.clear()
    with capture(execute=True):
        deed()
    return [(one.to[0], one.body.split(": ")[1].split(".\n")[0]) for one in mail.outbox]


def test_a_letter_tells_of_each_of_them(chief, ala, api, enrol, django_capture_on_commit_callbacks):
    SocialAccount.objects.create(provider="stare", uid="1", user=ala)
    provider = services.add_provider(actor=SYSTEM, **PROVIDER | {"code": "stare"})
    browser = api(chief)
    mine = [
        (lambda: enrol(browser), "dodano aplikację z kodami jako drugi składnik logowania"),
        (lambda: browser.post(f"{API}account/recovery-codes/"), "wydano nowe kody zapasowe"),
        (
            lambda: browser.delete(
                f"{API}account/factors/{Authenticator.objects.get(type='totp').pk}/"
            ),
            "usunięto drugi składnik logowania",
        ),
        (
            lambda: browser.post("/api/v1/todo/calendar-link/"),
            "utworzono adres kalendarza z terminami",
        ),
        (
            lambda: browser.delete("/api/v1/todo/calendar-link/"),
            "usunięto adres kalendarza z terminami",
        ),
        (
            lambda: services.make_token(
                actor=chief, name="k", permissions=[], expires_at=timezone.now() + timedelta(days=1)
            ),
            "wydano klucz API",
        ),
        (
            lambda: services.revoke_token(actor=chief, token=ApiToken.objects.get()),
            "unieważniono klucz API",
        ),
    ]
    for deed, words in mine:
        assert told(deed, django_capture_on_commit_callbacks) == [(chief.email, words)]

    theirs = [
        (
            lambda: services.reset_factors(actor=chief, person=ala),
            "usunięto drugi składnik logowania",
        ),
        (
            lambda: services.delete_provider(actor=chief, provider=provider),
            "rozłączono konto z logowaniem „stare”",
        ),
    ]
    SocialAccount.objects.get_or_create(provider="stare", uid="1", user=ala)
    assert told(theirs[0][0], django_capture_on_commit_callbacks) == [(ala.email, theirs[0][1])]
    SocialAccount.objects.get_or_create(provider="stare", uid="1", user=ala)
    assert told(theirs[1][0], django_capture_on_commit_callbacks) == [(ala.email, theirs[1][1])]
