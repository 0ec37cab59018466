import pytest

from audit.models import Entry
from modules.directory import errors, services
from modules.directory.permissions import Permission
from opium.permissions import SYSTEM, MissingPermission
from tests.factories.accounts import person_with
from tests.factories.directory import RegisterEntryFactory, UnitFactory, UnitKindFactory
from units.models import RegisterEntry, Unit

pytestmark = pytest.mark.django_db

ENTRIES = [
    services.EntryDetails("900001", "Zespół Szkół nr 10", "Zespół szkół"),
    services.EntryDetails("900002", "Szkoła Podstawowa nr 60", "Szkoła podstawowa"),
]


@pytest.fixture
def clerk():
    return person_with(Permission.CHANGE_UNITS, Permission.VIEW_UNITS)


def add(actor, **changes):
    kind = UnitKindFactory(code="zespol-szkol")
    details = {"kind": kind.code, "short_name": "ZS nr 10", "name": "Zespół Szkół nr 10"}
    return services.add_unit(actor=actor, **(details | changes))


def test_a_complex_is_one_unit_with_several_register_entries(clerk):
    unit = add(clerk, entries=ENTRIES, phone="523420338", nip="525-224-84-81")

    entries = list(unit.entries.order_by("rspo").values_list("rspo", "name", "is_main"))
    assert entries == [
        ("900001", "Zespół Szkół nr 10", True),
        ("900002", "Szkoła Podstawowa nr 60", False),
    ]
    stored = Unit.objects.get()
    assert (stored.kind.code, stored.phone, stored.nip) == (
        "zespol-szkol",
        "523420338",
        "5252248481",
    )


def test_the_deed_is_written_down(clerk):
    unit = add(clerk, entries=ENTRIES)

    entry = Entry.objects.get(deed="directory.add_unit")
    assert (entry.actor_id, entry.right, entry.target_id) == (
        clerk.pk,
        Permission.CHANGE_UNITS,
        str(unit.pk),
    )
    assert entry.after == {
        "short_name": "ZS nr 10",
        "name": "Zespół Szkół nr 10",
        "kind": "zespol-szkol",
        "entries": ["900001", "900002"],
    }


def test_two_open_units_never_share_a_short_name(clerk):
    UnitFactory(short_name="zs NR 10")

    with pytest.raises(errors.ShortNameTaken) as refusal:
        add(clerk)

    assert str(refusal.value) == "Jednostka „ZS nr 10” już istnieje. Nadaj inną nazwę skróconą."
    assert Unit.objects.count() == 1


def test_a_closed_unit_leaves_its_short_name(clerk):
    UnitFactory(short_name="ZS nr 10", closed_on="2020-08-31")

    assert add(clerk).short_name == "ZS nr 10"


def test_a_register_number_belongs_to_one_unit(clerk):
    taken = RegisterEntryFactory(rspo="900002", unit=UnitFactory(short_name="SP nr 60"))

    with pytest.raises(errors.RegisterNumberTaken, match="900002 ma już jednostka „SP nr 60”"):
        add(clerk, entries=ENTRIES)

    assert Unit.objects.get() == taken.unit
    assert RegisterEntry.objects.get() == taken


def test_wrong_details_are_named_one_by_one(clerk):
    with pytest.raises(errors.WrongUnitDetails) as refusal:
        add(
            clerk,
            short_name=" ",
            email="sekretariat",
            website="javascript:alert(1)",
            nip="5252248482",
            regon="581646000",
            postal_code="85006",
            edoreczenia="AE:PL",
        )

    assert [error.field for error in refusal.value.errors] == [
        "email",
        "website",
        "nip",
        "regon",
        "postal_code",
        "edoreczenia",
        "short_name",
    ]
    assert not Unit.objects.exists()


def test_a_kind_that_the_city_has_not_is_refused(clerk):
    with pytest.raises(errors.UnknownKind):
        add(clerk, kind="uniwersytet")


def test_the_head_of_one_unit_adds_no_other():
    unit = UnitFactory()
    head = person_with(Permission.CHANGE_UNITS, scope_kind="unit", scope_id=unit.pk)

    with pytest.raises(MissingPermission):
        add(head)

    assert Unit.objects.get() == unit


def test_over_the_api(api, clerk):
    UnitKindFactory(code="zespol-szkol", name="Zespół szkół")

    answer = api(clerk).post(
        "/api/v1/directory/units/",
        {
            "kind": "zespol-szkol",
            "short_name": "ZS nr 10",
            "name": "Zespół Szkół nr 10",
            "entries": [{"rspo": "900001"}],
        },
    )

    assert answer.status_code == 201, answer.content
    unit = answer.json()
    assert unit["kind"] == {"code": "zespol-szkol", "name": "Zespół szkół"}
    assert unit["entries"] == [
        {
            "rspo": "900001",
            "name": "Zespół Szkół nr 10",
            "type": "",
            "status": "",
            "closed_on": None,
            "is_main": True,
        }
    ]
    assert unit["can"] == ["change", "change_contact", "close"]


def test_a_refusal_over_the_api_says_what_is_wrong_and_where(api, clerk):
    UnitKindFactory(code="zespol-szkol")

    answer = api(clerk).post(
        "/api/v1/directory/units/",
        {"kind": "zespol-szkol", "short_name": "ZS", "name": "ZS", "nip": "1234567890"},
    )

    assert answer.status_code == 422
    assert answer.json() == {
        "code": "wrong_unit_details",
        "detail": "Dane jednostki są nieprawidłowe. Popraw wskazane pola.",
        "errors": [
            {
                "field": "nip",
                "detail": "To nie jest prawidłowy NIP: nie zgadza się cyfra kontrolna.",
            }
        ],
    }


def test_the_system_may(city):
    assert add(SYSTEM).pk
