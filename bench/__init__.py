"""Performance, always side by side with a peer or a limit in the same run. No test, no gate.

Each module with `rows` is a benchmark. `TINY` beside its sizes says how small they are in the test
that only holds that every row can still be measured; where it is missing, it takes one round.
"""
