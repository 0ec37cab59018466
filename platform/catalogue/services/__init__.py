"""The verbs of the catalogue."""

from catalogue.services.loading import (
    Loaded,
    SwitchedOn,
    load_catalogue,
    switch_on_type,
    take_edition,
)

__all__ = ["Loaded", "SwitchedOn", "load_catalogue", "switch_on_type", "take_edition"]
