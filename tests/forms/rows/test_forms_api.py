"""The address book of forms: who gets what over HTTP, and how often the database is asked."""

import json

import pytest

from audit.models import Entry
from forms import services
from forms.models import Form, Sheet
from forms.permissions import Permission
from forms.services import entrusted
from forms.services.uploads import FORM, TABLE
from opium.permissions import SYSTEM
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.files import read, uploaded
from tests.factories.forms import (
    AMOUNT,
    TITLE,
    document,
    fresh,
    guarded,
    published,
    question,
    redrafted,
    sheet_of,
    submitted_of,
)
from tests.factories.messaging import workbook

pytestmark = pytest.mark.django_db
URL = "/api/v1/forms"


def test_an_author_makes_a_form_step_by_step(api, author):
    browser = api(author)

    made = browser.post(f"{URL}/forms/", {"name": "Wniosek"})
    assert made.status_code == 201
    form = made.json()
    assert form["can"] == ["change", "publish", "copy", "archive", "export"]
    address = f"{URL}/forms/{form['id']}/"
    changed = browser.patch(address, {"draft": document(TITLE)})
    assert (changed.status_code, changed.json()["problems"]) == (200, [])
    assert changed.json()["draft_version"] == 2

    seen = {"HTTP_IF_MATCH": made["ETag"]}
    stale = browser.patch(address, {"draft": document(AMOUNT)}, **seen)
    assert (stale.status_code, stale.json()["code"]) == (409, "changed_meanwhile")

    done = browser.post(f"{address}publish/", {"moves": [], "draft_version": 2})
    assert (done.status_code, done.json()["revision"]["number"]) == (201, 1)
    assert done.json()["revision"]["published_by"] == "Ewa Lis"
    shown = browser.get(f"{address}definition/?revision=1").json()
    assert (shown["number"], shown["definition"]) == (1, document(TITLE))
    assert browser.get(f"{address}definition/?revision=9").status_code == 404


def test_a_faulty_draft_is_refused_with_its_places(api, author):
    form = redrafted(published(), question("razem", "money", compute="nieznane + 1"))

    refused = api(author).post(f"{URL}/forms/{form.pk}/publish/", {})

    assert (refused.status_code, refused.json()["code"]) == (422, "form_faulty")
    assert refused.json()["errors"][0]["field"] == "sections/0/questions/0/compute"


@pytest.mark.parametrize(
    "body",
    [
        {"draft": []},
        {"draft": {"a": "\x00"}},
        {"name": ""},
    ],
)
def test_what_is_no_draft_is_refused_before_anything_is_written(api, author, body):
    form = published()

    assert api(author).patch(f"{URL}/forms/{form.pk}/", body).status_code == 400
    assert Form.objects.get().draft == form.draft


def test_the_list_is_searched_and_the_archive_is_apart(api, author):
    published(name="Wniosek o grant"), published(name="Nagrody")
    services.archive_form(actor=author, form=published(name="Stary wniosek"))
    browser = api(author)

    def names(query):
        return [one["name"] for one in browser.get(f"{URL}/forms/?{query}").json()["results"]]

    assert names("is_archived=false") == ["Nagrody", "Wniosek o grant"]
    assert names("search=WNIOSEK") == ["Stary wniosek", "Wniosek o grant"]


@pytest.mark.parametrize("forms", [1, 12])
def test_the_list_asks_as_often_for_one_form_as_for_many(
    api, author, forms, django_assert_num_queries
):
    for number in range(forms):
        published(name=f"Formularz {number}")
    browser = api(author)

    with django_assert_num_queries(5):
        answer = browser.get(f"{URL}/forms/")

    assert answer.json()["count"] == forms
    assert answer.json()["results"][0]["revision"] == 1


