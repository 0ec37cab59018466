import factory

from accounts.models import Assignment, Person, Role
from opium.permissions import Held, all_permissions


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    email = factory.Sequence(lambda n: f"osoba{n}@example.org")
    first_name = "Anna"
    last_name = factory.Sequence(lambda n: f"Kowalska{n}")


def person_with(*permissions, scope_kind="city", scope_id=None, **fields):
    """A person whose one role carries exactly these permissions, in the whole city by default."""
    person = PersonFactory(**fields)
    role = Role.objects.create(
        name=f"Rola {person.pk}", permissions=sorted(str(one) for one in permissions)
    )
    Assignment.objects.create(person=person, role=role, scope_kind=scope_kind, scope_id=scope_id)
    return person


def again(person):
    """The person as their next request knows them."""
    return Person.objects.get(pk=person.pk)


def with_own(*permissions):
    """These permissions and everybody's own, as a session lists them."""
    own = [one for one in all_permissions() if one.held is Held.BY_EVERYBODY]
    return sorted(str(one) for one in (*own, *permissions))
