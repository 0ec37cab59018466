"""The main job, told through the API over HTTP by the people who do it."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from provisioning.demo import question
from provisioning.demo.browser import Browser, Refused
from provisioning.demo.calls import told_of_calls
from provisioning.demo.matters import Call
from provisioning.demo.money import keep_pots
from provisioning.demo.other_calls import OtherCalls
from provisioning.demo.workbooks import SUBJECT, TEMPLATE_NAME, answer, template

BODY = (
    "Dzień dobry,\n\nproszę wypełnić załączony arkusz i odesłać go do podanego terminu. Jeden "
    "wiersz na każdy rodzaj wyposażenia, ceny brutto w złotych.\n\nZ poważaniem\n"
    "Wydział Edukacji i Sportu"
)
WORKERS = 4
PATIENCE = 300
"""Seconds that the story waits for a background job before it says that something is wrong."""

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a unit, who answers for it: the unit's number decides how."""

    number: int
    unit: str
    email: str


@dataclass(slots=True)
class Summary:
    """What happened; the keys of the JSON object that the command ends with."""

    sent: int = 0
    delivered: int = 0
    opened: int = 0
    answered: int = 0
    silent: list[str] = field(default_factory=list)
    refused_first: list[dict[str, str]] = field(default_factory=list)
    merged_workbooks: int = 0
    merged_rows: int = 0
    expected_rows: int = 0
    rejected: list[dict[str, str]] = field(default_factory=list)
    remarks: int = 0
    merged_path: str = ""
    zip_path: str = ""
    budget: dict[str, Any] = field(default_factory=dict)
    matters: dict[str, Any] = field(default_factory=dict)
    applications: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0


class StoryBroken(Exception):
    """A background job did not end; the sentence says which, and where to look."""


