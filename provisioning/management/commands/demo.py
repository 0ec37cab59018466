"""`manage.py demo --url http://127.0.0.1:8000`: the invented city, and the main job done in it."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from opium.polish import format_money, plural
from provisioning.demo.browser import Browser, Refused
from provisioning.demo.city import (
    CLERK,
    COMMITTEE,
    DIRECTOR,
    DOMAIN,
    FINANCE,
    MAYOR,
    SILENT,
    LogIn,
    load_types,
    log_ins,
    open_demo_city,
)
from provisioning.demo.story import Story, StoryBroken, Summary

ARKUSZ = ("arkusz", "arkusze", "arkuszy")
WIERSZ = ("wiersz", "wiersze", "wierszy")
UWAGA = ("uwaga", "uwagi", "uwag")


class Command(BaseCommand):
    help = "Opens the demonstration city and tells the main job through the API."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--url", default="http://127.0.0.1:8000")
        parser.add_argument("--json", action="store_true", help="the last line is a JSON object")
        parser.add_argument("--once", action="store_true", help="read by `make demo`: stop after")

    def handle(self, *_args: Any, **options: Any) -> None:
        folder = settings.STATE / "demo"
        folder.mkdir(parents=True, exist_ok=True)
        self._tell("Przygotowuję miasto…")
        password, heads = open_demo_city(folder)
        load_types()
        story = Story(
            open_browser=lambda: Browser(options["url"], DOMAIN),
            password=password,
            clerk_email=CLERK,
            finance_email=FINANCE,
            director_email=DIRECTOR,
            mayor_email=MAYOR,
            committee=COMMITTEE,
            heads=heads,
            silent=SILENT,
            folder=folder,
            tell=self._tell,
        )
        try:
            summary = story.run()
        except (Refused, StoryBroken) as trouble:
            raise CommandError(str(trouble)) from trouble
        port = options["url"].rsplit(":", 1)[-1].strip("/")
        self.stdout.write(_told(summary))
        self.stdout.write(_addresses(port, password, log_ins()))
        if options["json"]:
            self.stdout.write(json.dumps(asdict(summary), ensure_ascii=False))
        if summary.merged_rows != summary.expected_rows:
            raise CommandError(
                f"Scalono {summary.merged_rows} wierszy, a odczytać należało "
                f"{summary.expected_rows}."
            )

    def _tell(self, sentence: str) -> None:
        self.stderr.write(sentence, style_func=str)


def _told(summary: Summary) -> str:
    lines = [
        "",
        "Główne zadanie",
        f"  wysłano do          {plural(summary.sent, 'jednostki', 'jednostek', 'jednostek')}",
        f"  doręczono           {summary.delivered}",
        f"  otwarto             {summary.opened}",
        f"  odpowiedziało       {summary.answered}",
        f"  milczą              {', '.join(summary.silent) or '–'}",
        (
            f"  scalono             {plural(summary.merged_workbooks, *ARKUSZ)}, "
            f"{plural(summary.merged_rows, *WIERSZ)}, {plural(summary.remarks, *UWAGA)}"
        ),
    ]
    lines += [
        f"  odrzucono           {one['unit']}: {one['file']} – {one['reason']}"
        for one in summary.rejected
    ]
    lines += [
        f"  scalony arkusz      {summary.merged_path}",
        f"  wszystkie pliki     {summary.zip_path}",
        (
            f"  budżet              pul {summary.budget['pots']}, zaplanowano"
            f" {format_money(Decimal(summary.budget['planned']))}, zostało"
            f" {format_money(Decimal(summary.budget['left']))}"
        ),
        (
            f"  granty              wniosków {summary.matters['submitted']}, przyznano"
            f" {format_money(Decimal(summary.matters['granted']))}, w puli zostało"
            f" {format_money(Decimal(summary.matters['left']))}"
        ),
        f"  czas                {summary.seconds} s",
    ]
    return "\n".join(lines)


def _addresses(port: str, password: str, people: list[LogIn]) -> str:
    lines = [
        "",
        f"Miasto:    http://{DOMAIN}:{port}",
        f"Operator:  http://localhost:{port}",
        f"Hasło wszystkich kont: {password}",
    ]
    return "\n".join([*lines, *(f"  {one.role:<28}{one.email}" for one in people), ""])
