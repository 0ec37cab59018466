"""The verbs of the directory."""

from modules.directory.services.exporting import export_units
from modules.directory.services.groups import change_group, delete_group, make_group
from modules.directory.services.importing import import_units
from modules.directory.services.kinds import add_kind, add_starting_kinds, change_kind
from modules.directory.services.memberships import add_membership, add_section, end_membership
from modules.directory.services.units import EntryDetails, add_unit, change_unit, close_unit

__all__ = [
    "EntryDetails",
    "add_kind",
    "add_membership",
    "add_section",
    "add_starting_kinds",
    "add_unit",
    "change_group",
    "change_kind",
    "change_unit",
    "close_unit",
    "delete_group",
    "end_membership",
    "export_units",
    "import_units",
    "make_group",
]
