"""Blind scoring: who applies is hidden from who scores, and those from one another, until a moment.

Every door that a member has is opened here and everything behind it read: 6 s of CPU.
"""

import json
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from forms.models import Sheet
from forms.services import save_answers
from modules.applications.errors import CallIncomplete
from modules.applications.services import pack_call
from notifications.models import Notification
from opium.errors import NotFound
from procedures.models import Nick
from procedures.selectors.case_list import cases_visible_to
from procedures.services import packaging
from procedures.services.steps import telling
from tests.factories import applications as made
from tests.factories import procedures
from tests.factories.accounts import again
from tests.factories.directory import UnitFactory
from tests.modules.applications.committees.test_reopening import scoring_with_a_check
from threads.services import write_post
from todo import selectors as todo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unit")]
API, URL = "/api/v1/", "/api/v1/applications/"
SECRETS = ("Siódma", "Teatr pod lipą", "Dyrektor", "WO.1.2026", "Tajna ulica", "5252344078")
FORM = (
    made.forms.question("tytul", required=True),
    made.forms.question("kwota", "money"),
    made.forms.question("opis", "long_text", options={"identifying": True}),
    made.forms.question("razem", "number", label="Koszt: {kwota}", compute="kwota * 2"),
    made.forms.question("o_nas", compute="opis"),
    made.forms.question("szkola", prefill="unit.name"),
    made.forms.question("nip", "nip"),
    made.forms.question("zgoda", "statement", options={"wording": "Prowadzi {jednostka.nazwa}."}),
    made.forms.question(
        "zajecia",
        "table",
        options={
            "columns": [
                {"key": "nazwa", "type": "short_text", "label": "Zajęcia"},
                {
                    "key": "gdzie",
                    "type": "short_text",
                    "label": "Gdzie",
                    "options": {"identifying": True},
                },
            ]
        },
    ),
)
ANSWERS = {
    "tytul": "Warsztaty",
    "kwota": "1200.00",
    "opis": "Tajna ulica 7",
    "szkola": "SP Siódma",
    "nip": "5252344078",
    "zajecia": [{"id": "a", "nazwa": "Szachy", "gdzie": "Tajna ulica"}],
}


def blind(people, until=None, *, members=False, applicant=True, **fields):
    phase = {"hides_applicant": applicant, "hides_members": members}
    phase["to_at"] = until and until.isoformat()
    return made.committee(*people, phases=[phase], **fields)


def in_an_hour():
    return timezone.now().replace(microsecond=0) + timedelta(hours=1)


@pytest.fixture
def matter(people, head, unit):
    """An application full of what betrays it, before a committee that may not know whose it is."""
    procedure = made.scoring_procedure(asked=made.forms.published(*FORM))
    call = made.judged_by(blind(people, in_an_hour(), members=True), procedure=procedure)
    draft = made.begun(call, head, unit, title="Teatr pod lipą")
    case = made.hand_in(draft, head, **ANSWERS).case
    type(case).objects.filter(pk=case.pk).update(sign="WO.1.2026")
    made.renew(case)
    return procedures.fresh(case)


def doors(case, call, panel, sheet):
    """Every address that says anything of an application to anybody of the office."""
    one = f"{API}procedures/cases/{case.pk}/"
    paper = f"{API}forms/sheets/{sheet.pk}/"
    return [
        *(f"{API}procedures/cases/", f"{API}procedures/cases/export/", one, f"{one}events/"),
        *(f"{one}events/{number}/receipt/" for number in (1, 2)),
        *(f"{API}procedures/cases/?search={word}" for word in ("siodma", "teatr", "wniosek")),
        *(f"{one}letters/", f"{API}threads/procedures.case/{case.pk}/"),
        *(f"{API}procedures/cases/?unit={case.unit_id}", f"{API}procedures/cases/?ordering=sign"),
        *(paper, f"{paper}versions/1/", f"{paper}differences/?older=1"),
        *(f"{API}todo/waiting/", f"{API}todo/waiting/?search=teatr", f"{API}todo/running/"),
        *(f"{API}notifications/", f"{URL}scoring/", f"{URL}committees/"),
        *(f"{URL}committees/{panel}/", f"{URL}committees/{panel}/matters/"),
        *(f"{URL}calls/{call.pk}/applications/", f"{URL}calls/{call.pk}/figures/"),
        f"{URL}calls/{call.pk}/applications/export/",
        *(f"{URL}register/", f"{URL}register/?search=teatr", f"{URL}register/figures/"),
        f"{URL}register/export/",
        f"{API}audit/entries/?target={case.pk}",
    ]


