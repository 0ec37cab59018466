import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts import services
from accounts.errors import AccountClosed, EmailTaken, LinkEnded, WeakPassword
from accounts.models import Link, Person
from accounts.permissions import Permission
from audit.models import Entry
from opium.permissions import SYSTEM
from outbox import services as outbox
from outbox.models import Job
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.directory import MembershipFactory, UnitFactory
from tests.factories.poison import died
from units.selectors import units_of

pytestmark = pytest.mark.django_db
URL = "/api/v1/accounts/people/"
LINK = re.compile(r"http://(\S+?)(/\S+)#(\S+)")


@pytest.fixture
def office():
    return person_with(Permission.MANAGE_PEOPLE)


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    """Do a deed, and give the letters that left after it."""

    def letters(deed):
        with django_capture_on_commit_callbacks(execute=True):
            deed()
        found, mail.outbox = mail.outbox, []
        return found

    return letters


def invite(actor, email="nowa@example.org", **more):
    return services.invite_person(
        actor=actor, email=email, first_name="Ewa", last_name="Nowa", **more
    )


def token_in(letter):
    return LINK.search(letter.body).group(3)


def test_an_invitation_leads_to_a_password_and_then_in(office, sent, api):
    [letter] = sent(lambda: invite(office))
    assert letter.to == ["nowa@example.org"]
    assert letter.subject == "Zaproszenie do OPIUM: North"
    host, path, token = LINK.search(letter.body).groups()
    assert (host, path) == ("north.test:8000", "/invitation")
    stranger = api()

    looked = stranger.post("/api/v1/accounts/links/look/", {"token": token}).json()
    assert (looked["kind"], looked["name"], looked["email"]) == (
        "invitation",
        "Ewa Nowa",
        "nowa@example.org",
    )
    given = {"token": token, "password": "koc-w-kratę-17"}
    assert stranger.post("/api/v1/accounts/password/", given).status_code == 204

    answer = stranger.post(
        "/api/v1/accounts/session/", {"email": "nowa@example.org", "password": "koc-w-kratę-17"}
    )
    assert answer.json()["person"]["name"] == "Ewa Nowa"
    answer = stranger.post("/api/v1/accounts/password/", given)
    assert (answer.status_code, answer.json()["code"]) == (422, "link_ended")


def test_the_secret_of_the_link_is_nowhere_in_the_database(office, sent):
    [letter] = sent(lambda: invite(office))
    link = Link.objects.get()
    stored = " ".join(str(value) for value in Link.objects.values_list().get())
    assert token_in(letter)[32:] not in stored
    assert link.sent_at is not None


def test_a_letter_leaves_once_however_often_the_task_runs(office, sent):
    sent(lambda: invite(office))
    link = Link.objects.get()
    assert sent(lambda: services.links.send_link(str(link.pk))) == []


def test_a_link_ends_with_its_day(office, sent):
    [letter] = sent(lambda: invite(office))
    Link.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    with pytest.raises(LinkEnded):
        services.set_password(token=token_in(letter), password="koc-w-kratę-17")


def test_a_newer_invitation_replaces_the_older(office, sent):
    person = None

    def first():
        nonlocal person
        person = invite(office)

    [old] = sent(first)
    [new] = sent(lambda: services.invite_again(actor=office, person=person))

    with pytest.raises(LinkEnded):
        services.set_password(token=token_in(old), password="koc-w-kratę-17")
    services.set_password(token=token_in(new), password="koc-w-kratę-17")


def test_a_closed_account_makes_the_invitation_worthless(office, sent):
    [letter] = sent(lambda: invite(office))
    services.close_account(actor=SYSTEM, person=Person.objects.get(email="nowa@example.org"))

    with pytest.raises(LinkEnded):
        services.set_password(token=token_in(letter), password="koc-w-kratę-17")


@pytest.mark.parametrize("token", ["", "abc", "0" * 96, "ą" * 96])
def test_a_made_up_link_is_worth_nothing(token, api, city):
    answer = api().post("/api/v1/accounts/password/", {"token": token, "password": "koc-17-kratka"})
    assert answer.status_code in {400, 422}


def test_an_invitation_of_one_city_is_worth_nothing_in_the_other(office, sent, api, in_south):
    [letter] = sent(lambda: invite(office))
    link = Link.objects.get()
    with in_south():
        twin = PersonFactory(email="nowa@example.org")
        Link.objects.create(
            pk=link.pk,
            person=twin,
            kind="invitation",
            address=twin.email,
            expires_at=link.expires_at,
        )

    answer = api(host="south.test").post(
        "/api/v1/accounts/password/",
        {"token": token_in(letter), "password": "koc-w-kratę-17"},
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "link_ended")


@pytest.mark.parametrize("password", ["haslo", "12345678901", "password123", "nowa@example.org"])
def test_a_weak_password_is_refused_and_the_link_lives_on(office, sent, password):
    [letter] = sent(lambda: invite(office))
    with pytest.raises(WeakPassword) as refusal:
        services.set_password(token=token_in(letter), password=password)
    assert refusal.value.errors[0].field == "password"

    services.set_password(token=token_in(letter), password="koc-w-kratę-17")


def test_an_address_already_here_is_refused_whatever_its_case(office):
    PersonFactory(email="Nowa@Example.org")
    with pytest.raises(EmailTaken):
        invite(office)


def test_somebody_who_has_an_account_joins_a_second_unit_without_a_letter(office, sent):
    accountant, unit = PersonFactory(email="ksiegowa@example.org"), UnitFactory()
    accountant.set_password("koc-w-kratę-17")
    accountant.save()
    MembershipFactory(person=accountant, unit=UnitFactory())

    letters = sent(lambda: invite(office, email="KSIEGOWA@example.org", home=("unit", unit.pk)))

    assert letters == []
    assert units_of(accountant.pk).count() == 2
    services.close_account(actor=SYSTEM, person=accountant)
    with pytest.raises(AccountClosed):
        invite(office, email="ksiegowa@example.org", home=("unit", unit.pk))


def test_the_deed_is_on_record(office):
    person = invite(office)
    entry = Entry.objects.get(target_id=str(person.pk))
    assert (entry.right, entry.actor_id) == ("accounts.manage_people", office.pk)
    assert entry.after["email"] == "nowa@example.org"


def test_an_invitation_that_never_left_shows_on_the_persons_page_until_it_does(office, api):
    person = invite(office)
    page = f"{URL}{person.pk}/"
    assert api(office).get(page).json()["trouble"] == ""

    job = died(Job.objects.get(task="accounts.send_link"))

    assert job.about == "zaproszenie: nowa@example.org"
    assert api(office).get(page).json()["trouble"] == (
        f"List z odnośnikiem (zaproszenie: nowa@example.org) nie wyszedł. {job.sentence}"
    )
    outbox.try_again(actor=SYSTEM, job=job)
    assert api(office).get(page).json()["trouble"] == ""
    assert outbox.run_job(str(job.pk))
    assert [letter.to for letter in mail.outbox] == [["nowa@example.org"]]


def test_a_newer_invitation_settles_the_trouble_of_the_one_before(office, api):
    person = invite(office)
    died(Job.objects.get(task="accounts.send_link"))

    services.invite_again(actor=office, person=person)

    assert api(office).get(f"{URL}{person.pk}/").json()["trouble"] == ""
