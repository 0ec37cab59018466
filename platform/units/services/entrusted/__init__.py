"""What accounts asks of units when it lets a person in; it asks for no right.

Whoever calls has asked for the right to the deed of which it is part. Only the rooms named in
the contract „Entrusted” of `pyproject.toml` reach it.
"""

from units.services.entrusted.joining import join

__all__ = ["join"]
