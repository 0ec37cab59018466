"""Background work that cannot be lost: a row in the transaction of the deed, a relay behind it.

Nouns: Job. Verbs: after_commit, after_commit_each, run_job, relay_jobs, plan_daily, try_again,
leave. A task is declared with `@task(name)` and is safe to run twice; its arguments are strings.
One with `daily_at` the clock starts as well, once a day in each city. The table stands once, in the
public schema, so one relay serves every city. A job that cannot be done is given up: its owner is
marked, and it stands in a list until somebody has it tried again or leaves it.
"""
