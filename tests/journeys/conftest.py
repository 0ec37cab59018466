"""A real installation for the journeys: its own database, server, worker, and a real browser."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from config.runtime import browser, postgres, state
from provisioning.demo.browser import Browser
from provisioning.demo.city import SCHEMA
from tests import prepared

HOST = "bydgoszcz.localhost"
OPEN_CITY = """
import django; django.setup()
from django.conf import settings
from provisioning.demo.city import open_demo_city
folder = settings.STATE / "demo"; folder.mkdir(parents=True, exist_ok=True)
password = open_demo_city(folder)[0]
from django_tenants.utils import tenant_context
from modules.messaging import services
from opium.permissions import SYSTEM
from tenants.models import Tenant
with tenant_context(Tenant.objects.get(schema_name="bydgoszcz")):  # what is sent leaves at once
    services.change_sending_rules(actor=SYSTEM, undo_seconds=0)
print(password)
"""


def pytest_collection_modifyitems(items):
    for one in items:
        if "journeys" in one.path.parts:
            one.add_marker(pytest.mark.journey)


@dataclass(frozen=True)
class Installation:
    """A city of 119 units with everybody in it, served on this machine."""

    port: int
    password: str
    folder: Path
    environment: dict[str, str]

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    def client(self, email: str) -> Browser:
        """The person's API, signed in."""
        client = Browser(f"http://127.0.0.1:{self.port}", HOST)
        client.sign_in(email, self.password)
        return client


@pytest.fixture(scope="package")
def installation(database, django_db_blocker):
    folder = Path(tempfile.mkdtemp(prefix="opium-journeys-"))
    folder.chmod(0o755)
    name = f"journeys_of_{database}"
    with django_db_blocker.unblock():
        prepared.lay(name, with_cities=False)
    address = os.environ.get("DATABASE_URL") or postgres.Cluster(state.folder()).url
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "DATABASE_URL": urlunsplit(urlsplit(address)._replace(path=f"/{name}")),
        "OPIUM_STATE": str(folder),
        "OPIUM_PORT": str(port),
        "DJANGO_SETTINGS_MODULE": "tests.journeys.settings",
    }
    house = subprocess.Popen(
        [sys.executable, "-m", "config.runtime.supervisor", "serve"],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        if not any("Działa" in line for line in house.stderr):
            pytest.fail("The installation did not start.")
        drain = threading.Thread(target=house.stderr.read, daemon=True)
        drain.start()
        password = subprocess.run(
            [sys.executable, "-c", OPEN_CITY],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        yield Installation(port, password, folder, environment)
    finally:
        house.send_signal(signal.SIGINT)
        house.wait(timeout=60)
        drain.join()
        house.stderr.close()
        with django_db_blocker.unblock():
            prepared.drop(name)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="package")
def types(installation):
    """The catalogue's types, with people in their functions and money in their pots.

    The demonstration loads them too; what is there stays.
    """
    subprocess.run(
        [sys.executable, state.ROOT / "manage.py", "catalogue_load", "--city", SCHEMA],
        env=installation.environment,
        check=True,
        capture_output=True,
    )


@pytest.fixture(scope="package")
def chrome():
    """Ends with the journeys: while it runs, its event loop forbids Django's database."""
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=str(browser.executable()), args=browser.flags()
        )
        yield started
        started.close()


@pytest.fixture
def visitor(installation, chrome):
    """`visitor()` is a page of a browser that nobody has signed in from; `width` in pixels."""
    contexts: list[BrowserContext] = []

    def page_of(width: int = 1280) -> Page:
        context = chrome.new_context(
            base_url=installation.address,
            viewport={"width": width, "height": 900},
            locale="pl-PL",
            timezone_id="Europe/Warsaw",
            reduced_motion="reduce",
            accept_downloads=True,
        )
        contexts.append(context)
        context.set_default_timeout(20_000)
        return context.new_page()

    yield page_of
    for context in contexts:
        context.close()


@pytest.fixture
def person(installation, visitor):
    """`person(email)` is a page of somebody signed in through the screen; `width` in pixels."""

    def page_of(email: str, width: int = 1280) -> Page:
        page = visitor(width)
        page.goto("/")
        page.get_by_label("Adres e-mail").fill(email)
        page.locator("input[type=password]").fill(installation.password)
        page.get_by_role("button", name="Zaloguj się", exact=True).click()
        expect(page.get_by_role("heading", level=1, name="Co na mnie czeka")).to_be_visible()
        return page

    return page_of