@dataclass(slots=True)
class Story:
    """`answering` heads answer, everybody else stays silent; steps already done are not redone."""

    open_browser: Callable[[], Browser]
    password: str
    clerk_email: str
    finance_email: str
    director_email: str
    mayor_email: str
    committee: Sequence[str]
    heads: list[Head]
    silent: Sequence[str]
    folder: Path
    tell: Tell
    summary: Summary = field(default_factory=Summary)

    def run(self) -> Summary:
        began = time.monotonic()
        clerk = self._signed_in(self.clerk_email)
        asked = question.ask(clerk)
        message = self._sent_message(clerk)
        self._wait_for_delivery(clerk, message)
        self._answer_all(clerk, message)
        self._count(clerk, message)
        self._save_all(clerk, message)
        self._merge(clerk, message)
        emails = {head.unit: head.email for head in self.heads}
        question.go_on(clerk, asked, self._signed_in(emails[question.HANDED_IN]))
        finance = self._signed_in(self.finance_email)
        self._walk_matters(clerk, finance)
        self.summary.budget = keep_pots(finance)
        self.summary.seconds = round(time.monotonic() - began, 1)
        return self.summary

    def _walk_matters(self, clerk: Browser, finance: Browser) -> None:
        call = Call(
            self._signed_in,
            {head.unit: head.email for head in self.heads},
            clerk=clerk,
            finance=finance,
            director=self._signed_in(self.director_email),
            mayor=self._signed_in(self.mayor_email),
            members=tuple(self._signed_in(email) for email in self.committee),
            tell=self.tell,
        )
        others = OtherCalls(call)
        others.begin_last_year()
        self.summary.matters = call.run()
        others.score()
        others.compare()
        others.end_last_year()
        self.summary.applications = told_of_calls(clerk)

    def _signed_in(self, email: str) -> Browser:
        browser = self.open_browser()
        browser.sign_in(email, self.password)
        return browser

    def _sent_message(self, clerk: Browser) -> str:
        for known in clerk.get("messaging/messages/", search=SUBJECT)["results"]:
            if known["subject"] == SUBJECT and known["state"] == "sent":
                self.tell("Ankieta została wysłana już wcześniej.")
                return str(known["id"])
        workbook = clerk.upload(TEMPLATE_NAME, template())
        due = timezone.now() + timedelta(days=14)
        draft = clerk.post(
            "messaging/messages/",
            {
                "subject": SUBJECT,
                "body": BODY,
                "audience": {"all_units": True},
                "attachments": [{"file": workbook}],
                "answer_request": {
                    "wants_text": False,
                    "wants_files": False,
                    "wants_workbook": True,
                    "template": workbook,
                    "due_at": due.isoformat(),
                    "locks_at": (due + timedelta(days=7)).isoformat(),
                },
            },
        )
        clerk.post(f"messaging/messages/{draft['id']}/send/")
        self.tell(f"Wysłano ankietę „{SUBJECT}”.")
        return str(draft["id"])

    def _wait_for_delivery(self, clerk: Browser, message: str) -> None:
        def delivered() -> bool:
            counts = clerk.get(f"messaging/messages/{message}/")["counts"]
            return bool(counts["delivered"] == counts["recipients"])

        _wait(delivered, "Doręczanie nie skończyło się")

    def _answer_all(self, clerk: Browser, message: str) -> None:
        answered = {
            row["recipient"]["short_name"]
            for row in _pages(clerk, f"messaging/messages/{message}/deliveries/")
            if row["answered_at"]
        }
        waiting = [
            head
            for head in self.heads
            if head.unit not in answered and head.unit not in self.silent
        ]
        if not waiting:
            self.tell("Wszystkie odpowiedzi już są.")
            return
        self.tell(f"Odpowiada {len(waiting)} jednostek…")
        with ThreadPoolExecutor(WORKERS) as pool:
            for refusal in pool.map(self._answer, waiting):
                if refusal is not None:
                    self.summary.refused_first.append(refusal)

    def _answer(self, head: Head) -> dict[str, str] | None:
        """Opens the message and sends the workbook; a refused one is sent despite the warning."""
        browser = self._signed_in(head.email)
        delivery = next(
            row
            for row in browser.get("messaging/inbox/", waiting="true")["results"]
            if row["subject"] == SUBJECT
        )
        path = f"messaging/inbox/{delivery['id']}"
        browser.post(f"{path}/open/")
        filled = answer(head.number)
        workbook = browser.upload(filled.file_name, filled.content)
        browser.read(workbook, purpose="messaging.workbook", about=delivery["id"])
        body: dict[str, Any] = {
            "text": "",
            "files": [],
            "workbook": workbook,
            "despite_problems": False,
        }
        try:
            browser.post(f"{path}/answers/", body)
        except Refused as refusal:
            if not filled.is_broken:
                raise
            browser.post(f"{path}/answers/", body | {"despite_problems": True})
            return {"unit": head.unit, "file": filled.file_name, "reason": refusal.sentence}
        return None

    def _count(self, clerk: Browser, message: str) -> None:
        counts = clerk.get(f"messaging/messages/{message}/")["counts"]
        rows = list(_pages(clerk, f"messaging/messages/{message}/deliveries/"))
        self.summary.sent = counts["recipients"]
        self.summary.delivered = counts["delivered"]
        self.summary.opened = counts["opened"]
        self.summary.answered = counts["answered"]
        self.summary.silent = [
            row["recipient"]["short_name"] for row in rows if not row["answered_at"]
        ]
        by_unit = {head.unit: head.number for head in self.heads}
        self.summary.expected_rows = sum(
            len(answer(by_unit[row["recipient"]["short_name"]]).lines)
            for row in rows
            if row["answered_at"] and row["recipient"]["short_name"] in by_unit
        )

    def _save_all(self, clerk: Browser, message: str) -> None:
        target = self.folder / "odpowiedzi.zip"
        _write(target, clerk.download(f"messaging/messages/{message}/archive/"))
        self.summary.zip_path = str(target)
        self.tell(f"Zapisano wszystkie pliki: {target}")

    def _merge(self, clerk: Browser, message: str) -> None:
        known = clerk.get(f"messaging/messages/{message}/merges/")
        done = [merge for merge in known if merge["state"] == "done"]
        if done:
            merge = done[0]
        else:
            merge = clerk.post(f"messaging/messages/{message}/merges/", {"mode": "auto"})

            def finished() -> bool:
                merge.update(clerk.get(f"messaging/merges/{merge['id']}/"))
                return merge["state"] in {"done", "failed"}

            _wait(finished, "Scalanie nie skończyło się")
        if merge["state"] == "failed":
            raise StoryBroken(f"Scalanie się nie udało: {merge}")
        report = merge["report"]
        self.summary.merged_workbooks = report["workbooks"]
        self.summary.merged_rows = report["rows"]
        self.summary.rejected = report["rejected"]
        self.summary.remarks = len(report["remarks"])
        target = self.folder / "scalone.xlsx"
        _write(target, clerk.download(f"messaging/merges/{merge['id']}/download/"))
        self.summary.merged_path = str(target)
        self.tell(f"Scalono arkusze: {target}")


def _wait(done: Callable[[], bool], complaint: str) -> None:
    until = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > until:
            raise StoryBroken(f"{complaint} w {PATIENCE} s. Zobacz dzienniki w .opium/logs.")
        time.sleep(0.3)


def _pages(browser: Browser, path: str) -> Iterator[dict[str, Any]]:
    page = 1
    while True:
        found = browser.get(path, page=page, page_size=500)
        yield from found["results"]
        if not found["next"]:
            return
        page += 1


def _write(target: Path, chunks: Iterator[bytes]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as stream:
        stream.writelines(chunks)
