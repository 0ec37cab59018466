"""Whoever has more rights is let back in by two people, and hears of it at both addresses."""

import io
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from accounts import selectors, services
from accounts.errors import (
    AccountClosed,
    AddressMissing,
    AlreadyProposed,
    EmailTaken,
    NoRecoveryNeeded,
    NotByKey,
    NotInPlaceOf,
    NotSecondPerson,
    ProofNeeded,
    StrongerPerson,
)
from accounts.letters import token_of
from accounts.models import Assignment, Link, Motion, Person, Role, Session
from accounts.permissions import Permission
from audit.models import Entry
from modules.directory.permissions import Permission as Directory
from notifications.models import Notification
from opium.permissions import MissingPermission
from tests.accounts.conftest import API
from tests.factories.accounts import PersonFactory, again, person_with
from tests.factories.directory import MembershipFactory, UnitFactory

pytestmark = pytest.mark.django_db
Kind = Motion.Kind


@pytest.fixture
def officer():
    return person_with(Permission.MANAGE_PEOPLE, first_name="Iwo", last_name="Informatyk")


@pytest.fixture
def second():
    return person_with(Permission.MANAGE_ROLES, first_name="Ewa", last_name="Druga")


@pytest.fixture
def chief():
    person = person_with(
        Permission.VIEW_RIGHTS, email="szef@example.org", first_name="Jan", last_name="Szef"
    )
    Authenticator.objects.create(user=person, type="totp", data={})
    return person


@pytest.fixture
def propose(officer, chief):
    def proposing(kind=Kind.FACTORS, address="", actor=officer, person=chief):
        return services.propose_recovery(actor=actor, person=person, kind=kind, address=address)

    return proposing


def has_factor(person):
    return Authenticator.objects.filter(user=person).exists()


def letters(person):
    """To the person: the second one has news of their own."""
    own = {person.email, "nowy@example.org"}
    return sorted((one.to[0], one.body) for one in mail.outbox if one.to[0] in own)


def test_what_one_may_not_do_alone_two_do_and_nothing_counts_before(
    propose, officer, second, chief, api
):
    with pytest.raises(StrongerPerson, match="poproś o zgodę drugą osobę"):
        services.reset_factors(actor=officer, person=chief)
    Session.objects.create(
        session_key="s", person=chief, expire_date=timezone.now() + timedelta(days=1)
    )
    address = f"{API}people/{chief.pk}/"
    assert "propose_recovery" in api(officer).get(address).json()["can"]
    asked = api(officer).post(f"{address}propose-recovery/", {"kind": "factors"})
    assert (asked.status_code, asked.json()["title"]) == (
        201,
        "Usunięcie drugiego składnika: Jan Szef",
    )
    assert has_factor(chief)
    assert Session.objects.exists()
    [row] = api(second).get("/api/v1/todo/waiting/").json()["results"]
    assert row["title"] == "Usunięcie drugiego składnika: Jan Szef"

    answer = api(second).post(f"{API}motions/{asked.json()['id']}/confirm/")

    assert (answer.status_code, answer.json()["state"]) == (200, "confirmed")
    assert not has_factor(chief)
    assert not Session.objects.filter(person=chief).exists()
    told = Entry.objects.filter(target_id=str(chief.pk)).order_by("pk")
    assert [(one.deed, one.actor_id) for one in told if "view" not in one.deed] == [
        ("accounts.propose_recovery", officer.pk),
        ("accounts.confirm_motion", second.pk),
    ]


