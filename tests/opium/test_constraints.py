import ast
import re
from itertools import chain

import pytest
from django.apps import apps
from django.db import IntegrityError

from accounts import services
from accounts.models import Function
from config.runtime.state import ROOT
from opium.constraints import refusing
from opium.errors import Conflict
from opium.permissions import SYSTEM

SOURCES = ("platform", "modules", "tenants", "billing", "provisioning")


class Taken(Conflict):
    code = "taken"


@pytest.mark.django_db
def test_the_named_constraint_becomes_the_given_refusal_and_only_the_block_is_undone():
    Function.objects.create(code="referent", name="Referent")

    with pytest.raises(Taken) as refused, refusing(one_function_per_code=Taken("Zajęte.")):
        Function.objects.create(code="inny", name="Inny")
        Function.objects.create(code="referent", name="Drugi")

    assert str(refused.value) == "Zajęte."
    assert list(Function.objects.filter(code__in=["referent", "inny"]).values_list("name")) == [
        ("Referent",)
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{"code": "referent", "name": "B"}, {"code": "b", "name": None}])
def test_any_other_constraint_is_a_mistake_of_ours_and_is_raised(fields):
    Function.objects.create(code="referent", name="Referent")
    with pytest.raises(IntegrityError), refusing(no_holder_twice=Taken()):
        Function.objects.create(**fields)


@pytest.mark.django_db
def test_a_service_never_says_taken_of_what_another_constraint_refused():
    with pytest.raises(IntegrityError, match='null value in column "name"'):
        services.add_function(actor=SYSTEM, code="nowa", name=None)


def test_every_refusal_names_a_constraint_that_is_there():
    constraints = {
        constraint.name for model in apps.get_models() for constraint in model._meta.constraints
    }
    constraints |= {
        f"{model._meta.db_table}_{field.column}_key"
        for model in apps.get_models()
        for field in model._meta.local_fields
        if field.unique and not field.primary_key
    }
    named = [
        (path.relative_to(ROOT).as_posix(), keyword.arg)
        for path in chain.from_iterable((ROOT / source).rglob("*.py") for source in SOURCES)
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "refusing"
        for keyword in call.keywords
    ]
    raised = {
        name
        for path in chain.from_iterable((ROOT / source).rglob("*.py") for source in SOURCES)
        for name in re.findall(r"CONSTRAINT = '(\w+)'", path.read_text())
    }
    """By triggers, which name a rule as a constraint would."""
    assert len(named) >= 18
    assert [(path, name) for path, name in named if name not in constraints | raised] == []


def test_nobody_but_the_kernel_reads_an_integrity_error():
    readers = [
        path.relative_to(ROOT).as_posix()
        for path in chain.from_iterable((ROOT / source).rglob("*.py") for source in SOURCES)
        if "except IntegrityError" in path.read_text()
    ]
    assert readers == ["platform/opium/constraints.py"]
