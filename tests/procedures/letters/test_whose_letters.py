"""Who makes a letter, who reads it, and who takes it out."""

import pytest

from audit.models import Entry
from opium.errors import Forbidden, NotFound
from procedures.errors import (
    LetterNotYours,
)
from procedures.models import Letter, LetterYear
from procedures.permissions import Permission
from procedures.selectors import letter_list
from procedures.services import correspondence
from tests.factories import forms
from tests.factories import procedures as made
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.files import uploaded
from tests.procedures.letters.lettering import rendered, template, word

pytestmark = pytest.mark.django_db


def test_letters_are_made_only_by_whoever_may(secretary, head, case):
    wanted = template(secretary, "a")
    with pytest.raises(Forbidden):
        correspondence.issue_letter(actor=head, case=case, template=wanted)
    with pytest.raises(Forbidden):
        correspondence.issue_letters(actor=head, cases=[case], template=wanted)
    file = uploaded(head, "wzor.docx", word("a"))
    with pytest.raises(Forbidden):
        correspondence.add_template(actor=head, key="b", name="B", file=file.pk)


def test_the_applicant_sees_a_letter_only_where_the_stage_shows_it(secretary, head, case):
    letter = rendered(
        correspondence.issue_letter(actor=secretary, case=case, template=template(secretary, "a"))
    )
    assert letter_list.letter_file(secretary, letter.pk, "pdf") == letter.pdf

    def shown_there(*parts):
        document = case.revision.definition
        for stage in document["stages"]:
            if stage["key"] == letter.stage:
                stage["visible_to"] = {"applicant": list(parts)}
        case.revision = made.revised(case.procedure, document)
        case.save()

    shown_there("facts")
    with pytest.raises(NotFound):
        letter_list.letter_file(head, letter.pk, "pdf")

    shown_there("letters")
    assert letter_list.letter_file(head, letter.pk, "pdf") == letter.pdf


def test_a_letter_of_one_city_is_not_there_in_another(secretary, case, in_south):
    letter = rendered(
        correspondence.issue_letter(actor=secretary, case=case, template=template(secretary, "a"))
    )
    with in_south():
        stranger = person_with(Permission.VIEW_CASES, Permission.MANAGE_LETTERS)
        with pytest.raises(NotFound):
            letter_list.letter_file(stranger, letter.pk, "pdf")


def test_a_letter_and_a_template_that_are_taken_out_are_deeds(secretary, case, api):
    wanted = template(secretary, "{{ jednostka.skrot }}")
    letter = rendered(correspondence.issue_letter(actor=secretary, case=case, template=wanted))
    browser = api(secretary)

    for address in (
        f"letters/{letter.pk}/download/?kind=pdf",
        f"letter-templates/{wanted.pk}/download/",
    ):
        assert browser.get(f"/api/v1/procedures/{address}").status_code == 302
    assert (
        api(PersonFactory())
        .get(f"/api/v1/procedures/letters/{letter.pk}/download/?kind=pdf")
        .status_code
        == 404
    )

    taken = Entry.objects.filter(deed__startswith="procedures.download").order_by("pk")
    assert [(one.deed, one.actor_id, one.target_id) for one in taken] == [
        ("procedures.download_letter", secretary.pk, str(letter.pk)),
        ("procedures.download_template", secretary.pk, str(wanted.pk)),
    ]
    assert taken[0].after["file"].endswith(".pdf")


def committee_stage(letters=()):
    """A procedure whose cases wait for a committee; its clerk closes the scoring."""
    card = forms.published(forms.question("punkty", "number"), name="Karta")
    stages = [
        made.stage("nabor", "submission", "applicant"),
        made.stage(
            "komisja",
            "scoring",
            "komisja",
            form=str(card.pk),
            letters=list(letters),
            parameters={"points": "punkty", "closed_by": "referent"},
        ),
        made.end(),
    ]
    ways = [made.way("nabor", "submitted", "komisja"), made.way("komisja", "scored", "koniec")]
    return made.published(stages, ways, functions=("referent", "komisja"))


def test_a_committee_member_issues_no_letter_and_the_function_that_decides_issues_the_stage_s(
    secretary, head, unit, clerk, api
):
    wanted = template(secretary, "a")
    other = template(secretary, "b", key="inne", name="Inne")
    member = made.officer("komisja")
    case = made.submitted(committee_stage(letters=["wezwanie"]), head, unit)

    with pytest.raises(LetterNotYours, match="„Wezwanie” nie wydajesz"):
        correspondence.issue_letter(actor=member, case=case, template=wanted)
    with pytest.raises(LetterNotYours, match="„Inne” nie wydajesz"):
        correspondence.issue_letter(actor=clerk, case=case, template=other)
    assert not Letter.objects.exists()
    assert LetterYear.objects.count() == 0

    letter = correspondence.issue_letter(actor=clerk, case=case, template=wanted)
    assert letter.number == 1
    with pytest.raises(LetterNotYours):
        correspondence.render_again(actor=member, letter=letter)

    def offered(person):
        page = api(person).get(f"/api/v1/procedures/cases/{case.pk}/").json()
        return page["letters_offered"], "issue_letter" in page["can"]

    assert offered(member) == ([], False)
    assert offered(head) == ([], False)
    assert offered(clerk) == (["wezwanie"], True)
    assert offered(secretary) == (None, True)