def test_the_preview_draws_the_draft_over_invented_answers(api, author, unit):
    form = redrafted(published(), AMOUNT, question("polowa", "money", compute="kwota / 2"))
    address = f"{URL}/forms/{form.pk}/preview/"

    drawn = api(author).post(address, {"answers": {"kwota": "9"}, "unit": str(unit.pk)}).json()
    assert drawn["questions"]["polowa"]["value"] == "4.50"

    other = {"answers": {}, "draft": document(question("skrot", compute="jednostka.skrot"))}
    drawn = api(author).post(address, {**other, "unit": str(unit.pk)}).json()
    assert drawn["questions"]["skrot"]["value"] == "SP nr 7"

    refused = api(author).post(address, {"draft": {"sections": 1}})
    assert (refused.status_code, refused.json()["code"]) == (422, "form_unreadable")


def test_differences_and_effects_are_told_in_words(api, author, head):
    form = published()
    submitted_of(form, {"tytul": "Łąka", "kwota": "1"})
    redrafted(form, TITLE)
    browser = api(author)

    [change] = browser.get(f"{URL}/forms/{form.pk}/differences/?older=1&newer=draft").json()
    assert (change["kind"], change["path"]) == ("removed", "kwota")
    effects = browser.get(f"{URL}/forms/{form.pk}/effects/").json()
    assert effects["changes"] == [change]
    [group] = effects["groups"]
    assert (group["revision"], group["state"], group["count"]) == (1, "submitted", 1)
    assert group["losses"][0]["count"] == 1
    assert browser.get(f"{URL}/forms/{form.pk}/differences/").status_code == 400

    move = {"revision": 1, "state": "submitted", "choice": "move"}
    done = browser.post(f"{URL}/forms/{form.pk}/publish/", {"moves": [move]}).json()
    assert (done["moved"], done["asked"]) == (1, 0)


def test_a_form_goes_out_as_a_file_and_comes_back(api, author):
    form = published()
    browser = api(author)

    content = browser.get(f"{URL}/forms/{form.pk}/export/?as=json").content
    assert json.loads(content)["definition"] == form.draft
    workbook_ = browser.get(f"{URL}/forms/{form.pk}/export/?as=xlsx")
    assert workbook_["Content-Disposition"].startswith("attachment")
    assert browser.get(f"{URL}/forms/{form.pk}/export/?as=exe").status_code == 400

    file = uploaded(author, "formularz.json", content)
    read(author, file, FORM)
    brought = browser.post(f"{URL}/forms/import/", {"file": str(file.pk)})
    assert (brought.status_code, brought.json()["draft"]) == (201, form.draft)


def test_who_may_only_view_forms_changes_nothing(api):
    viewer = person_with(Permission.VIEW_FORMS)
    form = published()
    browser = api(viewer)

    shown = browser.get(f"{URL}/forms/{form.pk}/")
    assert (shown.status_code, shown.json()["can"]) == (200, ["export"])
    for method, path, body in (
        ("post", "forms/", {"name": "Nowy"}),
        ("patch", f"forms/{form.pk}/", {"name": "Inny"}),
        ("post", f"forms/{form.pk}/publish/", {}),
        ("post", f"forms/{form.pk}/copy/", {}),
        ("post", f"forms/{form.pk}/archive/", {}),
        ("post", "dictionaries/", {"key": "a", "name": "A"}),
    ):
        assert getattr(browser, method)(f"{URL}/{path}", body).status_code == 403


