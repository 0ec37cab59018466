"""Procedures as files, and copies."""

import copy
import json

import pytest

from audit.models import Entry
from files.errors import FileNotRead, ReadingRefused, UnknownFile
from forms.models import Form
from forms.permissions import Permission as Forms
from opium.permissions import MissingPermission
from procedures import selectors
from procedures.errors import ProcedureUnreadable
from procedures.models import Procedure
from procedures.permissions import Permission
from procedures.services import designing
from tests.factories import forms
from tests.factories import procedures as made
from tests.factories.accounts import person_with
from tests.factories.files import read, uploaded_and_read
from tests.factories.files import uploaded as sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker():
    return person_with(Permission.MANAGE_PROCEDURES, Forms.MANAGE_FORMS, Forms.VIEW_FORMS)


@pytest.fixture
def grant(maker):
    wanted, card = forms.published(), forms.published(name="Karta oceny – 2026")
    stages, ways = made.SIMPLE
    stages = [{**one, "form": str(card.pk)} if one["key"] == "ocena" else one for one in stages]
    draft = made.document(stages, ways, form=str(wanted.pk))
    return designing.add_procedure(actor=maker, name="Granty", draft=draft)


@pytest.fixture
def uploaded(maker):
    """A file of the maker's with this content."""

    def upload(content, actor=maker):
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        return uploaded_and_read(actor, "procedura.json", body, designing.PURPOSE).pk

    return upload


def brought(maker, file_id):
    return designing.import_procedure(actor=maker, file_id=file_id)


def test_a_copy_has_the_same_draft_and_nothing_else(grant, maker):
    copied = designing.copy_procedure(actor=maker, procedure=grant)

    assert copied.name == "Granty (kopia)"
    assert copied.draft == {**grant.draft, "name": "Granty (kopia)"}
    assert not copied.revisions.exists()
    assert designing.copy_procedure(actor=maker, procedure=grant, name="Nagrody").name == "Nagrody"


def test_a_file_carries_the_procedure_with_its_forms(grant, maker):
    whole = json.loads(designing.export_procedure(actor=maker, procedure=grant))

    assert whole["procedure"]["form"] == "wniosek_o_grant"
    assert [one["form"] for one in whole["procedure"]["stages"] if one["form"]] == [
        "karta_oceny_2026"
    ]
    assert sorted(whole["forms"]) == ["karta_oceny_2026", "wniosek_o_grant"]
    assert whole["forms"]["wniosek_o_grant"]["definition"] == forms.document(
        forms.TITLE, forms.AMOUNT
    )


def test_taking_a_procedure_out_bringing_it_in_and_copying_it_are_three_deeds(
    grant, maker, uploaded
):
    content = designing.export_procedure(actor=maker, procedure=grant)
    brought_in = brought(maker, uploaded(content))
    copy = designing.copy_procedure(actor=maker, procedure=grant)

    taken = Entry.objects.get(deed="procedures.export_procedure")
    assert (taken.actor_id, taken.target_id) == (maker.pk, str(grant.pk))
    for new, deed in (
        (brought_in, "procedures.import_procedure"),
        (copy, "procedures.copy_procedure"),
    ):
        told = Entry.objects.filter(target_id=str(new.pk)).order_by("pk")
        assert [one.deed for one in told] == ["procedures.add_procedure", deed]


def test_a_file_comes_in_as_drafts(grant, maker, uploaded):
    content = designing.export_procedure(actor=maker, procedure=grant)
    before = Form.objects.count()

    new = brought(maker, uploaded(content))

    assert (new.name, new.revisions.count()) == ("Granty", 0)
    made_forms = Form.objects.order_by("-created_at")[:2]
    assert Form.objects.count() == before + 2
    assert new.draft["form"] in {str(one.pk) for one in made_forms}
    assert new.draft["form"] != grant.draft["form"]
    faults = {one.path for one in selectors.problems_of(new.draft)}
    assert {"form", "stages/1/form"} <= faults
    again = json.loads(designing.export_procedure(actor=maker, procedure=new))
    assert again == json.loads(content)


def test_a_bare_document_comes_in_too(maker, uploaded):
    new = brought(maker, uploaded(made.document(*made.SIMPLE)))
    assert (new.name, len(new.draft["stages"])) == ("Grant", 7)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"to nie json", "To nie jest plik JSON"),
        (b"[1, 2]", "Nie ma w nim procedury"),
        (b'{"procedure": [], "forms": {}}', "Nie ma w nim procedury"),
        (b'{"procedure": {}, "forms": {"a": 3}}', "Nie ma w nim procedury"),
        (b'{"procedure": {"name": "\\u0000"}}', "nie można zapisać"),
        (b'{"name": "Bez etapu", "stages": 7}', "Popraw wskazane miejsca"),
    ],
)
def test_what_is_no_procedure_is_refused(maker, uploaded, content, sentence):
    with pytest.raises(ReadingRefused, match=sentence):
        brought(maker, uploaded(content))
    assert not Procedure.objects.exists()


def test_an_unreadable_document_names_its_faults(maker, uploaded):
    given = made.document(*copy.deepcopy(made.SIMPLE))
    given["stages"][0]["kolor"] = "zielony"
    with pytest.raises(ReadingRefused) as refusal:
        brought(maker, uploaded(given))
    assert [one.field for one in refusal.value.errors] == ["stages/0/kolor"]
    assert not Form.objects.exists()


def test_an_unreadable_draft_is_not_carried_away(grant, maker):
    Procedure.objects.update(draft={"name": "x", "stages": 3})
    with pytest.raises(ProcedureUnreadable):
        designing.export_procedure(actor=maker, procedure=Procedure.objects.get())


def test_forms_are_carried_only_by_whoever_may_see_and_make_them(grant, maker, uploaded):
    without = person_with(Permission.MANAGE_PROCEDURES)
    with pytest.raises(MissingPermission):
        designing.export_procedure(actor=without, procedure=grant)
    content = designing.export_procedure(actor=maker, procedure=grant)
    with pytest.raises(MissingPermission):
        brought(without, uploaded(content, actor=without))
    assert Procedure.objects.count() == 1


def test_a_file_is_read_in_the_background_before_it_is_taken(maker):
    file = sent(maker, "procedura.json", json.dumps(made.document(*made.SIMPLE)).encode())
    with pytest.raises(FileNotRead):
        brought(maker, file.pk)
    assert read(maker, file, designing.PURPOSE).state == "done"
    assert brought(maker, file.pk).name == "Grant"
    with pytest.raises(MissingPermission):
        read(stranger := person_with(Permission.VIEW_CASES), sent(stranger), designing.PURPOSE)


def test_anothers_upload_is_not_taken(maker, uploaded):
    other = person_with(Permission.MANAGE_PROCEDURES)
    with pytest.raises(UnknownFile):
        brought(other, uploaded(made.document(*made.SIMPLE)))