def test_a_new_address_is_asked_to_confirm_only_once_two_agree_and_both_addresses_hear(
    propose, second, chief, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        motion = propose(Kind.ADDRESS, "nowy@example.org")
    assert [to for to, _ in letters(chief)] == ["nowy@example.org", "szef@example.org"]
    assert all("Iwo Informatyk prosi drugą osobę o zgodę" in body for _, body in letters(chief))
    assert not Link.objects.exists()

    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        services.confirm_motion(actor=second, motion=motion)
    assert [to for to, _ in letters(chief)] == ["nowy@example.org", "szef@example.org"]
    link = Link.objects.get()
    assert (link.kind, link.address) == ("email", "nowy@example.org")
    chief.refresh_from_db()
    assert chief.email == "szef@example.org"


def test_a_refusal_changes_nothing_and_both_addresses_hear(
    propose, second, chief, django_capture_on_commit_callbacks
):
    motion = propose(Kind.ADDRESS, "nowy@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        services.refuse_motion(actor=second, motion=motion)
    assert [to for to, _ in letters(chief)] == ["nowy@example.org", "szef@example.org"]
    assert all("druga osoba odmówiła" in body for _, body in letters(chief))
    assert not Link.objects.exists()


def test_a_link_to_a_new_password_of_an_administrator_waits_too(propose, officer, second):
    administrator = person_with(Permission.MANAGE_ROLES, email="adm@example.org")
    with pytest.raises(MissingPermission):
        services.invite_again(actor=officer, person=administrator)
    motion = propose(Kind.PASSWORD, person=administrator)
    assert motion.title.startswith("Odnośnik do nowego hasła na adres adm@example.org: ")
    assert not Link.objects.exists()
    services.confirm_motion(actor=second, motion=motion)
    assert [one.address for one in Link.objects.all()] == ["adm@example.org"]


def test_what_one_may_do_alone_needs_nobody(propose, officer, chief):
    with pytest.raises(NoRecoveryNeeded):
        propose(person=PersonFactory())
    with pytest.raises(NoRecoveryNeeded):  # a link goes to the mailbox that the person has
        propose(Kind.PASSWORD)
    assert not Motion.objects.exists()


def test_nobody_asks_who_does_not_keep_the_account(propose, chief):
    elsewhere = person_with(
        Permission.MANAGE_UNIT_PEOPLE, scope_kind="unit", scope_id=UnitFactory().pk
    )
    for who in (person_with(Permission.MANAGE_SIGN_IN), elsewhere, chief):
        with pytest.raises(MissingPermission):
            propose(actor=who)
    with pytest.raises(MissingPermission):
        propose(Kind.PROVIDER)


def test_a_head_asks_for_somebody_of_the_own_unit_alone(propose, second, api):
    unit = UnitFactory()
    head = person_with(Permission.MANAGE_UNIT_PEOPLE, scope_kind="unit", scope_id=unit.pk)
    accountant = MembershipFactory(person=PersonFactory(), unit=unit).person
    role = Role.objects.create(name="Księgowa", permissions=[str(Directory.VIEW_UNITS)])
    Assignment.objects.create(person=accountant, role=role, scope_kind="unit", scope_id=unit.pk)
    can = api(head).get(f"{API}people/{accountant.pk}/").json()["can"]
    assert can == ["change", "sign_out", "close", "propose_recovery"]
    motion = propose(actor=head, person=accountant)
    [seen] = api(head).get(f"{API}motions/").json()["results"]
    assert seen["id"] == str(motion.pk)
    assert services.confirm_motion(actor=second, motion=motion).state == "confirmed"


def test_both_prove_who_they_are_and_act_by_no_key_and_for_nobody(propose, officer, second, chief):
    stale, keyed = again(officer), again(officer)
    stale.proved_at = None
    with pytest.raises(ProofNeeded):
        propose(actor=stale)
    keyed.limits = frozenset(str(one) for one in Permission)
    with pytest.raises(NotByKey):
        propose(actor=keyed)
    with pytest.raises(NotInPlaceOf):
        propose(actor=selectors.StandIn(_proved(PersonFactory()), officer))

    motion = propose()
    unsure = again(second)
    unsure.proved_at = timezone.now() - timedelta(hours=1)
    with pytest.raises(ProofNeeded):
        services.confirm_motion(actor=unsure, motion=motion)
    assert has_factor(chief)


def _proved(person):
    found = again(person)
    found.proved_at = timezone.now()
    return found


def test_neither_the_proposer_nor_the_person_confirms(propose, officer, chief):
    Assignment.objects.create(
        person=officer, role=Role.objects.create(name="R", permissions=["accounts.manage_roles"])
    )
    administrator = person_with(Permission.MANAGE_ROLES)
    motion = services.propose_recovery(
        actor=_proved(person_with(Permission.MANAGE_PEOPLE)),
        person=administrator,
        kind=Kind.FACTORS,
    )
    with pytest.raises(NotSecondPerson, match="której to dotyczy"):
        services.confirm_motion(actor=_proved(administrator), motion=motion)
    assert services.confirm_motion(actor=_proved(officer), motion=motion).state == "confirmed"


def test_who_was_let_back_in_is_for_a_while_no_second_person_of_those_two(propose, officer, second):
    administrator = person_with(Permission.MANAGE_ROLES)
    services.confirm_motion(actor=second, motion=propose(person=administrator))
    role = Role.objects.create(name="Zarządca", permissions=["accounts.manage_roles"])
    motion = services.propose_administrator(
        actor=_proved(second), person=PersonFactory(), role=role
    )
    with pytest.raises(NotSecondPerson, match="Jedno z Was"):
        services.confirm_motion(actor=_proved(administrator), motion=motion)


def test_what_could_only_fail_is_refused_at_once(propose, officer, chief):
    PersonFactory(email="zajety@example.org")
    with pytest.raises(EmailTaken):
        propose(Kind.ADDRESS, "zajety@example.org")
    with pytest.raises(AddressMissing):
        propose(Kind.ADDRESS)
    propose()
    with pytest.raises(AlreadyProposed):
        propose()
    Person.objects.filter(pk=chief.pk).update(is_active=False)
    with pytest.raises(AccountClosed):
        propose(Kind.ADDRESS, "nowy@example.org", person=Person.objects.get(pk=chief.pk))
    assert Motion.objects.count() == 1
    assert has_factor(chief)


@pytest.mark.parametrize("loss", ["role ended", "person closed"])
def test_it_is_void_where_the_proposer_may_not_ask_any_more(propose, officer, second, chief, loss):
    motion = propose()
    if loss == "role ended":
        officer.assignments.update(valid_to=timezone.localdate() - timedelta(days=1))
    else:
        Person.objects.filter(pk=chief.pk).update(is_active=False)
    assert services.confirm_motion(actor=second, motion=motion).state == "void"
    assert has_factor(chief)


def other_factor(person):
    Authenticator.objects.filter(user=person).delete()
    Authenticator.objects.create(user=person, type="totp", data={"new": 1})


def other_address(person):
    Person.objects.filter(pk=person.pk).update(email="wlasny@example.org")


@pytest.mark.parametrize("change", [other_factor, other_address])
@pytest.mark.parametrize("kind", [Kind.FACTORS, Kind.ADDRESS, Kind.PASSWORD])
def test_it_is_void_where_the_person_has_another_factor_or_address_than_it_was_proposed_on(
    propose, officer, second, kind, change
):
    administrator = person_with(Permission.MANAGE_ROLES)
    Authenticator.objects.create(user=administrator, type="totp", data={})
    motion = propose(kind, "nowy@example.org", person=administrator)
    change(administrator)
    assert services.confirm_motion(actor=second, motion=motion).state == "void"
    assert has_factor(administrator)
    assert not Link.objects.exists()
    [told] = Notification.objects.filter(person=officer)
    assert told.title == f"Straciło ważność: {motion.title}"


def renew_codes(person):
    services.renew_recovery_codes(actor=_proved(person))


def remove_factor(person):
    factor = Authenticator.objects.get(user=person)
    services.remove_factor(actor=_proved(person), factor_id=factor.pk)


def confirm_address(person):
    link = services.change_own_email(actor=_proved(person), email="wlasny@example.org")
    services.confirm_email(token=token_of(link))


@pytest.mark.parametrize("deed", [renew_codes, remove_factor, confirm_address])
def test_whoever_helps_themselves_ends_what_waits_and_the_proposer_is_told(
    propose, second, chief, api, deed
):
    motion = propose()
    deed(chief)
    motion.refresh_from_db()
    assert motion.state == "void"
    assert api(second).get("/api/v1/todo/waiting/").json()["results"] == []
    [told] = Notification.objects.filter(person=motion.proposer)
    assert told.title == "Straciło ważność: Usunięcie drugiego składnika: Jan Szef"


def test_a_new_app_ends_every_recovery_and_an_own_password_the_link_to_one(propose, api, enrol):
    administrator = person_with(Permission.MANAGE_ROLES)
    address, link = (
        propose(kind, "nowy@example.org", person=administrator)
        for kind in (Kind.ADDRESS, Kind.PASSWORD)
    )
    administrator.set_unusable_password()
    administrator.save()
    services.change_password(actor=_proved(administrator), current="", password="koc-w-paski-18")
    assert [Motion.objects.get(pk=one.pk).state for one in (address, link)] == ["waiting", "void"]
    enrol(api(again(administrator)))
    assert Motion.objects.get(pk=address.pk).state == "void"


def test_who_has_lost_the_telephone_and_the_mailbox_gets_both_back(propose, second, chief):
    both = [propose(), propose(Kind.ADDRESS, "nowy@example.org")]
    for motion in both:
        assert services.confirm_motion(actor=second, motion=motion).state == "confirmed"
    assert not has_factor(chief)
    assert Link.objects.open_now().get().address == "nowy@example.org"


def test_an_address_that_is_taken_meanwhile_is_refused_with_its_sentence(propose, second):
    motion = propose(Kind.ADDRESS, "nowy@example.org")
    PersonFactory(email="nowy@example.org")
    with pytest.raises(EmailTaken):
        services.confirm_motion(actor=second, motion=motion)
    assert Motion.objects.get().state == "waiting"


def test_the_operators_let_the_only_administrator_back_in(propose, city):
    administrator = person_with(Permission.MANAGE_ROLES, first_name="Ada", last_name="Jedyna")
    Authenticator.objects.create(user=administrator, type="totp", data={})
    motion = propose(person=administrator)
    assert selectors.has_second_person(motion) is False
    out = io.StringIO()
    call_command("motion_decide", city.schema_name, stdout=out)
    assert f"{motion.pk} Usunięcie drugiego składnika: Ada Jedyna" in out.getvalue()
    call_command("motion_decide", city.schema_name, "--confirm", str(motion.pk), stdout=out)
    assert not has_factor(administrator)


def test_what_waits_in_one_city_changes_nobody_in_the_other(propose, in_south):
    motion = propose()
    with in_south():
        theirs = person_with(*Permission)
        assert list(selectors.motions_visible_to(theirs)) == []
        with pytest.raises(Exception, match="To już nie czeka"):
            services.confirm_motion(actor=theirs, motion=motion)


def test_the_page_says_what_is_done_at_once_what_by_two_and_what_not_at_all(
    officer, second, chief, api
):
    def can(actor, person):
        return set(api(actor).get(f"{API}people/{person.pk}/").json()["can"])

    weak, administrator = PersonFactory(), person_with(Permission.MANAGE_ROLES)
    assert can(officer, weak) == {"change", "sign_out", "close", "recover"}
    assert can(officer, chief) == {"change", "sign_out", "close", "propose_recovery"}
    assert can(officer, administrator) == {"propose_recovery"}
    assert can(officer, officer) == {"change", "sign_out"}
    assert can(person_with(Permission.VIEW_RIGHTS), chief) == set()