def read_all(browser, addresses):
    """Address -> what is told there; a workbook as the words that stand in it."""
    told = {}
    for address in addresses:
        answer = browser.get(address)
        body = answer.getvalue() if answer.streaming else answer.content
        told[address] = made.words_of(body) if body[:2] == b"PK" else body.decode()
    return told


def betrayed(told, secrets=SECRETS):
    return {
        (address, secret)
        for address, body in told.items()
        for secret in secrets
        if secret in body or json.dumps(secret)[1:-1] in body
    }


@pytest.mark.parametrize("watches", [False, True], ids=["member", "member who sees every matter"])
def test_no_door_tells_a_member_whose_application_it_is(matter, people, api, now_as, watches):
    member = people[0]
    if watches:
        made.let_watch(member)
    call, panel = matter.application.call, matter.referrals.get().panel_id
    telling.tell_event(matter.events.latest("number"))

    told = read_all(api(now_as(member)), doors(matter, call, panel, matter.sheet))

    assert betrayed(told) == set()
    nick = matter.nick_row.name
    one = f"{API}procedures/cases/{matter.pk}/"
    page = json.loads(told[one])
    assert (page["title"], page["sign"], page["unit"], page["applicant"]) == (nick, "", None, None)
    assert page["is_veiled"] is True
    assert json.loads(told[f"{API}todo/waiting/"])["results"][0]["title"] == nick
    assert json.loads(told[f"{URL}committees/{panel}/matters/"])[0]["title"] == nick
    bell = Notification.objects.filter(person=member).values_list("title", flat=True)
    assert [one for one in bell if one.startswith(nick)] != []
    calendar = todo.todo_of(now_as(member)).values_list("title", flat=True)
    assert list(calendar) == [nick]
    assert not betrayed({"mail": "".join(f"{one.subject}{one.body}" for one in mail.outbox)})


def test_the_same_doors_tell_whoever_does_not_score_all_of_it(matter, api, now_as, clerk):
    call, panel = matter.application.call, matter.referrals.get().panel_id

    told = read_all(api(now_as(clerk)), doors(matter, call, panel, matter.sheet))

    assert {secret for _, secret in betrayed(told)} == set(SECRETS)


def test_what_was_handed_in_is_read_without_what_tells_whose_it_is(matter, people, api, now_as):
    browser = api(now_as(people[1]))

    sheet = browser.get(f"{API}forms/sheets/{matter.sheet_id}/").json()

    assert sheet["is_veiled"] is True
    assert (sheet["unit"], sheet["files"], sheet["versions"], sheet["can"]) == (None, [], [], [])
    assert sheet["answers"]["tytul"] == "Warsztaty"
    assert {"opis", "szkola", "nip", "o_nas"}.isdisjoint(sheet["answers"])
    assert sheet["answers"]["zajecia"] == [{"id": "a", "nazwa": "Szachy"}]
    drawn = sheet["projection"]["questions"]
    assert drawn["razem"]["value"] == "2400"
    assert drawn["o_nas"]["value"] is None
    assert not drawn["opis"]["is_visible"]
    assert sheet["projection"]["errors"] == []
    for rest in ("versions/1/", "differences/?older=1"):
        assert browser.get(f"{API}forms/sheets/{matter.sheet_id}/{rest}").status_code == 404
    assert browser.post(f"{API}forms/sheets/{matter.sheet_id}/print/", {}).status_code == 404


