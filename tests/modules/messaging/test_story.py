"""The main job over the API, as its users would do it."""

import io
import zipfile

import openpyxl
import pytest

from tests.factories.files import uploaded
from tests.factories.messaging import city_of, workbook

pytestmark = pytest.mark.django_db
API = "/api/v1/messaging"


def test_a_survey_goes_to_19_units_and_comes_back(clerk, api, django_capture_on_commit_callbacks):
    units, heads = city_of(19)
    template = uploaded(clerk, "obiady.xlsx", workbook(["Klasa", "Obiady"]))
    office = api(clerk)

    draft = office.post(
        f"{API}/messages/",
        {
            "subject": "Obiady",
            "body": "Proszę o wypełnienie.",
            "audience": {"all_units": True},
            "attachments": [{"file": str(template.pk)}],
            "answer_request": {"wants_workbook": True, "template": str(template.pk)},
        },
    ).json()
    assert draft["can"] == ["change", "discard", "send"]
    with django_capture_on_commit_callbacks(execute=True):
        answer = office.post(f"{API}/messages/{draft['id']}/send/")
    assert answer.status_code == 200
    assert office.get(f"{API}/messages/{draft['id']}/").json()["counts"] == {
        "recipients": 19,
        "delivered": 19,
        "opened": 0,
        "answered": 0,
        "silent": 19,
        "late": 0,
        "recalled": 0,
    }

    for number, head in enumerate(heads[:17]):
        browser = api(head)
        [item] = browser.get(f"{API}/inbox/", {"waiting": "true"}).json()["results"]
        opened = browser.post(f"{API}/inbox/{item['id']}/open/").json()
        assert opened["can"] == ["answer", "hand_over"]
        filled = uploaded(head, "obiady.xlsx", workbook(["Klasa", "Obiady"], ["1a", number]))
        sent = browser.post(f"{API}/inbox/{item['id']}/answers/", {"workbook": str(filled.pk)})
        assert sent.status_code == 201, sent.json()
        assert browser.get(f"{API}/inbox/", {"waiting": "true"}).json()["count"] == 0

    rows = office.get(
        f"{API}/messages/{draft['id']}/deliveries/", {"page_size": 500, "status": "silent"}
    ).json()
    assert [row["recipient"]["short_name"] for row in rows["results"]] == [
        unit.short_name for unit in units[17:]
    ]
    archive = zipfile.ZipFile(
        io.BytesIO(b"".join(office.get(f"{API}/messages/{draft['id']}/archive/")))
    )
    assert archive.namelist()[0] == "index.xlsx"
    assert len(archive.namelist()) == 18
    assert f"{units[0].short_name} - Obiady - obiady.xlsx" in archive.namelist()
    index = openpyxl.load_workbook(io.BytesIO(archive.read("index.xlsx"))).active
    assert index.max_row == 20
