import pytest

from modules.messaging import selectors, services
from modules.messaging.errors import UnknownAttachment
from modules.messaging.models import Attachment, Message
from modules.messaging.permissions import Permission
from opium.errors import Forbidden
from tests.factories.accounts import PersonFactory, person_with
from tests.factories.files import uploaded
from tests.factories.messaging import clerk as make_clerk
from tests.factories.messaging import draft, sent

pytestmark = pytest.mark.django_db
URL = "/api/v1/messaging/messages/"


def test_a_draft_may_be_empty_and_is_shown_back_whole(clerk, api):
    answer = api(clerk).post(URL, {})

    assert answer.status_code == 201
    shown = answer.json()
    assert shown["state"] == "draft"
    assert shown["author"] == {"id": str(clerk.pk), "name": "Ewa Lis"}
    assert shown["audience"] == {
        "all_units": False,
        "units": [],
        "kinds": [],
        "groups": [],
        "people": [],
        "except_units": [],
        "people_named": [],
    }
    assert shown["attachments"] == []
    assert shown["answer_request"] is None
    assert shown["can"] == ["change", "discard", "send"]


def test_a_draft_keeps_whom_it_is_for_and_what_it_asks(clerk, unit, api):
    addressee = PersonFactory(first_name="Zofia", last_name="Żak")

    shown = (
        api(clerk)
        .post(
            URL,
            {
                "subject": "Obiady",
                "audience": {
                    "units": [unit.pk],
                    "kinds": ["przedszkole"],
                    "people": [addressee.pk],
                },
                "answer_request": {"wants_text": True, "due_at": "2026-12-01T12:00:00+01:00"},
            },
        )
        .json()
    )

    assert shown["audience"]["units"] == [str(unit.pk)]
    assert shown["audience"]["kinds"] == ["przedszkole"]
    assert shown["audience"]["people_named"] == [{"id": str(addressee.pk), "name": "Zofia Żak"}]
    assert shown["answer_request"] == {
        "wants_text": True,
        "wants_files": False,
        "wants_workbook": False,
        "template": None,
        "due_at": "2026-12-01T12:00:00+01:00",
        "locks_at": None,
    }


def test_a_change_leaves_alone_what_it_does_not_name(clerk, unit, api):
    message = draft(clerk, [unit], answer_request={"wants_text": True})

    shown = api(clerk).patch(f"{URL}{message.pk}/", {"body": "Nowa treść"}).json()

    assert shown["body"] == "Nowa treść"
    assert shown["subject"] == "Ankieta o obiadach"
    assert shown["audience"]["units"] == [str(unit.pk)]
    assert shown["answer_request"]["wants_text"] is True


def test_attachments_keep_their_ids_and_order_when_others_come_and_go(clerk, api):
    first, second, third = (uploaded(clerk, f"{name}.pdf") for name in "abc")
    message = draft(clerk, attachments=[first.pk, second.pk])
    kept = Attachment.objects.get(message=message, file=second)

    shown = (
        api(clerk)
        .patch(
            f"{URL}{message.pk}/",
            {"attachments": [{"file": str(third.pk)}, {"file": str(second.pk)}]},
        )
        .json()
    )

    assert [one["name"] for one in shown["attachments"]] == ["c.pdf", "b.pdf"]
    assert shown["attachments"][1]["id"] == str(kept.pk)


def test_the_template_is_an_attachment_of_this_message(clerk, api):
    mine, other = uploaded(clerk, "a.pdf"), uploaded(clerk, "b.pdf")
    message = draft(clerk, attachments=[mine.pk])

    with pytest.raises(UnknownAttachment):
        services.change_draft(
            actor=clerk,
            message=message,
            content={"answer_request": {"wants_workbook": True, "template": other.pk}},
        )

    answer = api(clerk).patch(
        f"{URL}{message.pk}/",
        {"answer_request": {"wants_workbook": True, "template": str(mine.pk)}},
    )
    assert answer.json()["answer_request"]["template"] == answer.json()["attachments"][0]["id"]


def test_another_persons_upload_cannot_be_attached(clerk, api):
    strange = uploaded(make_clerk(), "a.pdf")

    answer = api(clerk).post(URL, {"attachments": [{"file": str(strange.pk)}]})

    assert answer.status_code == 422
    assert answer.json()["code"] == "unknown_file"
    assert Message.objects.count() == 0


def test_a_draft_is_its_authors_alone(clerk, api):
    message = draft(clerk)
    colleague = make_clerk()

    assert api(colleague).get(f"{URL}{message.pk}/").status_code == 404
    assert api(colleague).patch(f"{URL}{message.pk}/", {"subject": "x"}).status_code == 404
    assert api(colleague).delete(f"{URL}{message.pk}/").status_code == 404
    with pytest.raises(Forbidden):
        services.change_draft(actor=colleague, message=message, content={"subject": "x"})


def test_a_sent_message_cannot_be_changed_or_discarded(clerk, unit, api):
    message = sent(clerk, [unit])

    changed = api(clerk).patch(f"{URL}{message.pk}/", {"subject": "x"})
    discarded = api(clerk).delete(f"{URL}{message.pk}/")

    assert [changed.status_code, discarded.status_code] == [409, 409]
    assert changed.json()["code"] == "message_already_sent"
    assert Message.objects.get().subject == "Ankieta o obiadach"


def test_a_discarded_draft_is_gone_with_its_files(clerk, api):
    file = uploaded(clerk)
    message = draft(clerk, attachments=[file.pk])

    assert api(clerk).delete(f"{URL}{message.pk}/").status_code == 204

    assert not Message.objects.exists()
    assert not type(file).objects.filter(pk=file.pk).exists()


def test_writing_needs_the_right_for_the_whole_city(unit, api):
    only_views = person_with(Permission.VIEW_MESSAGES)
    in_one_unit = person_with(Permission.SEND_MESSAGE, scope_kind="unit", scope_id=unit.pk)

    answers = [api(person).post(URL, {"subject": "x"}) for person in (only_views, in_one_unit)]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert "Wysyłanie wiadomości" in answers[0].json()["detail"]


def test_a_search_finds_words_of_subject_and_body_without_their_diacritics(clerk):
    message = draft(clerk, subject="Żółw", body="Łódka na STAWIE")
    draft(clerk, subject="Inna")
    mine = selectors.messages_visible_to(clerk)

    assert list(selectors.messages_matching(mine, "lodka zolw")) == [message]
    assert not selectors.messages_matching(mine, "lodka inna")
