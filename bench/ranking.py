"""A call of 1,000 matters x 5 members x 6 criteria, ranked and divided, against SQL by hand.

Ours gathers the values by the product's selector, ranks by the mean of the scores and of the
criteria, and draws the water line of a pot with changes by hand; the peer is one statement that
answers the same rows, fetched. Both in processor time of this process and of its database
backend, for nothing here waits. Everything happens in a city of its own, schema `bench_ranking`,
which is dropped at the end.
"""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

import ranking
from accounts.models import Person
from bench.city import add_clerk, own_city, queries_of, row
from bench.serving import spent
from forms import definition as forms
from forms.models import Form, FormRevision, Sheet, SheetVersion
from opium.permissions import SYSTEM
from procedures import definition as procedures
from procedures.models import Case, Procedure, ProcedureRevision, Vote
from procedures.selectors import Rankable, matters_of, rankable
from procedures.waits import OWNER

CITY, HOST = "bench_ranking", "bench-ranking.localhost"
MATTERS, MEMBERS, CRITERIA, ROUNDS = 1_000, 5, 6, 11
TINY = {"MATTERS": 12, "MEMBERS": 2, "CRITERIA": 2, "ROUNDS": 1}
LIMIT = 3.0
POT = Decimal("250000.00")
BY_HAND = """
WITH crit AS (
    SELECT s.owner_id, {means}
    FROM forms_sheet s
    JOIN forms_sheetversion v ON v.sheet_id = s.id AND v.number = s.version
    JOIN procedures_vote w ON w.case_id = s.owner_id AND w.person_id = s.person_id AND w.is_valid
        AND w.points IS NOT NULL AND s.purpose = w.stage || '/' || w.round || '/' || w.person_id
    WHERE s.owner_kind = %(owner)s GROUP BY s.owner_id
), matters AS (
    SELECT c.id, (c.facts->'ocena'->>'wynik')::numeric AS score, {names},
        least((v.answers->>'kwota')::numeric, 5000) AS amount,
        (v.answers->>'numer')::numeric AS number
    FROM procedures_case c JOIN forms_sheet s ON s.id = c.sheet_id
    JOIN forms_sheetversion v ON v.sheet_id = s.id AND v.number = s.version
    JOIN crit ON crit.owner_id = c.id
), placed AS (
    SELECT m.*, rank() OVER w AS place, sum(amount) OVER w AS used FROM matters m
    WINDOW w AS (ORDER BY score DESC, {falling}, number)
)
SELECT id, place, amount, used <= %(pot)s AND score >= 10 AS is_over FROM placed ORDER BY place
"""


def rows() -> list[dict[str, Any]]:
    with own_city(CITY, HOST):
        of, known = _fill()
        with connection.cursor() as cursor:
            cursor.execute(
                "ANALYZE procedures_case, procedures_vote, forms_sheet, forms_sheetversion"
            )
        rules = ranking.read_rules(_document(known), known.fields)
        ours_found, peer_found = _ours(of, known, rules), _by_hand(known)
        assert [(one.key, one.place, one.is_over) for one in ours_found.rows] == [
            (str(line[0]), line[1], line[3]) for line in peer_found
        ]
        assert 0 < ours_found.over < MATTERS
        queries = len(queries_of(lambda: _ours(of, known, rules)))
        ours, peer = [], []
        for _ in range(ROUNDS + 1):
            ours.append(spent(lambda: _ours(of, known, rules)))
            peer.append(spent(lambda: _by_hand(known)))
        name = f"CPU of scenario of {MATTERS} x {MEMBERS} x {CRITERIA}, {queries} queries"
        return [row(name, ours, peer, "the same rows by SQL, fetched", LIMIT)]


def _ours(of: UUID, known: Rankable, rules: ranking.Rules) -> ranking.Outcome:
    cases, asked = Case.objects.filter(procedure=of), known.only(rules.names())
    return ranking.play(rules, matters_of(SYSTEM, cases, asked))


def _by_hand(known: Rankable) -> list[Any]:
    keys = [question for _, question in known.criteria.values()]
    text = BY_HAND.format(
        means=", ".join(f"avg((v.answers->>'{key}')::numeric) AS {key}" for key in keys),
        names=", ".join(keys),
        falling=", ".join(f"{key} DESC" for key in keys),
    )
    with connection.cursor() as cursor:
        cursor.execute(text, {"owner": OWNER, "pot": POT})
        return list(cursor.fetchall())


