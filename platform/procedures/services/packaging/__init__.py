"""A whole matter as one ZIP: its story, what was submitted, files, letters, and a list of them."""

from procedures.services.packaging.packing import MAKING, PURPOSE, pack_case

__all__ = ["MAKING", "PURPOSE", "pack_case"]
