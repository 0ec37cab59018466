"""A reset without the factor: a recovery code or a second person, never the mailbox alone."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.utils import timezone

from accounts import letters, services
from accounts.errors import NoFactorLoss, OwnWayIn, WrongFactor
from accounts.models import Assignment, FactorLoss, Link, Role
from accounts.permissions import Permission
from audit.models import Entry
from tests.accounts.conftest import API, PASSWORD, code_of
from tests.accounts.keys import SoftKey
from tests.factories.accounts import again, person_with
from todo.models import Waiting

pytestmark = pytest.mark.django_db
NEW = "nowy-koc-w-grochy"


def token_for(person):
    link = Link.objects.create(
        person=person,
        kind="password",
        address=person.email,
        expires_at=timezone.now() + timedelta(hours=1),
    )
    return letters.token_of(link)


@pytest.fixture
def thief(ala, api, enrol):
    """Somebody with ala's old password has added a factor of their own; its secret and codes."""
    return enrol(api(ala))


@pytest.fixture
def settle(thief):
    """Let the city settle what takes lost factors away."""

    def settling(choice):
        office = person_with(Permission.MANAGE_SIGN_IN)
        services.change_sign_in_rules(actor=office, lost_factor=choice)

    return settling


def reset(api, person, **given):
    return api().post(f"{API}password/", {"token": token_for(person), "password": NEW, **given})


def waiting():
    rows = Waiting.objects.filter(code="accounts.decide_factor_loss")
    return [row.url for row in rows.filter(done_at=None)]


def test_the_page_of_the_link_says_what_signing_in_will_ask_for(ala, api, thief, settle):
    def look():
        told = api().post(f"{API}links/look/", {"token": token_for(ala)}).json()
        return told["factors"], told["takes_recovery_code"]

    assert look() == (["totp"], True)
    settle("administrator")
    assert look() == (["totp"], False)


def test_the_mailbox_alone_takes_no_factor_away_and_lets_nobody_in(ala, api, thief, sign_in):
    assert reset(api, ala, has_lost_factor=True).status_code == 204

    assert Authenticator.objects.filter(user=ala, type="totp").exists()
    assert sign_in(password=NEW)[1].json()["person"] is None
    assert waiting() == [f"/accounts/people/{ala.pk}"]
    entry = Entry.objects.filter(deed="accounts.set_password").get()
    assert entry.after["second_factor"] == "zgłoszono utratę"


def test_a_second_person_lets_the_owner_back_and_the_thief_out(ala, api, thief, sign_in):
    reset(api, ala, has_lost_factor=True)
    office = person_with(Permission.MANAGE_PEOPLE)
    shown = api(office).get(f"{API}people/{ala.pk}/").json()
    assert shown["lost_factor_at"] is not None
    assert shown["newest_factor_at"] is not None

    assert api(office).post(f"{API}people/{ala.pk}/reset-factors/").status_code == 204

    assert sign_in(password=NEW)[1].json()["person"]["name"] == "Ala Nowak"
    assert waiting() == []
    assert api(office).get(f"{API}people/{ala.pk}/").json()["lost_factor_at"] is None


def test_nobody_is_the_own_second_person(api, enrol):
    chief = person_with(Permission.MANAGE_PEOPLE, Permission.MANAGE_ROLES)
    enrol(api(chief))
    services.set_password(token=token_for(chief), password=NEW, has_lost_factor=True)
    for deed in (services.reset_factors, services.refuse_factor_loss):
        with pytest.raises(OwnWayIn):
            deed(actor=chief, person=chief)


def test_a_refused_report_leaves_everything_and_the_mailbox_is_told(
    ala, api, thief, django_capture_on_commit_callbacks
):
    reset(api, ala, has_lost_factor=True)
    office = person_with(Permission.MANAGE_PEOPLE)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        services.refuse_factor_loss(actor=office, person=ala)
    [letter] = mail.outbox
    assert (letter.to, "odrzucono zgłoszenie" in letter.body) == ([ala.email], True)
    assert Authenticator.objects.filter(user=ala, type="totp").exists()
    assert waiting() == []
    with pytest.raises(NoFactorLoss):
        services.refuse_factor_loss(actor=office, person=ala)


def test_a_recovery_code_takes_the_factors_away_at_once_where_the_city_lets_it(
    ala, api, thief, sign_in
):
    _, codes = thief
    assert reset(api, ala, has_lost_factor=True, code=codes[0]).status_code == 204
    assert not Authenticator.objects.filter(user=ala).exists()
    assert sign_in(password=NEW)[1].json()["person"]["name"] == "Ala Nowak"


