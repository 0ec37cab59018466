"""A job that cannot be done stops nobody else, is given up, and tells why."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from opium.errors import Conflict
from opium.isolation import SomeFailed, each, together
from outbox import registry, services
from outbox.models import Job
from outbox.services.leasing import DEATHS
from outbox.services.relaying import RELAY_AFTER, RELAY_BATCH
from tenants.models import Tenant

pytestmark = pytest.mark.django_db
DONE: list[str] = []
MARKED: list[tuple[str, str, str]] = []
BROKEN: list[Exception] = []


class Refused(Conflict):
    message = "Szablon „wezwanie” został usunięty."


def mark(word, *, sentence):
    if word == "bez właściciela":
        raise LookupError(word)
    MARKED.append((connection.schema_name, word, sentence))
    return f"Pismo {word}"


@registry.task("tests.fragile", label="Kruche zadanie", on_given_up=mark)
def fragile(word):
    if BROKEN:
        raise BROKEN[0]
    DONE.append(word)


@pytest.fixture(autouse=True)
def _clean():
    for kept in (DONE, MARKED, BROKEN):
        kept.clear()


def waiting(schema="north", task="tests.fragile", word="kot", **fields):
    long_ago = timezone.now() - RELAY_AFTER * 2
    return Job.objects.create(
        **{"schema_name": schema, "task": task, "args": [word], "due_at": long_ago, **fields}
    )


def relay():
    """What the relay publishes, done at once; failures stay in their jobs, as in a worker."""
    published = services.relay_jobs()
    for job in Job.objects.filter(done_at=None, given_up_at=None).order_by("created_at"):
        try:
            services.run_job(str(job.pk))
        except Exception:  # noqa: BLE001  # as in a worker
            continue
    return published


def test_a_task_that_nobody_knows_stops_neither_its_city_nor_another(no_broker):
    lost = waiting(task="tests.unknown")
    here, there = waiting(word="tu"), waiting("south", word="tam")

    relay()

    assert DONE == ["tu", "tam"]
    lost.refresh_from_db()
    assert (lost.attempts, lost.last_error) == (1, "UnknownTask: tests.unknown")
    for job in (here, there):
        job.refresh_from_db()
        assert job.done_at is not None


def test_a_task_that_nobody_knows_is_given_up_with_a_sentence(no_broker):
    lost = waiting(task="tests.unknown", attempts=registry.ATTEMPTS - 1)

    relay()

    lost.refresh_from_db()
    assert lost.given_up_at is not None
    assert lost.sentence == (
        "Ta wersja programu nie zna zadania „tests.unknown”. "
        "Zaktualizuj program i spróbuj ponownie."
    )


def test_the_job_of_a_city_that_is_gone_is_given_up_at_once(no_broker):
    lost, _ = waiting("zaginione"), waiting(word="tu")

    relay()

    lost.refresh_from_db()
    assert DONE == ["tu"]
    assert (lost.attempts, lost.given_up_at is not None) == (1, True)
    assert lost.sentence == (
        "Miasta „zaginione” nie ma w tej instalacji. Jeśli zostało usunięte, zostaw to zadanie; "
        "jeśli wróci, spróbuj ponownie."
    )
    assert lost.last_error.startswith("CityMissing: ")


def test_a_city_whose_schema_is_gone_stops_no_other(no_broker):
    Tenant.objects.bulk_create([Tenant(schema_name="puste", name="Puste")])
    waiting("puste")
    waiting("south", word="tam")
    BROKEN.append(RuntimeError("relation does not exist"))
    relay()
    BROKEN.clear()
    Job.objects.update(due_at=timezone.now() - RELAY_AFTER * 2)

    relay()

    assert sorted(DONE) == ["kot", "tam"]
    assert connection.schema_name == "north"


def test_a_job_that_kills_its_worker_is_given_up_after_so_many_deaths(no_broker):
    job = waiting()
    for deaths in range(1, DEATHS + 1):
        past = timezone.now() - timedelta(seconds=1)
        Job.objects.update(leased_until=past, attempts=deaths)  # as the killed one left it
        Job.objects.update(deaths=deaths - 1)
        if deaths < DEATHS:
            BROKEN[:] = [RuntimeError("still alive")]
            with pytest.raises(RuntimeError):
                services.run_job(str(job.pk))
            job.refresh_from_db()
            assert (job.deaths, job.given_up_at) == (deaths, None)

    assert services.run_job(str(job.pk)) is False

    job.refresh_from_db()
    assert (job.deaths, job.given_up_at is not None) == (DEATHS, True)
    assert job.sentence == (
        "Proces, który wykonywał to zadanie, zginął (prób: 5). Zwykle brakuje pamięci. "
        "Zgłoś to operatorowi."
    )
    assert [("north", "kot", job.sentence)] == MARKED


def test_the_owner_is_marked_in_its_own_city_with_the_refusal_and_names_the_job(no_broker):
    job = waiting("south", attempts=registry.ATTEMPTS - 1)
    BROKEN.append(Refused())

    relay()

    job.refresh_from_db()
    assert MARKED == [("south", "kot", "Szablon „wezwanie” został usunięty.")]
    assert (job.about, job.sentence) == ("Pismo kot", "Szablon „wezwanie” został usunięty.")
    assert job.last_error == "Refused: Szablon „wezwanie” został usunięty."
    assert connection.schema_name == "north"


def test_a_programmers_error_is_told_as_one_and_kept_for_the_operator(no_broker):
    job = waiting(attempts=registry.ATTEMPTS - 1)
    BROKEN.append(KeyError("kolumna"))

    relay()

    job.refresh_from_db()
    assert job.sentence == (
        "Wystąpił błąd programu. Spróbuj ponownie; jeśli to nie pomoże, zgłoś operatorowi "
        "treść błędu (prób: 12)."
    )
    assert job.last_error == "KeyError: 'kolumna'"


def test_a_job_whose_owner_cannot_be_marked_is_given_up_all_the_same(no_broker):
    job = waiting(word="bez właściciela", attempts=registry.ATTEMPTS - 1)
    BROKEN.append(Refused())

    relay()

    job.refresh_from_db()
    assert job.given_up_at is not None
    assert job.last_error == (
        "Refused: Szablon „wezwanie” został usunięty.\n"
        "owner not marked: LookupError: bez właściciela"
    )


def test_a_copy_of_a_message_does_not_shorten_the_pause_after_a_failure():
    job = waiting()
    BROKEN.append(ValueError("nie teraz"))
    with pytest.raises(ValueError, match="nie teraz"):
        services.run_job(str(job.pk))

    assert services.run_job(str(job.pk)) is False

    job.refresh_from_db()
    assert job.attempts == 1


def test_a_city_with_thousands_of_waiting_jobs_lets_the_others_through(no_broker):
    long_ago = timezone.now() - timedelta(hours=1)
    Job.objects.bulk_create(
        Job(schema_name="north", task="tests.fragile", args=[str(n)], due_at=long_ago)
        for n in range(RELAY_BATCH + 10)
    )
    theirs = waiting("south")

    assert services.relay_jobs() == RELAY_BATCH

    before = theirs.due_at
    theirs.refresh_from_db()
    assert theirs.due_at > before


def test_the_same_work_done_later_takes_the_failure_off_the_list():
    failed = waiting(given_up_at=timezone.now(), attempts=12)
    other = waiting(word="pies", given_up_at=timezone.now(), attempts=12)

    services.run_job(str(waiting().pk))

    failed.refresh_from_db()
    other.refresh_from_db()
    assert failed.left_because == "Takie samo późniejsze zadanie się udało."
    assert other.left_at is None


def test_every_task_has_a_polish_name():
    nameless = [
        name
        for name, task in registry.TASKS.items()
        if not task.label and not name.startswith("tests.")
    ]
    assert nameless == []


def test_a_bad_row_is_told_with_its_name_and_the_rest_is_done():
    done = []

    def do(row):
        if row == "zły":
            raise Refused
        done.append(row)

    with pytest.raises(SomeFailed) as told:
        each(["a", "zły", "b"], do)

    assert done == ["a", "b"]
    assert str(told.value) == "Nie udało się dla 1 z 3: zły: Szablon „wezwanie” został usunięty."


@pytest.mark.parametrize(("bad", "calls"), [(set(), 2), ({50}, 14), (set(range(100)), 200)])
def test_rows_done_together_are_halved_until_the_bad_are_alone(bad, calls):
    done, asked = [], []

    def do(rows):
        asked.append(len(rows))
        if bad & set(rows):
            raise ValueError("zły")
        done.extend(rows)

    if bad:
        with pytest.raises(SomeFailed) as told:
            together(range(150), do)
        assert {row for row, _ in told.value.failures} == bad
    else:
        together(range(150), do)

    assert sorted(done) == sorted(set(range(150)) - bad)
    assert len(asked) == calls


def test_what_a_bad_row_wrote_before_it_failed_is_undone():
    def do(word):
        waiting(word=word)
        if word == "zły":
            raise Refused

    with pytest.raises(SomeFailed):
        each(["dobry", "zły"], do)

    assert [job.args for job in Job.objects.all()] == [["dobry"]]
