"""The words in which a regulation is told: who does what in a call, all of it over the API.

Whoever acts holds the starting role of a new city and no other right. A catalogue's type is
switched on, its call published, and each step is a press of the person whose move it is.
"""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Assignment, Person
from accounts.selectors import role_named
from opium import starting
from opium.starting import starting_roles
from tests.factories.accounts import PersonFactory
from tests.factories.directory import MembershipFactory, UnitFactory, UnitKindFactory
from tests.factories.files import PDF, uploaded

CASES, SHEETS = "/api/v1/procedures/cases/", "/api/v1/forms/sheets/"
PNG = b"\x89PNG\r\n\x1a\n"
FILES = {".pdf": PDF, ".png": PNG}
CALLS, OWN = "/api/v1/applications/calls/", "/api/v1/applications/own/"


@pytest.fixture(autouse=True)
def in_march():
    """A day from which a call and its report stay within one budget year."""
    with time_machine.travel("2026-03-02 10:00+01:00"):
        yield


@pytest.fixture(autouse=True)
def files_root(settings, tmp_path):
    settings.FILES_ROOT = str(tmp_path)


def told(answer, status=(200, 201, 204)):
    assert answer.status_code in status, answer.content.decode()
    return answer.json() if answer.content else None


class Somebody:
    """A person at their browser."""

    def __init__(self, api, role, place=None, **fields):
        self.person: Person = PersonFactory(**fields)
        kind, pk = ("unit", place.pk) if place is not None else ("city", None)
        Assignment.objects.create(
            person=self.person, role=role_named(role.name), scope_kind=kind, scope_id=pk
        )
        self._api = api
        self.signs_in()

    def signs_in(self):
        self.browser = self._api(self.person)

    def belongs_to(self, school):
        MembershipFactory(person=self.person, unit=school.unit)

    def reads(self, path):
        return told(self.browser.get(path))

    def sends(self, path, **body):
        return told(self.browser.post(path, body, format="json"))

    def changes(self, path, **body):
        return told(self.browser.patch(path, body, format="json"))

    def sees(self, case):
        """The page of the case."""
        return self.reads(f"{CASES}{case}/")

    def may(self, case):
        """The buttons that this person can press now."""
        return {one["action"] for one in self.sees(case)["actions"] if not one["blocked"]}

    def presses(self, action, case, reason="", **data):
        body = {"action": action, "data": data, "reason": reason}
        return self.sends(f"{CASES}{case}/perform/", **body)

    def is_refused(self, action, case, reason="", **data):
        """The sentence of the refusal."""
        body = {"action": action, "data": data, "reason": reason}
        answer = self.browser.post(f"{CASES}{case}/perform/", body, format="json")
        refused = told(answer, (400, 403, 404, 409, 422))
        return " ".join([refused["detail"], *(one["detail"] for one in refused.get("errors", ()))])

    def fills(self, sheet, **answers):
        """Write these answers and accept every statement as it is worded; files are uploaded."""
        address = f"{SHEETS}{sheet}/"
        given = {key: self._uploaded(value) for key, value in answers.items()}
        saved = self.changes(address, changes=given)
        questions = saved["projection"]["questions"]
        statements = {
            key: {"accepted": True, "wording": one["wording"]}
            for key, one in questions.items()
            if one.get("wording") and one["value"] is None
        }
        if statements:
            headers = {"HTTP_IF_MATCH": f'"{saved["draft_version"]}"'}
            body = {"changes": statements}
            saved = told(self.browser.patch(address, body, format="json", **headers))
        return saved["projection"]

    def _uploaded(self, value):
        """The ids of the upload where the answer is the name of a file."""
        content = FILES.get(str(value)[-4:])
        return value if content is None else [str(uploaded(self.person, value, content).pk)]

    def fills_in(self, case, **answers):
        """The sheet of the case that waits for this person."""
        [sheet] = [one for one in self.sees(case)["sheets"] if one["can_fill"]]
        return self.fills(sheet["id"], **answers)


class School(Somebody):
    """The head of a unit, who applies in its name."""

    def __init__(self, api, name="SP nr 7", kind="szkola"):
        self.unit = UnitFactory(short_name=name, kind=UnitKindFactory(code=kind))
        super().__init__(api, starting.UNIT_HEAD, self.unit)
        MembershipFactory(person=self.person, unit=self.unit)

    def begins(self, call):
        body = {"call": call, "unit": str(self.unit.pk)}
        return self.sends(OWN, **body)["case"]

    def cannot_begin(self, call):
        """The sentence of the refusal."""
        body = {"call": call, "unit": str(self.unit.pk)}
        return told(self.browser.post(OWN, body, format="json"), (409,))["detail"]

    def submits(self, call, **answers):
        """An application, from its beginning to its submission; its case."""
        case = self.begins(call)
        self.fills_in(case, **answers)
        self.presses("submitted", case)
        return case

    def corrects(self, case, **answers):
        self.fills_in(case, **answers)
        return self.presses("corrected", case)

    def reports(self, case, **answers):
        self.fills_in(case, **answers)
        return self.presses("file_report", case)


