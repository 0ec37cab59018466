"""The verbs of opening, keeping, removing and bringing back cities."""

from provisioning.services.backing_up import Written, back_up_city, back_up_installation
from provisioning.services.forgetting import forget_old_copies
from provisioning.services.opening import (
    FirstAdministrator,
    fill_city,
    open_city,
    open_console,
    switch_modules,
    upgrade_city,
)
from provisioning.services.removing import Holdings, holdings_of, remove_city
from provisioning.services.restoring import Restored, restore_city, restore_installation

__all__ = [
    "FirstAdministrator",
    "Holdings",
    "Restored",
    "Written",
    "back_up_city",
    "back_up_installation",
    "fill_city",
    "forget_old_copies",
    "holdings_of",
    "open_city",
    "open_console",
    "remove_city",
    "restore_city",
    "restore_installation",
    "switch_modules",
    "upgrade_city",
]
