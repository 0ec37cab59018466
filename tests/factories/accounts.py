import factory
from django.utils import timezone

from accounts.models import Assignment, Person, Role
from opium.permissions import Held, all_permissions


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    email = factory.Sequence(lambda n: f"osoba{n}@example.org")
    first_name = "Anna"
    last_name = factory.Sequence(lambda n: f"Kowalska{n}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        person = super()._create(model_class, *args, **kwargs)
        person.proved_at = timezone.now()  # as after signing in
        return person


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
    found = Person.objects.get(pk=person.pk)
    found.proved_at = person.proved_at
    return found


def with_own(*permissions):
    """These permissions and everybody's own, as a session lists them."""
    own = [one for one in all_permissions() if one.held is Held.BY_EVERYBODY]
    return sorted(str(one) for one in (*own, *permissions))
