"""`opium merge DIR_OR_ZIP --template FILE --mode auto|stack|form|sum -o OUT.xlsx [--json]`."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from opium.errors import DomainError
from opium.polish import plural
from spreadsheets.folders import sources_in
from spreadsheets.merging import merge
from spreadsheets.report import Report
from spreadsheets.template import Mode

UNUSABLE = 2
_SHOWN_REMARKS = 20


class Command(BaseCommand):
    help = "Scala wypełnione kopie arkusza z folderu albo archiwum ZIP w jeden plik xlsx."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("place", metavar="FOLDER_ALBO_ZIP", type=Path)
        parser.add_argument("--template", required=True, type=Path, help="rozesłany szablon")
        parser.add_argument(
            "--mode",
            default=Mode.AUTO.value,
            choices=[mode.value for mode in Mode],
            help="auto: według szablonu; stack: wiersze pod sobą; form: jednostka w wierszu; "
            "sum: sumowanie komórek",
        )
        parser.add_argument("-o", "--output", required=True, type=Path, help="plik wynikowy xlsx")
        parser.add_argument("--json", action="store_true", help="raport jako jeden obiekt JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        template: Path = options["template"]
        output: Path = options["output"]
        try:
            if not template.is_file():
                raise CommandError(f"Nie ma pliku szablonu „{template}”.", returncode=UNUSABLE)
            if output.is_dir() or not output.parent.is_dir():
                raise CommandError(f"Nie można zapisać pliku „{output}”.", returncode=UNUSABLE)
            sources = sources_in(options["place"], leave_out={template, output})
            report = merge(template, sources, Mode(options["mode"]), output)
        except DomainError as refusal:
            raise CommandError(str(refusal), returncode=UNUSABLE) from refusal
        except OSError as problem:
            reason = problem.strerror or str(problem)
            raise CommandError(
                f"Nie można zapisać pliku „{output}”: {reason}.", returncode=UNUSABLE
            ) from problem
        if options["json"]:
            self.stdout.write(
                json.dumps({**report.to_dict(), "output": str(output)}, ensure_ascii=False)
            )
        else:
            self._print(report, output)

    def _print(self, report: Report, output: Path) -> None:
        files = plural(report.workbooks, "plik", "pliki", "plików")
        rows = plural(report.rows, "wiersz", "wiersze", "wierszy")
        self.stdout.write(f"Scalono {files} ({rows}, tryb {report.mode}) do „{output}”.")
        for rejection in report.rejected:
            self.stdout.write(f"Odrzucono: {rejection.file}: {rejection.reason}")
        remarks = [remark for remark in report.remarks if remark.kind != "rejected"]
        for remark in remarks[:_SHOWN_REMARKS]:
            where = " ".join(filter(None, [remark.file, remark.sheet, remark.cell]))
            self.stdout.write(f"Uwaga: {where}: {remark.sentence}")
        if len(remarks) > _SHOWN_REMARKS:
            self.stdout.write(f"Wszystkie uwagi ({len(remarks)}) są w arkuszu „Uwagi”.")
