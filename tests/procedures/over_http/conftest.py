import copy

import pytest

from accounts.permissions import Permission as Accounts
from forms.permissions import Permission as Forms
from procedures.permissions import Permission
from procedures.services import designing
from tests.factories import forms
from tests.factories import procedures as made
from tests.factories.accounts import person_with


@pytest.fixture
def maker():
    return person_with(
        Permission.MANAGE_PROCEDURES,
        Forms.MANAGE_FORMS,
        Forms.VIEW_FORMS,
        Accounts.MANAGE_ROLES,
    )


@pytest.fixture
def browser(api, maker):
    return api(maker)


@pytest.fixture
def form():
    return forms.published()


@pytest.fixture
def grant(maker, form, clerk, boss):
    draft = made.document(*copy.deepcopy(made.SIMPLE), form=str(form.pk))
    return designing.add_procedure(actor=maker, name="Grant", draft=draft)


@pytest.fixture
def at(grant):
    return f"/api/v1/procedures/procedures/{grant.pk}/"


@pytest.fixture
def running(grant, maker, head, unit):
    designing.publish_procedure(actor=maker, procedure=grant)
    return made.submitted(grant, head, unit)
