import pytest

from accounts.models import Function
from accounts.permissions import Permission as Accounts
from audit.models import Entry
from opium.permissions import MissingPermission
from procedures import selectors
from procedures.definition import read
from procedures.errors import DraftNotStorable, ProcedureArchived, ProcedureChangedMeanwhile
from procedures.models import Procedure
from procedures.permissions import Permission
from procedures.services import designing
from tests.factories import procedures as made
from tests.factories.accounts import PersonFactory, person_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker():
    return person_with(Permission.MANAGE_PROCEDURES)


@pytest.fixture
def grant(maker):
    return designing.add_procedure(actor=maker, name="  Granty ")


def changed(grant, maker, **given):
    return designing.change_procedure(
        actor=maker, procedure=grant, draft_version=given.pop("version", 1), **given
    )


def test_a_new_procedure_has_an_empty_draft(grant, maker):
    assert (grant.name, grant.noun, grant.draft_version) == ("Granty", "sprawa", 1)
    assert read(grant.draft).stages == ()
    [entry] = Entry.objects.filter(deed="procedures.add_procedure")
    assert (entry.actor_id, entry.target_id, entry.after) == (
        maker.pk,
        str(grant.pk),
        {"name": "Granty"},
    )


def test_a_draft_may_be_as_wrong_as_a_draft_is(grant, maker):
    changed(grant, maker, draft={"name": "Granty", "stages": "jeszcze nie wiem", "noun": 7})

    grant.refresh_from_db()
    assert (grant.draft["stages"], grant.draft_version) == ("jeszcze nie wiem", 2)
    assert [one.path for one in selectors.problems_of(grant.draft)] == ["noun", "stages"]


def test_a_row_tells_what_its_draft_says(grant, maker):
    draft = made.document([], [], name="Nagrody", noun="wniosek", description="Dla nauczycieli.")
    changed(grant, maker, draft=draft)

    grant.refresh_from_db()
    assert (grant.name, grant.noun, grant.description) == (
        "Nagrody",
        "wniosek",
        "Dla nauczycieli.",
    )


def test_a_new_name_is_that_of_the_draft_and_is_logged(grant, maker):
    changed(grant, maker, name="Nagrody")

    grant.refresh_from_db()
    assert (grant.name, grant.draft["name"]) == ("Nagrody", "Nagrody")
    last = Entry.objects.filter(target_id=str(grant.pk)).latest("pk")
    assert (last.before, last.after) == ({"name": "Granty"}, {"name": "Nagrody"})


def test_saving_the_draft_every_few_seconds_leaves_the_log_alone(grant, maker):
    before = Entry.objects.count()
    changed(grant, maker, draft={**grant.draft, "stages": []}, version=1)
    changed(grant, maker, draft={**grant.draft, "sources": ["[T]"]}, version=1)
    assert Entry.objects.count() == before


def test_two_authors_do_not_overwrite_each_other(grant, maker):
    changed(grant, maker, draft={**grant.draft, "noun": "wniosek"})
    with pytest.raises(ProcedureChangedMeanwhile):
        changed(grant, maker, draft={**grant.draft, "noun": "podanie"})

    grant.refresh_from_db()
    assert grant.noun == "wniosek"


def test_saving_what_is_there_already_is_no_change(grant, maker):
    changed(grant, maker, draft={**grant.draft, "noun": "wniosek"})
    again = changed(grant, maker, draft={**grant.draft, "noun": "wniosek"}, version=1)
    assert again.draft_version == 2


@pytest.mark.parametrize("bad", ["\x00", "\ud800"])
def test_what_the_database_cannot_keep_is_refused(grant, maker, bad):
    with pytest.raises(DraftNotStorable):
        changed(grant, maker, draft={"name": bad})


def test_a_procedure_in_the_archive_is_not_changed(grant, maker):
    designing.archive_procedure(actor=maker, procedure=grant)
    designing.archive_procedure(actor=maker, procedure=grant)
    with pytest.raises(ProcedureArchived):
        changed(grant, maker, name="Nagrody")

    designing.archive_procedure(actor=maker, procedure=grant, is_archived=False)
    assert changed(grant, maker, name="Nagrody").name == "Nagrody"
    log = Entry.objects.filter(target_id=str(grant.pk)).order_by("pk")
    assert [one.after for one in log][1:3] == [{"is_archived": True}, {"is_archived": False}]


@pytest.mark.parametrize(
    "deed",
    [
        lambda actor, grant: designing.add_procedure(actor=actor, name="Nagrody"),
        lambda actor, grant: changed(grant, actor, name="Nagrody"),
        lambda actor, grant: designing.archive_procedure(actor=actor, procedure=grant),
        lambda actor, grant: designing.copy_procedure(actor=actor, procedure=grant),
        lambda actor, grant: designing.publish_procedure(actor=actor, procedure=grant),
        lambda actor, grant: designing.move_cases(actor=actor, procedure=grant, moves=[]),
        lambda actor, grant: designing.export_procedure(actor=actor, procedure=grant),
        lambda actor, grant: designing.declare_functions(actor=actor, procedure=grant),
        lambda actor, grant: selectors.walk(actor, grant, steps=[]),
    ],
)
def test_only_whoever_makes_procedures_may(grant, deed):
    others = set(Permission) - {Permission.MANAGE_PROCEDURES}
    for actor in (PersonFactory(), person_with(*others)):
        with pytest.raises(MissingPermission):
            deed(actor, grant)
    assert Procedure.objects.get() == grant


def test_one_kind_of_matters_may_be_given_to_somebody(grant, maker):
    other = designing.add_procedure(actor=maker, name="Nagrody")
    narrow = person_with(Permission.MANAGE_PROCEDURES, scope_kind="matter", scope_id=grant.pk)

    assert changed(grant, narrow, name="Granty 2027").name == "Granty 2027"
    with pytest.raises(MissingPermission):
        changed(other, narrow, name="Moje")
    with pytest.raises(MissingPermission):
        designing.add_procedure(actor=narrow, name="Moja")
    assert list(selectors.procedures_made_by(narrow)) == [grant]


def test_functions_of_the_draft_are_added_once(grant, maker):
    draft = made.document(*made.SIMPLE)
    grant = changed(grant, maker, draft=draft)
    Function.objects.create(code="referent", name="Prowadzi")
    assert [(one.key, one.is_known) for one in selectors.functions_of(read(draft))] == [
        ("kierownik", False),
        ("referent", True),
    ]
    with pytest.raises(MissingPermission):
        designing.declare_functions(actor=maker, procedure=grant)

    both = person_with(Permission.MANAGE_PROCEDURES, Accounts.MANAGE_ROLES)
    assert designing.declare_functions(actor=both, procedure=grant) == ["Kierownik referatu"]
    assert designing.declare_functions(actor=both, procedure=grant) == []
    assert set(Function.objects.values_list("code", "name")) == {
        ("kierownik", "Kierownik referatu"),
        ("referent", "Prowadzi"),
    }