def test_where_the_city_wants_a_second_person_a_code_does_not_replace_one(ala, api, thief, settle):
    settle("administrator")
    _, codes = thief
    assert reset(api, ala, has_lost_factor=True, code=codes[0]).status_code == 204
    assert Authenticator.objects.filter(user=ala, type="totp").exists()
    assert waiting() == [f"/accounts/people/{ala.pk}"]


def test_a_wrong_code_changes_nothing_and_cannot_be_guessed(ala, thief):
    token = token_for(ala)
    for _ in range(5):
        with pytest.raises(WrongFactor):
            services.set_password(token=token, password=NEW, has_lost_factor=True, code="00000000")
    ala.refresh_from_db()
    assert ala.check_password(PASSWORD)
    assert not FactorLoss.objects.exists()


def test_codes_at_a_reset_are_counted_with_all_others(ala, api, thief):
    answers = [reset(api, ala, has_lost_factor=True, code="00000000") for _ in range(6)]
    assert [one.status_code for one in answers] == [422] * 5 + [429]


def test_who_must_have_a_factor_sets_a_new_one_before_anything_else(ala, api, thief, sign_in):
    role = Role.objects.create(
        name="Ważna", permissions=[str(Permission.VIEW_RIGHTS)], requires_mfa=True
    )
    Assignment.objects.create(person=ala, role=role, scope_kind="city")
    reset(api, ala, has_lost_factor=True)
    services.reset_factors(
        actor=person_with(
            Permission.MANAGE_ROLES, Permission.MANAGE_PEOPLE, Permission.VIEW_RIGHTS
        ),
        person=ala,
    )
    answer = sign_in(password=NEW)[1].json()
    assert (answer["must_enrol"], answer["permissions"]) == (True, [])


def test_the_owner_who_signs_in_with_the_factor_withdraws_a_strangers_report(
    ala, api, thief, sign_in
):
    secret, _ = thief
    reset(api, ala, has_lost_factor=True)
    browser, _ = sign_in(password=NEW)
    assert (
        browser.post(f"{API}session/code/", {"code": code_of(secret, later=1)}).status_code == 200
    )
    assert waiting() == []


def _adds_a_key(ala, browser):
    options = browser.post(f"{API}account/keys/options/").json()
    made = {"name": "Klucz", "credential": SoftKey().make(options)}
    return browser.post(f"{API}account/keys/", made)


def _renews_codes(ala, browser):
    return browser.post(f"{API}account/recovery-codes/")


def _removes_the_app(ala, browser):
    app = Authenticator.objects.get(user=ala, type="totp")
    return browser.delete(f"{API}account/factors/{app.pk}/")


def _gets_another_address(ala, browser):
    browser.put(f"{API}account/email/", {"email": "nowa@example.org"})
    link = Link.objects.get(person=ala, kind="email")
    return browser.post(f"{API}email/", {"token": letters.token_of(link)})


@pytest.mark.parametrize(
    "change", [_adds_a_key, _renews_codes, _removes_the_app, _gets_another_address]
)
def test_a_report_does_not_outlive_the_factors_and_the_mailbox_that_it_was_about(
    ala, api, thief, change
):
    reset(api, ala, has_lost_factor=True)
    assert waiting() == [f"/accounts/people/{ala.pk}"]

    assert change(ala, api(again(ala))).status_code < 300

    assert waiting() == []
    with pytest.raises(NoFactorLoss):
        services.refuse_factor_loss(actor=person_with(Permission.MANAGE_PEOPLE), person=ala)


def test_without_a_factor_there_is_nothing_to_lose(ala, api):
    assert reset(api, ala, has_lost_factor=True).status_code == 204
    assert not FactorLoss.objects.exists()


def test_only_who_settles_signing_in_changes_the_citys_rules(api, settle):
    settle("administrator")
    office = person_with(Permission.MANAGE_PEOPLE)
    assert api(office).get(f"{API}sign-in-rules/").status_code == 403
    answer = api(office).patch(f"{API}sign-in-rules/", {"lost_factor": "recovery_code"})
    assert answer.status_code == 403
    keeper = person_with(Permission.MANAGE_SIGN_IN)
    assert api(keeper).get(f"{API}sign-in-rules/").json() | {"version": ""} == {
        "version": "",
        "lost_factor": "administrator",
        "tells_new_devices": True,
    }
