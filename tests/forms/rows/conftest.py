import pytest

from tests.factories.accounts import PersonFactory
from tests.factories.directory import UnitFactory
from tests.factories.forms import author as make_author
from tests.factories.forms import guarded


@pytest.fixture(autouse=True)
def files_root(settings, tmp_path):
    settings.FILES_ROOT = str(tmp_path)


@pytest.fixture
def author(city):
    return make_author(first_name="Ewa", last_name="Lis")


@pytest.fixture
def unit(city):
    return UnitFactory(short_name="SP nr 7", nip="5540000000")


@pytest.fixture
def head(city):
    """Whoever fills the sheets of the tests' own matters."""
    person = PersonFactory(first_name="Jan", last_name="Nowak")
    with guarded(person):
        yield person