def test_the_members_own_card_knows_no_unit(matter, people, api, now_as):
    card = Sheet.objects.get(owner_id=matter.pk, person=people[1])

    page = api(now_as(people[1])).get(f"{API}forms/sheets/{card.pk}/").json()

    assert (page["unit"], page["can"]) == (None, ["fill"])


def test_a_veiled_member_scores_and_is_answered_with_the_nick(matter, people, api, now_as):
    made.fill_card(people[1], matter, punkty="7")

    answer = api(now_as(people[1])).post(
        f"{API}procedures/cases/{matter.pk}/perform/", {"action": "give_score"}
    )

    assert answer.status_code == 200, answer.content
    assert answer.json()["title"] == matter.nick_row.name
    assert [one["points"] for one in answer.json()["votes"]] == ["7.00"]
    assert betrayed({"perform": answer.content.decode()}) == set()


def test_whoever_prepares_the_matter_and_the_applicant_read_all_of_it(
    matter, head, api, now_as, clerk
):
    for one in (head, clerk):
        page = api(now_as(one)).get(f"{API}procedures/cases/{matter.pk}/").json()
        assert (page["title"], page["is_veiled"]) == ("Teatr pod lipą", False)
    sheet = api(now_as(clerk)).get(f"{API}forms/sheets/{matter.sheet_id}/").json()
    assert sheet["answers"]["opis"] == "Tajna ulica 7"


def test_the_secretary_who_does_not_score_sees_who_applies(people, head, unit, api, now_as):
    call = made.judged_by(blind([*people[:2], made.seat(people[2], "secretary")]))
    case = made.handed_in(call, head, unit).case
    assert cases_visible_to(now_as(people[2])).get() == case


def test_at_the_second_when_the_phase_ends_everything_is_told(matter, people, api, now_as):
    ends = matter.referrals.get().panel.phases.get().to_at
    one = f"{API}procedures/cases/{matter.pk}/"
    with time_machine.travel(ends - timedelta(seconds=1), tick=False):
        assert not cases_visible_to(now_as(people[0])).exists()
    with time_machine.travel(ends, tick=False):
        assert cases_visible_to(now_as(people[0])).exists()
        assert api(now_as(people[0])).get(one).json()["title"] == "Teatr pod lipą"
        made.renew(matter)
        assert todo.todo_of(now_as(people[0])).get().title == "Teatr pod lipą"


def test_members_are_hidden_from_one_another_in_scores_and_in_history(matter, people, api, now_as):
    for one, points in zip(people, ("7", "2", "9"), strict=True):
        made.score(one, matter, points)
    matter = procedures.perform(matter, now_as(people[0]), "scored")
    addresses = [
        f"{API}procedures/cases/{matter.pk}/",
        f"{API}procedures/cases/{matter.pk}/events/",
        *(f"{API}procedures/cases/{matter.pk}/events/{n}/receipt/" for n in range(1, 7)),
    ]
    told = read_all(api(now_as(people[1])), addresses)
    assert betrayed(told, (*SECRETS, "Anna", "Celina")) == set()
    votes = json.loads(told[addresses[0]])["votes"]
    assert [(one["person"], one["points"]) for one in votes] == [
        ("Bogdan Kowal", "2.00"),
        ("Członek komisji", "7.00"),
        ("Członek komisji", "9.00"),
    ]
    others = Sheet.objects.get(owner_id=matter.pk, person=people[0])
    assert api(now_as(people[1])).get(f"{API}forms/sheets/{others.pk}/").status_code == 404
    panel = matter.referrals.get().panel_id
    before = api(now_as(people[0])).get(f"{URL}committees/{panel}/matters/").json()
    assert {one["points"] for one in before[0]["judgements"]} == {None}
    assert before[0]["result"]["wynik"] == "6.00"


def test_nicks_stay_differ_and_do_not_follow_the_order_of_arrival(people, head, unit):
    call = made.judged_by(blind(people))
    cases = [made.handed_in(call, head, unit).case for _ in range(12)]
    names = [Nick.objects.get(case=one).name for one in cases]
    assert len(set(names)) == 12
    assert all(one.startswith("Wniosek ") and len(one) == len("Wniosek A-07") for one in names)
    assert names != sorted(names)
    made.republish(call, blind(people, in_an_hour()))
    assert [Nick.objects.get(case=one).name for one in cases] == names