class Committee:
    """Its members, each alone with their own card."""

    def __init__(self, *members):
        self.members = members

    def scores(self, case, *totals):
        """Each member gives so many points, spread over the criteria; None: not yet."""
        page = None
        for member, total in zip(self.members, totals, strict=False):
            if total is None:
                continue
            [sheet] = [one for one in member.sees(case)["sheets"] if one["can_fill"]]
            member.fills(sheet["id"], **_spread(member.reads(f"{SHEETS}{sheet['id']}/"), total))
            page = member.presses("give_score", case)
        return page

    def votes(self, case, *verdicts, **said):
        """Each member presses their verdict; None: not yet."""
        page = None
        for member, verdict in zip(self.members, verdicts, strict=False):
            if verdict is not None:
                page = member.presses(verdict, case, **said)
        return page


def _spread(sheet, total):
    given, left = {}, Decimal(total)
    for section in sheet["definition"]["sections"]:
        for one in section["questions"]:
            if one["type"] == "number" and not one.get("compute"):
                given[one["key"]] = str(points := min(left, Decimal(one["options"]["max"])))
                left -= points
    assert not left, "więcej punktów, niż ma karta"
    return given


class Office:
    """The department: one person for each starting role."""

    def __init__(self, api):
        self.admin = Somebody(api, starting.ADMINISTRATOR)
        self.clerk = Somebody(api, starting.CLERK)
        self.section_head = Somebody(api, starting.SECTION_HEAD)
        self.director = Somebody(api, starting.DIRECTOR)
        self.finance = Somebody(api, starting.FINANCE)
        self.mayor = Somebody(api, starting.MAYOR)

    def switches_on(self, key):
        """A type of the catalogue; its procedure."""
        done = self.admin.sends(f"/api/v1/catalogue/types/{key}/switch-on/")
        assert done["is_published"], done["waits_for"]
        return done["procedure"]

    def keeps_pot(self, code, amount):
        pot = {"code": code, "name": code, "year": timezone.localdate().year, "amount": amount}
        self.finance.sends("/api/v1/budget/pots/", **pot)

    def opens(self, procedure, pot, title="Nabór", days=30, more_rounds=(), **limits):
        """A call that is open since yesterday; its id."""
        now = timezone.now().replace(microsecond=0)
        window = {
            "key": "tura",
            "name": "Tura",
            "opens_at": (now - timedelta(days=1)).isoformat(),
            "closes_at": (now + timedelta(days=days)).isoformat(),
            "pots": [pot],
        }
        year = timezone.localdate().year
        call = self.clerk.sends(CALLS, procedure=procedure, title=title, year=year)["id"]
        rounds = [window, *more_rounds]
        rules = {"rounds": rounds, "audience": {"all_units": True}, "limits": limits}
        assert self.clerk.changes(f"{CALLS}{call}/", rules=rules)["missing"] == []
        announced = {"subject": title, "body": "Zapraszamy do składania wniosków."}
        self.clerk.sends(f"{CALLS}{call}/publish/", announcement=announced)
        return call

    def checks(self, case, **data):
        """Every point of the checklist is met."""
        [button] = [one for one in self.clerk.sees(case)["actions"] if _is_complete(one)]
        points = [one["key"] for part in button["fields"]["sections"] for one in part["questions"]]
        met = {key: True for key in points if key.startswith("punkt_")}
        return self.clerk.presses(button["action"], case, **met, **data)

    def ranks(self, call, **rules):
        """What a scenario comes to: case -> the sum for it, in the order of the ranking."""
        body = {"name": "Zasadniczy", "rules": rules}
        made = self.clerk.sends(f"{CALLS}{call}/scenarios/", **body)
        self.scenario = made["id"]
        return {one["key"]: one["amount"] for one in made["outcome"]["rows"]}

    def recommends(self, status=(201,)):
        """The scenario that was ranked last, put before whoever decides."""
        address = f"/api/v1/applications/scenarios/{self.scenario}/recommend/"
        return told(self.director.browser.post(address), status)

    def awards(self, **decision):
        """Recommend what was ranked last, and publish the decision about it."""
        made = self.recommends()
        address = f"/api/v1/applications/recommendations/{made['id']}/award/"
        return self.director.sends(address, **decision)


def _is_complete(button):
    questions = (button["fields"] or {"sections": []})["sections"]
    return any(one["key"].startswith("punkt_") for part in questions for one in part["questions"])


def stands(page):
    """Where the case stands, and how it has ended; "" while it has not."""
    return page["stage"]["key"], page["meaning"]


@pytest.fixture
def roles(city):
    """The starting roles carry what they carry in a new city."""
    for one, permissions in starting_roles():
        role = role_named(one.name)
        role.permissions = sorted(permissions)
        role.save()


@pytest.fixture
def office(api, roles):
    return Office(api)


@pytest.fixture
def seats():
    """How many members the committee has."""
    return 3


@pytest.fixture
def committee(api, office, seats):
    return Committee(*(Somebody(api, starting.COMMITTEE_MEMBER) for _ in range(seats)))


@pytest.fixture
def expert(api, roles):
    """Somebody who is asked for an opinion."""
    return Somebody(api, starting.READER)


@pytest.fixture
def school(api, roles):
    return School(api)


@pytest.fixture
def schools(api, roles):
    """Another school with each call: `schools("Bursa nr 1", "bursa")`."""
    return lambda name="SP nr 8", kind="szkola": School(api, name, kind)
