"""The log can never be corrected, so what it names is held here: each deed, and who writes it."""

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from django.apps import AppConfig, apps

from opium.deeds import all_deeds
from opium.permissions import all_permissions

PARTS = {
    "audit.record_view": "how a look is written down",
    "messaging.look_at_template": "a kept template is read; nothing of it changes",
    "files.begin_making": "a module has something made within its own deed",
    "files.begin_reading": "an own upload is read; the deed that takes it over tells of it",
    "files.begin_upload": "an address to send bytes to; `finish_upload` records what arrived",
    "files.claim": "a module takes an upload over within its own deed",
    "files.forget_reading": "an own upload that no module has taken is let go",
    "files.read_again": "an own upload is read once more",
    "files.store": "a module keeps what it made within its own deed",
    "procedures.preview_letter": "a letter is only read; nothing of its case changes",
    "notifications.mark_read": "one's own bell",
    "notifications.mark_read_at": "one's own bell",
}
"""Services that write and are no deed: parts of another service's deed, which tells of them."""
TAKING_OUT = ("export_", "archive_answers", "archive_job", "download_", "print_", "pack_")


@dataclass
class Service:
    """A public function of a `services` package, and the deeds that it or its helpers write."""

    name: str
    place: str
    takes_actor: bool
    is_atomic: bool
    deeds: list[str] = field(default_factory=list)


def rooms() -> Iterator[AppConfig]:
    """The apps that are ours."""
    for app in apps.get_app_configs():
        if ".venv" not in Path(app.path).parts:
            yield app


def services() -> Iterator[Service]:
    for module in rooms():
        folder = Path(module.path)
        for path in [*folder.glob("services.py"), *sorted(folder.glob("services/**/*.py"))]:
            yield from _services_in(module.label, path)


def _services_in(label: str, path: Path) -> Iterator[Service]:
    tree = ast.parse(path.read_text())
    own = {
        node.name: node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    for name, node in own.items():
        if isinstance(node, ast.FunctionDef) and not name.startswith("_"):
            arguments = [one.arg for one in (*node.args.args, *node.args.kwonlyargs)]
            yield Service(
                f"{label}.{name}",
                f"{path}:{node.lineno}",
                "actor" in arguments,
                _is_atomic(node),
                sorted(f"{label}.{one.lower()}" for one in _deeds_of(node, own, {name})),
            )


def _is_atomic(node: ast.FunctionDef) -> bool:
    """Decorated, or with a block of its own."""
    return any(isinstance(one, ast.Attribute) and one.attr == "atomic" for one in ast.walk(node))


def _deeds_of(
    node: ast.AST, own: dict[str, ast.FunctionDef | ast.ClassDef], seen: set[str]
) -> Iterator[str]:
    """Members of `Deed` that the node names, and those of the file's private code that it uses.

    What a refusal names is left out: it tells what was not done.
    """
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call) and _called(child) == "record_refusal":
            continue
        if isinstance(child, ast.Attribute) and getattr(child.value, "id", "") == "Deed":
            yield child.attr
        name = getattr(child, "id", "")
        if name.startswith("_") and name in own and name not in seen:
            seen.add(name)
            yield from _deeds_of(own[name], own, seen)
        yield from _deeds_of(child, own, seen)


def _called(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


DEEDS = {str(deed): deed for deed in all_deeds()}
SERVICES = list(services())


def test_every_service_that_writes_for_somebody_has_a_deed_of_its_own():
    silent = {
        one.name: one.place
        for one in SERVICES
        if one.takes_actor and one.is_atomic and one.name not in one.deeds
    }

    assert silent.keys() == PARTS.keys()


def test_no_service_writes_another_s_deed_and_each_deed_is_written_by_one():
    written = Counter(deed for one in SERVICES for deed in one.deeds)

    strange = {one.place: one.deeds for one in SERVICES if set(one.deeds) - {one.name}}
    assert strange == {}
    assert {deed: count for deed, count in written.items() if count != 1} == {}
    assert set(written) == set(DEEDS)


def test_every_deed_has_polish_words_that_no_other_deed_and_no_right_has():
    words = Counter(deed.label for deed in DEEDS.values())

    assert {label for label, count in words.items() if count > 1} == set()
    assert [one for one in words if not one.strip() or one != one[0].upper() + one[1:]] == []
    assert set(words) & {right.label for right in all_permissions()} == set()


def test_a_deed_is_named_after_the_module_that_declares_it():
    for module in rooms():
        declared = getattr(_deeds_module(module.name), "Deed", ())
        assert [one for one in declared if one.partition(".")[0] != module.label] == []
        assert [one for one in declared if one.name.lower() != one.partition(".")[2]] == []


def _deeds_module(package: str) -> object:
    try:
        return import_module(f"{package}.deeds")
    except ModuleNotFoundError:
        return None


def test_whatever_is_taken_out_as_a_file_is_a_deed():
    taking = {
        one.name
        for one in SERVICES
        if one.takes_actor and one.name.partition(".")[2].startswith(TAKING_OUT)
    }

    assert taking == {
        "accounts.export_assignments",
        "accounts.export_auditor_pack",
        "accounts.export_people",
        "accounts.export_roles",
        "applications.download_paper",
        "applications.download_payments",
        "applications.export_applications",
        "applications.export_register",
        "applications.pack_call",
        "audit.export_log",
        "budget.export_entries",
        "budget.export_pots",
        "directory.export_units",
        "files.download_making",
        "forms.download_file",
        "forms.export_answers",
        "forms.export_form",
        "forms.export_table",
        "forms.print_sheet",
        "invoices.download_invoice",
        "messaging.archive_answers",
        "messaging.download_answer_file",
        "messaging.download_attachment",
        "messaging.download_merge",
        "messaging.download_pending_attachment",
        "messaging.export_status",
        "procedures.archive_job",
        "procedures.download_letter",
        "procedures.download_template",
        "procedures.export_cases",
        "procedures.export_procedure",
        "procedures.pack_case",
        "threads.download_post_file",
    }
    assert taking - set(DEEDS) == set()
