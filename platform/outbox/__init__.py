"""Background work that cannot be lost: a row in the transaction of the deed, a relay behind it.

Nouns: Job. Verbs: after_commit, run_job, relay_jobs. A task is declared with `@task(name)` and is
safe to run twice; its arguments are strings. The table stands once, in the public schema, so one
relay serves every city.
"""