def test_a_phase_that_is_added_later_hides_what_was_seen_before(people, head, unit, now_as):
    call = made.judged_by(made.committee(*people))
    made.handed_in(call, head, unit)
    assert cases_visible_to(now_as(people[1])).exists()

    made.republish(call, blind(people))

    assert not cases_visible_to(now_as(people[1])).exists()


@pytest.mark.parametrize(
    ("phase", "sentence"),
    [
        ({"hides_applicant": False}, "niczego nie ukrywa"),
        (
            {
                "hides_applicant": True,
                "from_at": "2026-11-02T10:00:00Z",
                "to_at": "2026-11-02T10:00:00Z",
            },
            "kończy się, zanim się zacznie",
        ),
    ],
)
def test_a_phase_that_hides_nothing_or_ends_first_is_refused(people, phase, sentence):
    with pytest.raises(CallIncomplete) as refused:
        made.judged_by(made.committee(*people, phases=[phase]))
    assert sentence in " ".join(one.detail for one in refused.value.errors)


def test_two_calls_give_their_own_nicks(people, head, unit):
    other = UnitFactory()
    for one, whose in ((unit, head), (other, procedures.head_of(other))):
        made.handed_in(made.judged_by(blind(people)), whose, one)
    assert Nick.objects.count() == 2
    assert Nick.objects.values("owner_id").distinct().count() == 2


@pytest.mark.parametrize("watches", [False, True], ids=["member", "member who sees every matter"])
def test_nobody_packs_a_matter_whose_applicant_is_hidden_from_them(matter, people, api, watches):
    member = people[0]
    if watches:
        made.let_watch(member)

    assert api(member).post(f"{API}procedures/cases/{matter.pk}/package/").status_code == 404
    with pytest.raises(NotFound):
        packaging.pack_case(actor=member, case=matter)
    if watches:
        making = pack_call(actor=member, call=matter.application.call)
        assert making.told["cases"] == []


def test_the_words_of_an_accepted_statement_say_nothing_of_the_unit(
    people, head, unit, api, now_as
):
    wording = {"wording": "Prowadzi {jednostka.nazwa}."}
    asked = made.forms.published(
        made.forms.question("tytul", required=True),
        made.forms.question("zgoda", "statement", options=wording),
    )
    procedure = made.scoring_procedure(asked=asked)
    case = made.begun(made.judged_by(blind(people), procedure=procedure), head, unit).case
    answers = {"zgoda": True, "tytul": "x"}
    filled = {"sheet": case.sheet, "draft_version": case.sheet.draft_version}
    save_answers(actor=head, changes=answers, **filled)
    case = procedures.perform(procedures.fresh(case), head, "submitted")

    told = api(now_as(people[1])).get(f"{API}forms/sheets/{case.sheet_id}/").json()

    assert told["answers"]["zgoda"] == {"accepted": True, "wording": "Prowadzi …."}
    assert told["projection"]["questions"]["zgoda"]["value"] is not None
    assert unit.name not in str(told)


def test_a_question_to_the_office_waits_for_nobody_who_may_not_know_whose_it_is(
    people, head, unit, api, now_as
):
    call = made.judged_by(blind(people), procedure=scoring_with_a_check())
    case = made.hand_in(made.begun(call, head, unit, title="Teatr"), head, tytul="Teatr").case
    procedures.holder("referent", people[1])
    clerk = procedures.officer("referent")

    about = {"kind": "procedures.case", "subject_id": case.pk}
    write_post(actor=again(head), **about, text="Pytanie?", wants_answer=True)

    assert "Odpowiedz na pytanie" in str(api(again(clerk)).get(f"{API}todo/waiting/").json())
    told = str(api(now_as(people[1])).get(f"{API}todo/waiting/").json())
    assert "Odpowiedz na pytanie" not in told
    assert "Teatr" not in told
