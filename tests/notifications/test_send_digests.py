"""The daily digest: one letter for all modules, when there is something to tell."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.utils import timezone
from django_tenants.utils import tenant_context

from notifications import services
from notifications.models import Channel, Email, Notification
from notifications.services.entrusted import take_away
from opium.isolation import SomeFailed
from outbox import services as outbox
from outbox.models import Job
from tenants.models import Tenant
from tests.factories.accounts import PersonFactory
from tests.factories.poison import poison
from tests.notifications.conftest import news
from todo import services as todo

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(city):
    return _digested(PersonFactory(first_name="Ewa", last_name="Lis"))


@pytest.fixture
def send(django_capture_on_commit_callbacks):
    def sending():
        with django_capture_on_commit_callbacks(execute=True):
            return services.send_digests()

    return sending


def _digested(person):
    services.choose_channel(actor=person, kind="messaging.message", channel=Channel.DIGEST)
    return person


def test_one_letter_names_the_news_of_every_module(person, award, send):
    services.notify(
        [
            news(person, title="Nowa wiadomość: Obiady"),
            news(person, title="Nagroda: SP nr 2", kind=award.key, url="/directory/units/2"),
            news(person, title="Nowa wiadomość: Remonty", url="/messaging/inbox/8"),
        ]
    )
    assert mail.outbox == []

    assert send() == 1

    [letter] = mail.outbox
    assert letter.to == [person.email]
    assert letter.subject == "3 nowe sprawy w OPIUM: North"
    assert letter.body == (
        "Dzień dobry,\n"
        "\n"
        "od ostatniego zbiorczego listu czeka na Ciebie (North):\n"
        "\n"
        "Jednostki\n"
        "  • Nagroda: SP nr 2\n"
        "    http://north.test:8000/directory/units/2\n"
        "\n"
        "Wiadomości\n"
        "  • Nowa wiadomość: Obiady\n"
        "    http://north.test:8000/messaging/inbox/7\n"
        "  • Nowa wiadomość: Remonty\n"
        "    http://north.test:8000/messaging/inbox/8\n"
        "\n"
        "O czym i jak piszemy, ustawisz w „Moje konto”:\n"
        "http://north.test:8000/accounts/me\n"
        "\n"
        "Ten list wysłał system OPIUM. Prosimy na niego nie odpowiadać.\n"
    )


def test_it_is_safe_to_run_twice(person, send):
    services.notify([news(person)])

    assert (send(), send()) == (1, 0)

    assert len(mail.outbox) == 1
    assert not Notification.objects.filter(awaits_digest=True).exists()


def test_what_comes_after_the_days_letter_waits_for_tomorrows(person, send):
    with time_machine.travel(datetime(2026, 11, 24, 7, tzinfo=UTC), tick=False):
        services.notify([news(person, title="Rano")])
        send()
        services.notify([news(person, title="Po południu")])
        assert send() == 0
    with time_machine.travel(datetime(2026, 11, 25, 7, tzinfo=UTC), tick=False):
        assert send() == 1

    first, second = mail.outbox
    assert ("Rano" in first.body, "Po południu" in first.body) == (True, False)
    assert ("Rano" in second.body, "Po południu" in second.body) == (False, True)


def test_nothing_is_sent_when_there_is_nothing_to_tell(person, send):
    assert send() == 0
    assert (mail.outbox, Email.objects.count()) == ([], 0)


def test_what_has_been_read_meanwhile_is_not_told(person, send):
    services.notify([news(person, title="Przeczytane"), news(person, title="Czeka")])
    Notification.objects.filter(title="Przeczytane").update(read_at=timezone.now())
    other = _digested(PersonFactory())
    services.notify([news(other)])
    Notification.objects.filter(person=other).update(read_at=timezone.now())

    assert send() == 1

    [letter] = mail.outbox
    assert (letter.to, letter.subject) == ([person.email], "1 nowa sprawa w OPIUM: North")
    assert "Przeczytane" not in letter.body


def test_only_news_for_the_digest_stand_in_it(person, send):
    services.notify([news(person, kind="messaging.reminder", title="Ponaglenie: Obiady")])
    services.notify([news(person, title="Nowa wiadomość: Obiady")])
    mail.outbox.clear()

    send()

    assert "Ponaglenie" not in mail.outbox[0].body


def test_a_closed_account_gets_no_letter(person, send):
    services.notify([news(person)])
    person.is_active = False
    person.save()

    assert send() == 0
    assert mail.outbox == []


def test_a_module_switched_off_tells_nothing(person, award, send, city):
    services.notify([news(person), news(person, kind=award.key, title="Nagroda")])
    city.modules = ["directory"]

    assert send() == 1
    assert "Nagroda" in mail.outbox[0].body
    assert "Obiady" not in mail.outbox[0].body


def test_a_long_list_is_cut_and_counted(person, send):
    services.notify([news(person, title=f"Sprawa {number}") for number in range(35)])

    send()

    body = mail.outbox[0].body
    assert body.count("  • ") == 30
    assert "I jeszcze 5 nowych spraw: http://north.test:8000/\n" in body


def test_the_clock_sends_it_in_each_city_at_seven_of_polish_time(
    person, in_south, django_capture_on_commit_callbacks
):
    services.notify([news(person, title="Na północy")])
    with in_south():
        southern = _digested(PersonFactory(email="poludnie@example.org"))
        services.notify([news(southern, title="Na południu")])

    for hour in (5, 6, 6):  # 6.00, 7.00 and again 7.00 in Poland
        with time_machine.travel(datetime(2026, 11, 24, hour, tzinfo=UTC), tick=False):
            with django_capture_on_commit_callbacks(execute=True):
                outbox.plan_daily()
        assert len(mail.outbox) == (0 if hour == 5 else 2)

    told = {letter.to[0]: letter.body for letter in mail.outbox}
    assert "Na północy" in told[person.email]
    assert "Na południu" in told["poludnie@example.org"]
    assert "Na północy" not in told["poludnie@example.org"]
    jobs = Job.objects.filter(task="notifications.send_digests")
    assert sorted(jobs.values_list("schema_name", flat=True)) == sorted(
        Tenant.objects.exclude(schema_name="public").values_list("schema_name", flat=True)
    )


@pytest.mark.parametrize(("count", "jobs"), [(1, 1), (30, 2)])
def test_the_digest_of_many_takes_the_same_queries(count, jobs, django_assert_num_queries, city):
    for _ in range(count):
        person = _digested(PersonFactory())
        services.notify([news(person), news(person)])
    Job.objects.all().delete()

    # who waits; a savepoint and its end, the people, today's letters, their news, the city's host,
    # what is due, the news settled, the letters with their ids; one for each job of 25 letters
    with django_assert_num_queries(11 + jobs):
        services.send_digests()


def due(person, title, days, **told):
    now = timezone.now()
    wait = todo.Wait(
        subject=("messaging.delivery", uuid4()),
        code="messaging.answer",
        what="Odpowiedz",
        title=title,
        url="/messaging/inbox/9",
        person=person.pk,
        since=now - timedelta(days=9),
        due_at=now + timedelta(days=days),
        **told,
    )
    todo.wait([wait])


def test_the_letter_names_the_deadlines_of_the_week_and_those_that_have_passed(person, send):
    with time_machine.travel(datetime(2026, 11, 24, 7, tzinfo=UTC), tick=False):
        services.notify([news(person)])
        due(person, "Ankieta", 3)
        due(person, "Zaległa", -1)
        due(person, "Daleka", 8)
        due(PersonFactory(), "Cudza", 1)

        assert send() == 1

    terms = mail.outbox[0].body.partition("Zbliżają się terminy:\n")[2].partition("\n\n")[0]
    assert terms == (
        "  • po terminie od 23.11.2026, 08:00: Odpowiedz – Zaległa\n"
        "    http://north.test:8000/messaging/inbox/9\n"
        "  • do 27.11.2026, 08:00: Odpowiedz – Ankieta\n"
        "    http://north.test:8000/messaging/inbox/9"
    )


def test_deadlines_alone_write_no_letter(person, send):
    due(person, "Ankieta", 1)

    assert send() == 0


def test_many_deadlines_are_cut_and_counted(person, send):
    services.notify([news(person)])
    for number in range(12):
        due(person, f"Ankieta {number}", 1)

    send()

    body = mail.outbox[0].body
    assert body.count("Odpowiedz – Ankieta") == 10
    assert "I jeszcze 2 terminy: http://north.test:8000/todo/waiting\n" in body


@pytest.mark.parametrize(("count", "jobs"), [(1, 1), (30, 2)])
def test_deadlines_of_many_cost_as_many_queries_as_those_of_one(
    count, jobs, django_assert_num_queries, city
):
    for _ in range(count):
        person = _digested(PersonFactory())
        services.notify([news(person)])
        due(person, "Ankieta", 1)
    Job.objects.all().delete()

    # as above, and then: absences, roles, second factors, homes, functions
    with django_assert_num_queries(15 + jobs):
        services.send_digests()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_write_to_nobody_twice(city):
    for _ in range(5):
        services.notify([news(_digested(PersonFactory()))])
    start = Barrier(2)

    def work(_):
        try:
            with tenant_context(city):
                start.wait()
                return services.send_digests()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        written = sum(workers.map(work, range(2)))

    assert written == 5
    assert Email.objects.count() == 5
    assert not Notification.objects.filter(awaits_digest=True).exists()


def test_somebody_whose_digest_cannot_be_written_keeps_nobody_else_from_theirs(city):
    people = [_digested(PersonFactory()) for _ in range(4)]
    for one in people:
        services.notify([news(one)])
    poison(Email, "INSERT", f"NEW.recipient = '{people[1].email}'")

    with pytest.raises(SomeFailed) as told:
        services.send_digests()

    assert [row for row, _ in told.value.failures] == [people[1].pk]
    assert set(Email.objects.values_list("recipient", flat=True)) == {
        one.email for one in people if one != people[1]
    }
    assert list(
        Notification.objects.filter(awaits_digest=True).values_list("person", flat=True)
    ) == [people[1].pk]


def test_what_is_taken_away_is_named_by_no_digest_that_has_not_left(person, award):
    other = _digested(PersonFactory())
    gone = "/messaging/inbox/7"
    services.notify(
        [
            news(person, title="Nowa wiadomość: Obiady"),
            news(person, title="Nagroda: SP nr 2", kind=award.key, url="/directory/units/2"),
            news(other, title="Nowa wiadomość: Obiady"),
        ]
    )
    assert services.send_digests() == 2

    take_away(urls=[gone])

    [left] = Email.objects.filter(key__startswith="digest:")
    assert (left.recipient, left.subject) == (person.email, "1 nowa sprawa w OPIUM: North")
    assert "Obiady" not in left.body
    assert "Wiadomości" not in left.body
    assert "Nagroda: SP nr 2" in left.body


def test_a_digest_that_has_left_stays_as_it_was_sent(person, send):
    services.notify([news(person, title="Nowa wiadomość: Obiady")])
    send()

    take_away(urls=["/messaging/inbox/7"])

    assert "Obiady" in Email.objects.get(key__startswith="digest:").body
