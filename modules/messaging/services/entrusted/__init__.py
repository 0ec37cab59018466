"""What sending, an acceptance and a leave-taking do to messages: verbs that ask for no right.

Whoever calls has asked for the right to the deed of which they are part. Only the rooms named in
the contract „Entrusted” of `pyproject.toml` reach them.
"""
