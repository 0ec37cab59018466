"""Walking through a procedure with invented people before it is published; pure.

It shares everything that decides with running matters: kinds settle, `routing` chooses the way,
forms judges what is given. It writes nothing and tells nobody.
"""

from procedures.simulation.invented import Invented
from procedures.simulation.offering import Choice
from procedures.simulation.walking import Refused, Simulation

__all__ = ["Choice", "Invented", "Refused", "Simulation"]
