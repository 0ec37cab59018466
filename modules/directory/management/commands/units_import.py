"""`opium units import FILE --city SCHEMA`: the city's units from a file of the register RSPO."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django_tenants.utils import tenant_context

from modules.directory import services
from modules.directory.services.importing import ImportReport
from opium.errors import DomainError
from opium.permissions import SYSTEM
from opium.polish import plural
from tenants import selectors as tenants
from tenants.models import Tenant

UNUSABLE = 2
"""The exit code for a file or arguments that cannot be used."""


class Command(BaseCommand):
    help = "Wczytuje jednostki miasta z pliku RSPO (eksport CSV lub xlsx, albo układ OSM)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="plik csv, csv.gz albo xlsx")
        parser.add_argument("--city", default="", help="schemat miasta; zbędny, gdy jest jedno")
        parser.add_argument("--organ", default="", help="organ prowadzący, np. „Miasto Bydgoszcz”")
        parser.add_argument("--teryt", default="", help="początek kodu TERYT gminy, np. 046101")
        parser.add_argument(
            "--dry-run", action="store_true", help="tylko pokaż, co by się zmieniło"
        )
        parser.add_argument("--json", action="store_true", help="wypisz wynik jako JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with tenant_context(_city(options["city"])):
                report = services.import_units(
                    actor=SYSTEM,
                    source=options["file"],
                    organ=options["organ"],
                    teryt=options["teryt"],
                    is_dry_run=options["dry_run"],
                )
        except DomainError as refusal:
            raise CommandError(str(refusal), returncode=UNUSABLE) from refusal
        if options["json"]:
            self.stdout.write(json.dumps(asdict(report), ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_lines(report)))


def _city(schema: str) -> Tenant:
    cities = {city.schema_name: city for city in tenants.cities()}
    if schema in cities:
        return cities[schema]
    if not schema and len(cities) == 1:
        return next(iter(cities.values()))
    known = ", ".join(cities) or "żadnego"
    wrong = f"Nie ma miasta „{schema}”." if schema else "Wskaż miasto opcją --city."
    raise CommandError(f"{wrong} Otwarte miasta: {known}.", returncode=UNUSABLE)


def _lines(report: ImportReport) -> list[str]:
    lines = [f"+ {one['short_name']}: {one['name']} (RSPO {_numbers(one)})" for one in report.added]
    for one in report.changed:
        lines.append(f"~ {one['short_name']} (RSPO {one['rspo']})")
        lines += [_change(change) for change in one["changes"]]
    for one in report.closed:
        day, reason = one["closed_on"], one["reason"]
        lines.append(f"- {one['short_name']} (RSPO {one['rspo']}): zamknięta {day}, {reason}")
        lines += [_change(change) for change in one["changes"] if change["field"] != "closed_on"]
    for one in report.kept:
        lines.append(f"= {one['short_name']} (RSPO {one['rspo']}): zostają dane wpisane w mieście")
        lines += [
            f"    {kept['field']}: {_value(kept['before'])} (w rejestrze {_value(kept['after'])})"
            for kept in one["differences"]
        ]
    lines += [f"! wiersz {_place(one)}: {one['text']}" for one in report.warnings]
    lines += [f"x wiersz {_place(one)} odrzucony: {one['text']}" for one in report.rejected]
    return [*lines, _sum(report)]


def _sum(report: ImportReport) -> str:
    heading = "Próba, nic nie zapisano" if report.is_dry_run else "Zapisano"
    rows = plural(report.rows_read, "wiersz", "wiersze", "wierszy")
    return (
        f"{heading}: {rows} w pliku, wybrano {report.rows_selected}; "
        f"dodane {len(report.added)}, zmienione {len(report.changed)}, "
        f"zamknięte {len(report.closed)}, bez zmian {report.unchanged}, "
        f"pominięte zlikwidowane {report.never_opened}, "
        f"ostrzeżenia {len(report.warnings)}, odrzucone wiersze {len(report.rejected)}."
    )


def _numbers(added: dict[str, Any]) -> str:
    return ", ".join(added["rspo_numbers"])


def _place(remark: dict[str, Any]) -> str:
    return f"{remark['row']} (RSPO {remark['rspo']})" if remark["rspo"] else str(remark["row"])


def _change(change: dict[str, Any]) -> str:
    return f"    {change['field']}: {_value(change['before'])} → {_value(change['after'])}"


def _value(value: object) -> str:
    return "(brak)" if value in {None, ""} else f"„{value}”"
