import pytest

from procedures.permissions import Permission
from tests.factories.accounts import person_with


@pytest.fixture(autouse=True)
def files_root(settings, tmp_path):
    settings.FILES_ROOT = str(tmp_path)


@pytest.fixture
def secretary():
    return person_with(Permission.MANAGE_LETTERS, Permission.VIEW_CASES, Permission.ACT_IN_CASE)
