import pytest

from audit.models import Entry
from forms import selectors, services
from forms.errors import FormArchived, FormChangedMeanwhile
from forms.models import Form
from forms.permissions import Permission
from opium.permissions import SYSTEM, MissingPermission
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.forms import TITLE, document, published, question

pytestmark = pytest.mark.django_db


def test_a_form_begins_as_an_empty_draft_that_says_what_it_lacks(author):
    form = services.add_form(actor=author, name=" Wniosek ")

    assert (form.name, form.draft_version) == ("Wniosek", 1)
    assert form.draft == {"format": 1, "title": "Wniosek", "sections": []}
    assert selectors.problems_of(form.draft) != []
    entry = Entry.objects.get(target_id=str(form.pk))
    assert (entry.deed, entry.right) == ("forms.add_form", "forms.manage_forms")


def test_a_faulty_draft_is_kept_and_its_faults_are_told(author):
    form = services.add_form(actor=author, name="Wniosek")
    faulty = document(question("razem", "money", compute="kwota +"))

    services.change_draft(actor=author, form=form, definition=faulty, draft_version=1)

    form.refresh_from_db()
    assert (form.draft, form.draft_version) == (faulty, 2)
    [problem] = selectors.problems_of(form.draft)
    assert "Razem" in problem.where


def test_changing_a_draft_is_told_once_an_hour(author):
    form = services.add_form(actor=author, name="Wniosek")
    for version in (1, 2, 3):
        drafted = document(question(f"pole{version}"))
        services.change_draft(actor=author, form=form, definition=drafted, draft_version=version)

    entries = Entry.objects.filter(target_id=str(form.pk)).order_by("pk")
    assert [(one.deed, one.right) for one in entries] == [
        ("forms.add_form", "forms.manage_forms"),
        ("forms.change_draft", "forms.manage_forms"),
    ]


def test_a_draft_that_somebody_else_has_changed_is_not_overwritten(author):
    form = services.add_form(actor=author, name="Wniosek")
    services.change_draft(actor=SYSTEM, form=form, definition=document(TITLE), draft_version=1)

    with pytest.raises(FormChangedMeanwhile):
        services.change_draft(actor=author, form=form, definition=document(), draft_version=1)

    assert Form.objects.get().draft == document(TITLE)


def test_saving_the_same_draft_again_changes_nothing(author):
    form = services.add_form(actor=author, name="Wniosek")
    for _ in range(2):
        services.change_draft(actor=author, form=form, definition=document(TITLE), draft_version=1)

    assert Form.objects.get().draft_version == 2


def test_a_form_in_the_archive_is_not_changed_until_it_is_taken_back(author):
    form = published(TITLE)
    services.archive_form(actor=author, form=form)

    with pytest.raises(FormArchived):
        services.change_form(actor=author, form=form, name="Inny")

    services.restore_form(actor=author, form=form)
    assert services.change_form(actor=author, form=form, name="Inny").name == "Inny"


def test_a_copy_has_the_draft_and_nothing_else(author):
    form = published(TITLE)

    copied = services.copy_form(actor=author, form=form)

    assert (copied.name, copied.draft) == ("Wniosek o grant (kopia)", form.draft)
    assert copied.revisions.count() == 0


@pytest.mark.parametrize("scope", ["none", "unit"])
def test_who_makes_forms_in_one_unit_only_makes_none_of_the_city(unit, scope):
    actor = (
        PersonFactory()
        if scope == "none"
        else person_with(Permission.MANAGE_FORMS, scope_kind="unit", scope_id=unit.pk)
    )
    form = published(TITLE)

    for verb in (
        lambda: services.add_form(actor=actor, name="Nowy"),
        lambda: services.change_form(actor=actor, form=form, name="Inny"),
        lambda: services.change_draft(actor=actor, form=form, definition={}, draft_version=1),
        lambda: services.copy_form(actor=actor, form=form),
        lambda: services.archive_form(actor=actor, form=form),
        lambda: services.restore_form(actor=actor, form=form),
        lambda: services.publish_form(actor=actor, form=form),
    ):
        with pytest.raises(MissingPermission):
            verb()
    assert list(selectors.forms_visible_to(actor)) == []
    assert Form.objects.count() == 1
