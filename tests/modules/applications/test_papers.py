"""Documents of a recommendation: what goes up, and the list for everybody, without pupils' data."""

from datetime import date
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook

from files import services as files
from modules.applications import services
from modules.applications.errors import DecisionNotPublished, PaperNotReady, RankingUnseen
from modules.applications.models import Paper
from modules.applications.permissions import Permission
from modules.applications.services.papers.naming import initials
from opium.errors import Invalid
from opium.permissions import SYSTEM
from outbox.models import Job
from procedures.models import Exclusion
from procedures.permissions import Permission as Procedures
from tests.factories import applications as made
from tests.factories import procedures
from tests.factories.accounts import person_with
from tests.factories.directory import UnitFactory
from tests.modules.applications.test_scenarios import scenario

pytestmark = pytest.mark.django_db
PUPIL = "Zofia Kowalska-Nowak"


@pytest.fixture
def divider():
    return person_with(Permission.DIVIDE_MONEY, Permission.VIEW_CALLS, Procedures.VIEW_CASES)


@pytest.fixture
def call():
    UnitFactory()
    return made.published(said=made.rules(approvers=["dyrektor"]), title="Nagrody 2026")


@pytest.fixture
def standing(call, divider):
    for amount in ("3000", "2000"):
        unit = UnitFactory(short_name=f"SP {amount}")
        head = procedures.head_of(unit)
        begun = made.begun(call, head, unit, title=f"Nagroda: {PUPIL}")
        made.hand_in(begun, head, tytul=PUPIL, kwota=amount)
    director = procedures.officer("dyrektor", first_name="Ewa", last_name="Dyrektor")
    found = services.recommend_scenario(actor=divider, scenario=scenario(call))
    services.approve_recommendation(actor=director, recommendation=found, verdict="approve")
    return again(found)


@pytest.fixture
def awarded(standing, divider):
    return services.award_recommendation(
        actor=divider, recommendation=standing, decision="12/2026", decided_on=date(2026, 11, 30)
    )


def again(found):
    return type(found).objects.select_related("call", "edition__scenario").get(pk=found.pk)


def drawn(actor, recommendation, kind, **naming):
    asked = services.ask_paper(
        actor=actor,
        recommendation=recommendation,
        kind=kind,
        naming=services.Naming(**naming) if naming else None,
    )
    return services.draw_paper(actor=SYSTEM, paper=asked)


def content(file):
    return b"".join(files.read_chunks(file))


def text_of(docx):
    document = Document(BytesIO(content(docx)))
    lines = [one.text for one in document.paragraphs]
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    return lines, rows


def test_the_recommendation_has_sums_pots_approvals_and_the_annex(standing, divider):
    paper = drawn(divider, standing, "recommendation")

    assert (paper.state, paper.failure) == ("ready", "")
    lines, rows = text_of(paper.docx)
    assert "Nabór: Nagrody 2026 (2026 r.)" in lines
    assert any("razem 2 wnioski, na łączną kwotę 5\xa0000,00\xa0zł" in one for one in lines)
    [approved] = [one for one in lines if one.startswith("Dyrektor wydziału: Ewa Dyrektor, ")]
    assert "zatwierdź" in approved
    assert rows[-1][0] == "2"
    assert rows[-2][2:] == [
        f"Nagroda: {PUPIL}",
        "SP 3000",
        "3\xa0000,00\xa0zł",
        "3\xa0000,00\xa0zł",
    ]
    assert content(paper.pdf).startswith(b"%PDF")
    assert b"/StructTreeRoot" in content(paper.pdf) or b"/MarkInfo" in content(paper.pdf)


def test_it_is_drawn_in_the_background_alone(standing, divider):
    paper = services.ask_paper(actor=divider, recommendation=standing, kind="recommendation")

    assert Job.objects.get(task="applications.draw_paper").args == [str(paper.pk)]
    assert paper.state == "waiting"
    with pytest.raises(PaperNotReady):
        services.download_paper(actor=divider, paper=paper, ending="pdf")


def test_results_are_not_told_before_they_are_published(standing, divider):
    services.decide_recommendation(
        actor=divider, recommendation=standing, decision="1", decided_on=date(2026, 11, 30)
    )
    with pytest.raises(DecisionNotPublished):
        services.ask_paper(actor=divider, recommendation=again(standing), kind="results")


@pytest.mark.parametrize(
    ("naming", "names"),
    [
        ({"how": "number"}, ["Wniosek nr 1", "Wniosek nr 2"]),
        ({"how": "initials", "questions": ("tytul",)}, ["Z. K.-N.", "Z. K.-N."]),
        ({"how": "sign"}, ["Wniosek nr 1", "Wniosek nr 2"]),
    ],
)
def test_the_list_of_results_names_nobody_in_any_of_its_four_files(awarded, divider, naming, names):
    paper = drawn(divider, awarded, "results", **naming)

    _, rows = text_of(paper.docx)
    assert rows[1:] == [
        ["1", names[0], "SP 3000", "3\xa0000,00\xa0zł"],
        ["2", names[1], "SP 2000", "2\xa0000,00\xa0zł"],
    ]
    page = content(paper.html).decode()
    assert page.count(names[0]) >= 1
    assert "<th scope='col'>Jednostka</th>" in page
    sheet = load_workbook(BytesIO(content(paper.xlsx))).active
    assert [[cell.value for cell in row] for row in sheet.rows][1] == [1, names[0], "SP 3000", 3000]
    unzipped = content(paper.docx) + content(paper.html) + content(paper.pdf)
    for one in ("Kowalska", "Zofia"):
        assert one not in str(paper.values)
        assert one.encode() not in unzipped
    assert "Kowalska" not in "".join(str(row) for row in rows)


@pytest.mark.parametrize("questions", [(), ("kwota",), ("tytul", "nie_ma")])
def test_initials_are_of_names_alone_or_there_is_no_list(awarded, divider, questions):
    with pytest.raises(Invalid) as refused:
        drawn(divider, awarded, "results", how="initials", questions=questions)

    [error] = refused.value.errors
    assert (error.field, error.detail) == (
        "questions",
        "Wskaż pytanie z imieniem i nazwiskiem, z którego wziąć inicjały.",
    )
    assert not Paper.objects.exists()


def test_a_title_of_a_call_is_text_in_the_page_and_nothing_else(awarded, divider):
    awarded.call.title = "<script>alert(1)</script>"
    awarded.call.save()
    paper = drawn(divider, again(awarded), "results")

    assert "<script>" not in content(paper.html).decode()


def test_who_is_excluded_from_one_application_gets_no_document_of_them_all(standing, divider):
    case = made.Application.objects.filter(call=standing.call).first().case
    Exclusion.objects.create(
        case=case,
        stage=case.stage,
        person=divider,
        excluded_in=1,
        reason="Rodzina",
        is_declared=True,
    )
    with pytest.raises(RankingUnseen):
        services.ask_paper(actor=divider, recommendation=standing, kind="recommendation")
    assert not Paper.objects.exists()


@pytest.mark.parametrize(
    ("said", "short"),
    [
        (["Zofia", "Kowalska-Nowak"], "Z. K.-N."),
        (["łucja  świt"], "Ł. Ś."),
        (["", None, 5], ""),
        ([{"first_name": "Zofia", "last_name": "Lis", "class": "4a", "pesel": "1"}], "Z. L."),
    ],
)
def test_initials_are_the_first_letters_of_each_name(said, short):
    assert initials(said) == short
