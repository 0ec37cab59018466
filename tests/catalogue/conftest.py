import pytest

from accounts.models import Person
from accounts.selectors import role_named
from opium.starting import starting_roles


@pytest.fixture(autouse=True)
def files_root(settings, tmp_path):
    settings.FILES_ROOT = str(tmp_path / "files")


@pytest.fixture
def play_everything():
    """Somebody with each starting role, with the rights that it has in a new city."""

    def play():
        for number, (starting, permissions) in enumerate(starting_roles()):
            role = role_named(starting.name)
            role.permissions = sorted(permissions)
            role.save()
            person = Person.objects.create(
                email=f"p{number}@example.org", first_name="A", last_name="B"
            )
            person.assignments.create(role=role)

    return play
