"""Two cities live for the whole run; every database test happens inside the first one."""

from collections.abc import Iterator

import pytest
from celery import current_app
from django.db import connection
from django.test import TransactionTestCase
from django.utils import timezone
from django_tenants.utils import tenant_context
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

from accounts.sessions import PROVED_AT
from modules.messaging.models import SendingRules
from opium.permissions import SYSTEM
from opium.registry import optional_modules
from provisioning import services as provisioning
from tenants.models import Tenant
from tests import prepared
from tests.seeing import LookingClient

# A change is judged by the same cases on every machine, so that it cannot fail by what another
# brought in. `make test ARGS="tests/procedures --hypothesis-profile=hunt"` draws new ones.
settings.register_profile("same", derandomize=True)
settings.register_profile("hunt", derandomize=False)
settings.load_profile("same")


LONGEST = (
    "journeys",
    "tests/provisioning/test_restore_installation.py",
    "tests/bench/test_chaos.py",
    "tests/architecture/test_schema_holds.py",
    "tests/architecture/test_new_module.py",
    "tests/procedures/test_no_dead_end.py",
)
"""What begins first, so that at the end nobody waits for it; else many tests go before few."""


class ByFile(LoadScopeScheduling):
    """A worker takes whole files, and all the journeys, which share one installation."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.split("::", 1)[0]
        return "journeys" if path.startswith("tests/journeys/") else path

    def _assign_work_unit(self, node: WorkerController) -> None:
        for scope in reversed(LONGEST):
            if scope in self.workqueue:
                self.workqueue.move_to_end(scope, last=False)
        super()._assign_work_unit(node)


def pytest_xdist_make_scheduler(config, log) -> ByFile:
    return ByFile(config, log)


@pytest.fixture(scope="session")
def database(request) -> str:
    """The name of this worker's own database."""
    worker = getattr(request.config, "workerinput", {}).get("workerid")
    return f"test_opium_{worker}" if worker else "test_opium"


@pytest.fixture(scope="session")
def django_db_setup(database, django_test_environment, django_db_blocker):
    with django_db_blocker.unblock():
        prepared.lay(database)
        with prepared.connected_to(database), pytest.MonkeyPatch.context() as patch:
            # After a test that commits Django would empty every table; `_put_back` is quicker.
            patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: None)
            for schema in prepared.CITIES:
                _fill(schema)
            with django_db_blocker.block():
                yield
        prepared.drop(database)


def _fill(schema: str) -> None:
    """The rows that a city of today's code starts with."""
    tenant = Tenant.objects.get(schema_name=schema)
    Tenant.objects.filter(pk=tenant.pk).update(modules=sorted(optional_modules()))
    with tenant_context(tenant):
        provisioning.fill_city(actor=SYSTEM)
        SendingRules.objects.create(pk=1, undo_seconds=0)  # what is sent leaves at once


@pytest.fixture(scope="session")
def rows_of_the_start(django_db_setup, django_db_blocker) -> prepared.Rows:
    """What every table held before the first test that commits."""
    with django_db_blocker.unblock():
        return prepared.rows()


@pytest.fixture
def _put_back(rows_of_the_start, django_db_blocker) -> Iterator[None]:
    """A test that commits leaves every table as it found it."""
    yield
    with django_db_blocker.unblock():
        prepared.put_back(rows_of_the_start)


@pytest.fixture(autouse=True)
def city(request) -> Iterator[Tenant | None]:
    """The city of the test: `north`. Tests without the database get none."""
    marker = request.node.get_closest_marker("django_db")
    if marker is None:
        yield None
        return
    if marker.kwargs.get("transaction"):
        request.getfixturevalue("_put_back")
        request.getfixturevalue("transactional_db")
    else:
        request.getfixturevalue("db")
    tenant = Tenant.objects.get(schema_name="north")
    connection.set_tenant(tenant)
    yield tenant
    connection.set_schema_to_public()


@pytest.fixture
def south(city) -> Tenant:
    """The other city, which must never see anything of the first."""
    return Tenant.objects.get(schema_name="south")


@pytest.fixture
def in_south(south):
    """Run a block in the other city: `with in_south(): …`."""
    return lambda: tenant_context(south)


@pytest.fixture
def api(city):
    """A stranger's client on the first city's host; `api(person)` is signed in."""

    def client(person=None, host: str = "north.test") -> LookingClient:
        browser = LookingClient(HTTP_HOST=host)
        if person is not None:
            with tenant_context(Tenant.objects.get(domains__domain=host)):
                browser.force_login(person)
                session = browser.session
                session[PROVED_AT] = timezone.now().isoformat()  # as after signing in
                session.save()
        with connection.cursor():
            pass  # its search path stands at the city, as on a server that has answered before
        return browser

    return client


@pytest.fixture
def no_broker(monkeypatch):
    """What is published stays with the broker: no worker listens."""
    monkeypatch.setattr(current_app.tasks["outbox.run_job"], "apply_async", lambda *_, **__: None)