def _document(known: Rankable) -> dict[str, Any]:
    keys = ["ocena.wynik", *known.criteria]
    return {
        "order": [*({"by": key} for key in keys), {"by": "numer", "direction": "rising"}],
        "thresholds": [{"by": "ocena.wynik", "least": 10}],
        "amount": {"way": "asked", "by": "kwota"},
        "asked": "kwota",
        "caps": [{"amount": "5000.00"}],
        "pots": [{"code": "granty", "amount": str(POT)}],
    }


def _fill() -> tuple[UUID, Rankable]:
    """Past the services: what they would leave behind, in as few statements as it takes."""
    asked = _form("Wniosek", ("kwota", "money"), ("numer", "number"), ("tytul", "short_text"))
    card = _form("Karta oceny", *((f"k{number}", "number") for number in range(CRITERIA)))
    revision, definition = _procedure()
    members = [add_clerk(f"komisja{number}") for number in range(MEMBERS)]
    cases = [_case(revision, number) for number in range(MATTERS)]
    applications = [_sheet(asked, one, "application", None) for one in cases]
    for case, sheet in zip(cases, applications, strict=True):
        case.sheet = sheet
    cards = [_sheet(card, one, f"ocena/1/{who.pk}", who) for one in cases for who in members]
    Sheet.objects.bulk_create([*applications, *cards], batch_size=1_000)
    Case.objects.bulk_create(cases, batch_size=1_000)
    answers = [
        {"kwota": str(500 + number * 37 % 9_000), "numer": number, "tytul": f"Projekt {number}"}
        for number in range(MATTERS)
    ]
    scores = [
        {f"k{which}": str((number * (which + 7)) % 11) for which in range(CRITERIA)}
        for number in range(len(cards))
    ]
    filled = [*zip(applications, answers, strict=True), *zip(cards, scores, strict=True)]
    SheetVersion.objects.bulk_create(
        [
            SheetVersion(
                sheet=sheet,
                number=1,
                revision=sheet.revision,
                answers=given,
                submitted_at=timezone.now(),
            )
            for sheet, given in filled
        ],
        batch_size=1_000,
    )
    _vote(cases, members)
    stages = {"ocena": forms.read(card.definition)}
    return revision.procedure_id, rankable(definition, forms.read(asked.definition), stages)


def _vote(cases: list[Case], members: list[Person]) -> None:
    Vote.objects.bulk_create(
        [
            Vote(
                case=case,
                stage="ocena",
                stage_name="Ocena",
                round=1,
                person=who,
                function="komisja",
                verdict="scored",
                verdict_label="oceniono",
                points=Decimal(10),
                at=timezone.now(),
                cast_in=1,
            )
            for case in cases
            for who in members
        ],
        batch_size=1_000,
    )


def _form(name: str, *questions: tuple[str, str]) -> FormRevision:
    asked = [{"key": key, "type": kind, "label": key} for key, kind in questions]
    document = {
        "format": 1,
        "title": name,
        "sections": [{"key": "dane", "title": "Dane", "questions": asked}],
    }
    form = Form.objects.create(name=name, draft=document)
    return FormRevision.objects.create(
        form=form, number=1, definition=document, published_at=timezone.now()
    )


def _procedure() -> tuple[ProcedureRevision, procedures.Procedure]:
    stages = [
        {
            "key": "ocena",
            "kind": "scoring",
            "name": "Ocena",
            "function": "komisja",
            "form": "karta",
            "parameters": {"points": "k0"},
        }
    ]
    document = {
        "format": 1,
        "name": "Granty",
        "applicant": "office",
        "functions": [{"key": "komisja", "name": "Komisja"}],
        "stages": stages,
        "transitions": [],
    }
    procedure = Procedure.objects.create(name="Granty", draft=document)
    revision = ProcedureRevision.objects.create(procedure=procedure, number=1, definition=document)
    return revision, procedures.read(document)


def _case(revision: ProcedureRevision, number: int) -> Case:
    now = timezone.now()
    return Case(
        procedure=revision.procedure,
        revision=revision,
        stage="ocena",
        stage_kind="scoring",
        stage_name="Ocena",
        public_name="Ocena",
        title=f"Projekt {number}",
        facts={"ocena": {"wynik": f"{number * 7 % 31}.50", "liczba": str(MEMBERS)}},
        opened_at=now,
        ball_since=now,
        ball_side="office",
    )


def _sheet(revision: FormRevision, case: Case, purpose: str, person: Person | None) -> Sheet:
    return Sheet(
        form=revision.form,
        revision=revision,
        owner_kind=OWNER,
        owner_id=case.pk,
        purpose=purpose,
        person=person,
        state="submitted",
        version=1,
        submitted_at=timezone.now(),
    )
