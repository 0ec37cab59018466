"""An addressee asks the sender of a message, who sees its status answers, nobody else reads."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import services as accounts
from accounts.models import Assignment, Substitution
from audit.models import Entry
from modules.messaging import services as messaging
from modules.messaging.permissions import Permission
from notifications.models import Notification
from opium.errors import NotFound
from opium.permissions import SYSTEM, MissingPermission
from tests.factories.accounts import PersonFactory, again, person_with
from tests.factories.directory import MembershipFactory, UnitFactory
from tests.factories.files import uploaded
from tests.factories.keys import program_of
from tests.factories.messaging import clerk, head_of, sent
from threads import selectors, services
from threads.errors import EmptyPost, NoAnswer, ThreadClosed
from threads.models import Post, Thread
from todo.models import Waiting
from todo.selectors import todo_of
from units.models import Membership

pytestmark = pytest.mark.django_db
KIND = "messaging.delivery"


@pytest.fixture
def unit():
    return UnitFactory(short_name="SP 7")


@pytest.fixture
def other_unit():
    return UnitFactory(short_name="SP 9")


@pytest.fixture
def author():
    return clerk(first_name="Ewa", last_name="Lis")


@pytest.fixture
def head(unit):
    return head_of(unit, first_name="Jan", last_name="Dyrektor")


@pytest.fixture
def other_head(other_unit):
    return head_of(other_unit)


@pytest.fixture
def message(author, unit, other_unit):
    return sent(author, [unit, other_unit], subject="Obiady")


@pytest.fixture
def delivery(message, unit):
    return message.deliveries.get(unit=unit)


def ask(actor, delivery, text="Czy wliczać zerówki?", **said):
    said.setdefault("wants_answer", True)
    return services.write_post(actor=actor, kind=KIND, subject_id=delivery.pk, text=text, **said)


def answer(actor, delivery, text="Tak, wliczać.", **said):
    return ask(actor, delivery, text, **{"wants_answer": False, **said})


def told(person):
    return list(
        Notification.objects.filter(person=person, kind="threads.post").values_list("title", "url")
    )


def sees(actor, delivery):
    try:
        return selectors.thread_of(actor, KIND, delivery.pk).side
    except (NotFound, MissingPermission):
        return None


def test_a_question_waits_for_the_author_and_the_answer_reaches_who_asked(
    author, head, delivery, message
):
    services.tell_post(ask(head, delivery))

    [row] = todo_of(again(author))
    assert (row.what, row.title, row.details) == ("Odpowiedz na pytanie", "Obiady", "pyta: SP 7")
    assert row.url == f"/messaging/messages/{message.pk}?question={delivery.pk}"
    assert told(author) == [("Obiady: pytanie", row.url)]
    assert told(head) == []

    services.tell_post(answer(author, delivery))

    assert not todo_of(again(author)).exists()
    assert told(head) == [("Obiady: odpowiedź", delivery.url)]
    shown = selectors.thread_of(head, KIND, delivery.pk)
    assert [(one.side, one.author_name, one.text) for one in shown.posts] == [
        ("outside", "Jan Dyrektor", "Czy wliczać zerówki?"),
        ("office", "Ewa Lis", "Tak, wliczać."),
    ]
    assert (shown.side, shown.may_write, shown.may_show, shown.is_asked) == (
        "outside",
        True,
        False,
        False,
    )


def test_colleagues_of_the_unit_and_of_the_office_read_it_and_answer(unit, head, delivery):
    colleague, other_clerk = head_of(unit), clerk()
    viewer = person_with(Permission.VIEW_MESSAGES)
    ask(head, delivery)

    assert sees(colleague, delivery) == "outside"
    assert sees(other_clerk, delivery) == sees(viewer, delivery) == "office"
    answer(other_clerk, delivery)
    assert not Waiting.objects.filter(done_at=None, code="messaging.question").exists()
    with pytest.raises(MissingPermission):
        answer(viewer, delivery)


def test_the_sender_may_ask_back_and_that_waits_for_the_unit(author, head, delivery):
    ask(author, delivery, "Ilu ich jest?")

    assert [row.what for row in todo_of(again(head))] == ["Odpowiedz na pytanie nadawcy"]
    answer(head, delivery, "Dwanaścioro.")
    assert not todo_of(again(head)).exists()


def test_whoever_no_longer_sees_the_message_sees_no_thread_of_it(
    author, unit, head, *, other_head, delivery, api
):
    ask(head, delivery)
    url = f"/api/v1/threads/about/{KIND}/{delivery.pk}/"
    left, unrole = head_of(unit), clerk()
    substitute = PersonFactory()
    today = timezone.localdate()
    Substitution.objects.create(person=head, substitute=substitute, starts_on=today, ends_on=today)
    assert {sees(left, delivery), sees(unrole, delivery)} == {"outside", "office"}

    Membership.objects.filter(person=left).update(valid_to=today - timedelta(days=1))
    Assignment.objects.filter(person=unrole).update(valid_to=today - timedelta(days=1))

    for one in (other_head, again(left), again(unrole), substitute, person_with()):
        assert sees(one, delivery) is None
        assert api(one).get(url).status_code == 404
        assert api(one).post(url, {"text": "A ja?"}).status_code == 404
        with pytest.raises(NotFound):
            ask(one, delivery)
    assert api().get(url).status_code == 401
    assert Post.objects.count() == 1


@pytest.mark.parametrize("named", ["directory.view_units", "threads.take_part"])
def test_a_key_that_names_too_little_reads_nothing(head, delivery, named):
    ask(head, delivery)

    assert sees(program_of(head, named), delivery) is None
    both = program_of(head, "threads.take_part", Permission.KEEP_OWN_INBOX)
    assert sees(both, delivery) == "outside"


def test_an_answer_is_shown_to_all_addressees_without_who_asked(
    author, head, other_head, delivery, *, message, other_unit, api
):
    file = uploaded(author, "wzor.pdf")
    question = ask(head, delivery, "W SP 7 mamy zerówki. Wliczać?")
    post = answer(author, delivery, files=[file.pk])
    theirs = message.deliveries.get(unit=other_unit)
    assert selectors.thread_of(other_head, KIND, theirs.pk).shown == []
    with pytest.raises(NoAnswer):
        services.show_answer(actor=author, post=question, question="Nie tak")
    with pytest.raises(EmptyPost):
        services.show_answer(actor=author, post=post, question="  ")
    with pytest.raises(MissingPermission):
        services.show_answer(actor=head, post=post, question="Sam pokażę")

    services.show_answer(actor=author, post=post, question="Czy wliczać zerówki?")

    url = f"/api/v1/threads/about/{KIND}/{theirs.pk}/"
    said = api(other_head).get(url)
    [shown] = said.json()["shown"]
    assert (shown["question"], shown["text"]) == ("Czy wliczać zerówki?", "Tak, wliczać.")
    assert "SP 7" not in said.content.decode()
    assert "Dyrektor" not in said.content.decode()
    path = f"/api/v1/threads/files/{shown['files'][0]['id']}/"
    assert api(other_head).get(path).status_code == 302
    assert api(person_with()).get(path).status_code == 404
    assert selectors.thread_of(head, KIND, delivery.pk).shown == []

    services.hide_answer(actor=author, post=post)

    assert api(other_head).get(url).json()["shown"] == []
    assert api(other_head).get(path).status_code == 404


def test_files_go_with_a_post_and_to_nobody_who_does_not_see_it(head, other_head, delivery, api):
    file = uploaded(head, "pytanie.pdf")
    ask(head, delivery, "", files=[file.pk])
    [post] = selectors.thread_of(head, KIND, delivery.pk).posts
    url = f"/api/v1/threads/files/{post.in_order[0].pk}/"

    assert api(head).get(url).status_code == 302
    assert api(other_head).get(url).status_code == 404
    entry = Entry.objects.order_by("pk").last()
    assert (entry.deed, entry.right, entry.after["file"]) == (
        "threads.download_post_file",
        "messaging.keep_own_inbox",
        "pytanie.pdf",
    )


def test_nothing_is_said_with_nothing_and_nothing_after_the_message_was_taken_back(
    author, head, delivery, message
):
    with pytest.raises(EmptyPost):
        ask(head, delivery, "   ")
    ask(head, delivery)

    messaging.recall_message(actor=author, message=message)

    assert sees(head, delivery) is None
    assert not Waiting.objects.filter(done_at=None, code="messaging.question").exists()
    with pytest.raises(ThreadClosed, match="wycofano"):
        answer(author, delivery)


def test_the_office_has_the_threads_of_a_message_those_that_wait_first(
    author, head, other_head, message, *, delivery, other_unit, api, django_assert_num_queries
):
    url = f"/api/v1/threads/of/{KIND}/{message.pk}/"
    browser = api(author)
    ask(head, delivery)
    ask(other_head, message.deliveries.get(unit=other_unit))
    answer(author, message.deliveries.get(unit=other_unit))
    browser.get(url)

    with django_assert_num_queries(6):
        rows = browser.get(url).json()

    assert [(one["outside"], one["posts"], one["is_asked"]) for one in rows] == [
        ("SP 7", 1, True),
        ("SP 9", 2, False),
    ]
    assert api(head).get(url).status_code == 404
    assert api(person_with()).get(url).status_code == 404


def test_the_queries_of_a_thread_do_not_grow_with_what_was_said(
    head, author, delivery, api, django_assert_num_queries
):
    ask(head, delivery)
    browser = api(head)
    url = f"/api/v1/threads/about/{KIND}/{delivery.pk}/"
    browser.get(url)
    with django_assert_num_queries(12):
        browser.get(url)
    for number in range(5):
        answer(author, delivery, f"Odpowiedź {number}")
    with django_assert_num_queries(12):
        assert len(browser.get(url).json()["posts"]) == 6


def test_the_other_city_knows_none_of_it(author, head, delivery, api, in_south):
    ask(head, delivery)
    with in_south():
        theirs = head_of(UnitFactory())
        MembershipFactory(person=theirs, unit=UnitFactory())
        assert sees(theirs, delivery) is None
        assert not Thread.objects.exists()
    assert Thread.objects.count() == 1


def test_questions_of_somebody_who_leaves_wait_for_the_successor(author, head, delivery):
    ask(head, delivery)
    successor = clerk()
    accounts.close_account(actor=SYSTEM, person=author, successor=successor)

    assert [row.what for row in todo_of(again(successor))] == ["Odpowiedz na pytanie"]
