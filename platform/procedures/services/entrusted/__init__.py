"""What a step of a case does besides: verbs that ask for no right.

Whoever calls has asked for the right to the deed of which they are part. Only the rooms named in
the contract „Entrusted” of `pyproject.toml` reach them.
"""