def test_a_sheet_is_filled_saved_and_submitted(api, head, unit):
    sheet = sheet_of(published(), unit=unit)
    browser = api(head)
    address = f"{URL}/sheets/{sheet.pk}/"

    shown = browser.get(address).json()
    assert shown["can"] == ["fill", "submit"]
    assert shown["unit"] == {"id": str(unit.pk), "short_name": "SP nr 7", "name": unit.name}
    assert (shown["state"], shown["open_sections"], shown["versions"]) == ("draft", None, [])
    assert shown["definition"] == document(TITLE, AMOUNT)

    early = browser.post(f"{address}submit/")
    assert (early.status_code, early.json()["code"]) == (422, "sheet_incomplete")
    assert early.json()["errors"][0]["field"] == "tytul"

    saved = browser.patch(address, {"changes": {"tytul": "Łąka"}})
    assert (saved.status_code, saved.json()["draft_version"]) == (200, 2)
    assert saved.json()["projection"]["is_complete"] is True

    sent = browser.post(f"{address}submit/")
    assert (sent.status_code, sent.json()["state"], sent.json()["can"]) == (200, "submitted", [])
    assert sent.json()["versions"][0]["submitted_by"] == "Jan Nowak"
    version = browser.get(f"{address}versions/1/").json()
    assert version["answers"] == {"tytul": "Łąka"}
    assert version["projection"]["questions"]["tytul"]["value"] == "Łąka"
    assert browser.post(f"{address}print/", {"version": 1}).status_code == 202
    assert browser.post(f"{address}print/", {"version": 2}).status_code == 404
    assert browser.post(f"{address}print/", {"version": "x"}).status_code == 400

    late = browser.patch(address, {"changes": {"tytul": "Las"}})
    assert (late.status_code, late.json()["code"]) == (409, "sheet_closed")


def test_differences_of_a_sheet_say_who_and_when(api, head):
    sheet = submitted_of(published(), {"tytul": "Łąka"})
    entrusted.reopen_sheet(actor=SYSTEM, sheet=sheet, sentence="Popraw tytuł.")
    browser = api(head)
    address = f"{URL}/sheets/{sheet.pk}/"
    assert browser.get(address).json()["asks_correction"]["sentence"] == "Popraw tytuł."
    browser.patch(address, {"changes": {"tytul": "Las"}})

    [change] = browser.get(f"{address}differences/?older=1").json()

    assert (change["path"], change["before"], change["after"]) == ("tytul", "Łąka", "Las")
    assert change["by"] == "Jan Nowak"


def test_a_sheet_that_goes_with_its_matter_is_not_submitted_here(api):
    person = PersonFactory()
    with guarded(person, may_submit=lambda *_: False):
        sheet = sheet_of(published(), {"tytul": "Łąka"})
        browser = api(person)

        assert browser.get(f"{URL}/sheets/{sheet.pk}/").json()["can"] == ["fill"]
        refused = browser.post(f"{URL}/sheets/{sheet.pk}/submit/")

    assert (refused.status_code, refused.json()["code"]) == (409, "sheet_submitted_with_its_matter")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", ""),
        ("patch", ""),
        ("post", "submit/"),
        ("get", "versions/1/"),
        ("get", "differences/?older=1"),
        ("post", "print/"),
        ("get", "files/00000000-0000-4000-8000-000000000000/"),
    ],
)
def test_for_a_stranger_and_for_every_officer_of_forms_there_is_no_such_sheet(
    api, author, head, method, path
):
    sheet = submitted_of(published(), {"tytul": "Łąka"})
    body = {"changes": {"tytul": "x"}}

    for person in (PersonFactory(), author):
        answer = getattr(api(person), method)(f"{URL}/sheets/{sheet.pk}/{path}", body)
        assert answer.status_code == 404
    assert Sheet.objects.get().answers == {"tytul": "Łąka"}


def test_the_other_city_finds_nothing(api, in_south, head):
    form, sheet = published(), sheet_of(published())
    with in_south():
        admin = person_with(*Permission)
    browser = api(admin, host="south.test")

    assert browser.get(f"{URL}/forms/").json()["results"] == []
    assert browser.get(f"{URL}/forms/{form.pk}/").status_code == 404
    assert browser.get(f"{URL}/sheets/{sheet.pk}/").status_code == 404


