"""What the end of an approval does to a recommendation: a verb that asks for no right.

Whoever calls has asked for the right to the deed of which it is part. Only the rooms named in the
contract „Entrusted” of `pyproject.toml` reach it.
"""
