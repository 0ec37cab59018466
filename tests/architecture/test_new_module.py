"""A module written by the seven steps of CONTRIBUTING changes no file but the two of step 2."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = ("platform", "api", "tenants", "modules", "billing", "provisioning")
FILES = {
    "__init__.py": '"""Lending: what units lend each other. Verb: lend_item."""\n',
    "apps.py": """
from opium import registry


class LendingConfig(registry.ModuleConfig):
    name = "modules.lending"
    verbose_name = "Wypożyczenia"
    requires = ("directory",)
""",
    "permissions.py": """
from opium import permissions, starting


class Permission(permissions.Permission):
    LEND_ITEMS = ("lending.lend_items", "Wypożyczanie", "Wypożycza sprzęt innym jednostkom.")


starting.give(starting.CLERK, *Permission)
""",
    "deeds.py": """
from opium import deeds


class Deed(deeds.Deed):
    LEND_ITEM = "lending.lend_item", "Wypożyczenie rzeczy"
""",
    "models.py": """
from django.db import models

from opium.models import Record


class Item(Record):
    class State(models.TextChoices):
        LENT = "lent", "wypożyczona"

    name = models.CharField("nazwa", max_length=100)
    state = models.CharField(max_length=10, choices=State, default=State.LENT)

    class Meta:
        verbose_name = "rzecz"
        verbose_name_plural = "rzeczy"

    def __str__(self) -> str:
        return self.name
""",
    "errors.py": """
from opium.errors import Conflict


class ItemLent(Conflict):
    code = "item_lent"
    message = "Rzecz „{name}” jest już wypożyczona. Wybierz inną."
""",
    "selectors.py": """
from django.db.models import QuerySet

from modules.lending.models import Item
from modules.lending.permissions import Permission
from opium.permissions import Actor, require


def items_visible_to(actor: Actor) -> QuerySet[Item]:
    require(actor, Permission.LEND_ITEMS)
    return Item.objects.order_by("name")
""",
    "services.py": '''
from django.db import transaction

from audit import services as audit
from modules.lending.deeds import Deed
from modules.lending.models import Item
from modules.lending.permissions import Permission
from opium.permissions import Actor, require


@transaction.atomic
def lend_item(*, actor: Actor, name: str) -> Item:
    """Write down what was lent."""
    require(actor, Permission.LEND_ITEMS)
    item = Item.objects.create(name=name)
    audit.record(actor=actor, deed=Deed.LEND_ITEM, right=Permission.LEND_ITEMS, target=item)
    return item
''',
    "api/__init__.py": "",
    "api/serializers.py": """
from rest_framework import serializers

from modules.lending.models import Item


class ItemOut(serializers.ModelSerializer[Item]):
    class Meta:
        model = Item
        fields = ["id", "name", "state"]


class ItemIn(serializers.Serializer[Item]):
    name = serializers.CharField(max_length=100)
""",
    "api/views.py": """
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from api.reading import read
from api.viewsets import ModuleViewSet
from modules.lending import selectors, services
from modules.lending.api import serializers as shapes
from modules.lending.models import Item


class ItemViewSet(ListModelMixin, ModuleViewSet[Item]):
    queryset = Item.objects.none()
    serializer_class = shapes.ItemOut

    def get_queryset(self) -> QuerySet[Item]:
        return selectors.items_visible_to(self.actor)

    @extend_schema(request=shapes.ItemIn, responses={201: shapes.ItemOut})
    def create(self, request: Request) -> Response:
        item = services.lend_item(actor=self.actor, **read(shapes.ItemIn, request))
        return Response(shapes.ItemOut(item).data, status=201)
""",
    "api/urls.py": """
from rest_framework.routers import SimpleRouter

from modules.lending.api import views

router = SimpleRouter()
router.register("items", views.ItemViewSet, basename="item")
urlpatterns = router.urls
""",
    "migrations/__init__.py": "",
}
FOUND = """
from django.apps import apps
from django.core.management import call_command
from django.urls import resolve

from accounts.permissions import Permission as _
from opium.deeds import all_deeds
from opium.permissions import all_permissions
from opium.registry import optional_modules
from opium.starting import starting_roles

clerk = next(rights for role, rights in starting_roles() if role.code == "clerk")
print("lending.lend_items" in map(str, all_permissions()))
print("lending.lend_items" in map(str, clerk))
print("lending.lend_item" in map(str, all_deeds()))
print("lending" in optional_modules())
print(resolve("/api/v1/lending/items/", "config.urls").url_name)
"""


@pytest.fixture
def copy(tmp_path) -> Path:
    """The code as a newcomer has it, with the module in its place."""
    unneeded = shutil.ignore_patterns("__pycache__")
    for folder in CODE:
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=unneeded)
    (tmp_path / "tests" / "architecture").mkdir(parents=True)
    for name in ("__init__.py", "surface.py"):
        shutil.copy(ROOT / "tests" / "architecture" / name, tmp_path / "tests" / "architecture")
    for name in ("manage.py", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    for name, content in FILES.items():
        path = tmp_path / "modules" / "lending" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content.lstrip("\n"))
    return tmp_path


def changed(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_text(text)


def run(copy: Path, *command: str) -> str:
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(copy), str(copy / "platform")]),
        "OPIUM_STATE": str(copy / ".opium"),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    done = subprocess.run(
        command, cwd=copy, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def test_a_module_by_the_seven_steps_is_found_whole_and_needs_no_other_file_changed(copy):
    changed(
        copy / "platform" / "config" / "settings.py",
        ('    "modules.messaging",\n', '    "modules.messaging",\n    "modules.lending",\n'),
    )
    changed(
        copy / "pyproject.toml",
        ('layers = ["applications", ', 'layers = ["lending", "applications", '),
        ('["modules.directory", "modules.messaging"', '["modules.directory", "modules.lending"'),
    )
    manage = (sys.executable, "manage.py")

    run(copy, *manage, "makemigrations", "lending", "--name", "items")
    assert (copy / "modules" / "lending" / "migrations" / "0001_items.py").exists()
    found = run(copy, *manage, "shell", "--no-imports", "-c", FOUND)
    assert found.split() == ["True", "True", "True", "True", "item-list"]
    schema = copy / "schema.yaml"
    run(copy, *manage, "spectacular", "--validate", "--fail-on-warn", "--file", str(schema))
    assert "/api/v1/lending/items/:" in schema.read_text()
    run(copy, str(Path(sys.executable).parent / "lint-imports"))


def test_a_module_with_a_file_that_has_no_storey_is_refused(copy):
    changed(
        copy / "pyproject.toml",
        ('layers = ["applications", ', 'layers = ["lending", "applications", '),
        ('["modules.directory", "modules.messaging"', '["modules.directory", "modules.lending"'),
    )
    (copy / "modules" / "lending" / "tools.py").write_text("")

    with pytest.raises(AssertionError, match=r"modules\.lending\.tools"):
        run(copy, str(Path(sys.executable).parent / "lint-imports"))