def test_a_file_is_downloaded_by_who_sees_the_sheet_and_only_through_its_own(api, head):
    form = published(question("plan", "file"))
    sheet, other = sheet_of(form), sheet_of(form)
    file = uploaded(head, "plan.pdf")
    browser = api(head)
    body = {"changes": {"plan": [str(file.pk)]}}
    browser.patch(f"{URL}/sheets/{sheet.pk}/", body)

    [shown] = browser.get(f"{URL}/sheets/{sheet.pk}/").json()["files"]
    assert shown["name"] == "plan.pdf"
    assert browser.get(shown["url"]).status_code == 302
    assert browser.get(f"{URL}/sheets/{other.pk}/files/{file.pk}/").status_code == 404
    [entry] = Entry.objects.filter(deed="forms.download_file")
    assert (entry.actor_id, entry.target_id, entry.after["file"]) == (
        head.pk,
        str(sheet.pk),
        "plan.pdf",
    )


@pytest.mark.parametrize("count", [1, 40])
def test_a_sheet_asks_as_often_for_one_question_as_for_many(
    api, head, unit, django_assert_num_queries, count
):
    form = published(
        *(question(f"pole{number}", "unit", options={"facts": ["nip"]}) for number in range(count))
    )
    answers = {f"pole{number}": str(unit.pk) for number in range(count)}
    sheet = submitted_of(form, answers, unit)
    browser = api(head)

    with django_assert_num_queries(12):
        shown = browser.get(f"{URL}/sheets/{sheet.pk}/")

    assert shown.json()["names"] == {str(unit.pk): "SP nr 7"}
    assert shown.json()["projection"]["questions"]["pole0"]["facts"] == {"nip": unit.nip}


def test_who_looks_at_personal_data_is_written_down_and_who_fills_them_in_is_not(api, head):
    form = published(question("nr", "pesel"))
    sheet = sheet_of(form)
    looks = {"target_id": str(sheet.pk), "after": {"viewed": True}}

    api(head).get(f"{URL}/sheets/{sheet.pk}/")
    assert not Entry.objects.filter(**looks).exists()

    services.submit_sheet(actor=SYSTEM, sheet=fresh(sheet))
    for _ in range(2):
        api(head).get(f"{URL}/sheets/{sheet.pk}/")
    entry = Entry.objects.get(**looks)
    assert (entry.actor_id, entry.deed, entry.right) == (head.pk, "forms.open_sheet", "")
    submitted = Entry.objects.get(target_id=str(sheet.pk), deed="forms.submit_sheet")
    assert submitted.right == "forms.fill_sheet"


def test_dictionaries_and_tables_are_kept_over_http(api, author, unit):
    browser = api(author)
    entries = [{"key": "f", "label": "Fordon"}]
    made = browser.post(f"{URL}/dictionaries/", {"key": "d", "name": "D", "entries": entries})
    assert made.status_code == 201
    address = f"{URL}/dictionaries/{made.json()['id']}/"
    entries = [{"key": "b", "label": "Bartodzieje"}]
    changed = browser.patch(address, {"entries": entries}).json()
    assert [(one["key"], one["is_active"]) for one in changed["entries"]] == [
        ("b", True),
        ("f", False),
    ]
    assert browser.delete(address).status_code == 204

    columns = [{"key": "kwota", "label": "Kwota", "type": "money"}]
    made = browser.post(f"{URL}/tables/", {"key": "limity", "name": "Limity", "columns": columns})
    address = f"{URL}/tables/{made.json()['id']}/"
    file = uploaded(author, "limity.xlsx", workbook(["Jednostka", "Kwota"], ["SP nr 7", 5]))
    early = browser.post(f"{address}upload/", {"file": str(file.pk)})
    assert (early.status_code, early.json()["code"]) == (409, "file_not_read")
    read(author, file, TABLE, made.json()["id"])
    report = browser.post(f"{address}upload/", {"file": str(file.pk)}).json()
    assert (report["added"], report["refused"]) == (1, [])
    [row] = browser.get(f"{address}rows/").json()["results"]
    assert row == {"unit_id": str(unit.pk), "unit": "SP nr 7", "values": {"kwota": "5.00"}}
    assert browser.get(f"{address}template/").status_code == 200
    assert browser.get(f"{URL}/tables/").json()["results"][0]["rows"] == 1
    assert "nip" in {one["code"] for one in browser.get(f"{URL}/unit-facts/").json()}
