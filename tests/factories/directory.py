import factory

from units.models import Group, Membership, RegisterEntry, Section, Unit, UnitKind


class UnitKindFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = UnitKind
        django_get_or_create = ["code"]

    code = "szkola-podstawowa"
    name = "Szkoła podstawowa"
    name_plural = "Szkoły podstawowe"
    position = 1


class UnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Unit

    kind = factory.SubFactory(UnitKindFactory)
    short_name = factory.Sequence(lambda n: f"SP nr {n + 1}")
    name = factory.LazyAttribute(lambda unit: f"Jednostka {unit.short_name}")
    street = "ul. Gdańska"
    building = "1"
    postal_code = "85-006"
    city = "Bydgoszcz"


class RegisterEntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RegisterEntry

    unit = factory.SubFactory(UnitFactory)
    rspo = factory.Sequence(lambda n: str(900001 + n))
    type = "Szkoła podstawowa"
    name = factory.LazyAttribute(lambda entry: entry.unit.name)


class SectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Section

    code = factory.Sequence(lambda n: f"WE-{n + 1}")
    name = factory.Sequence(lambda n: f"Referat {n + 1}")


class MembershipFactory(factory.django.DjangoModelFactory):
    """`MembershipFactory(person=…, unit=…)` or `section=…`; one of them has to be given."""

    class Meta:
        model = Membership

    position = "dyrektor"


class GroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Group
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Grupa {n + 1}")

    @factory.post_generation
    def units(self, create, extracted):
        self.units.set(extracted or ())

    @factory.post_generation
    def people(self, create, extracted):
        self.people.set(extracted or ())
