"""What `opium check --deploy` asks of an installation that faces the world.

It holds the installation against SECURITY.md; what is not so is an error that says how to mend
it. In English, as Django's own checks beside which it stands. The database, the mail server, the
broker and the store are asked, so it is run where the installation runs.
"""

from django.core.checks import Tags, register

from config.deployment import database, environment, reached


def registered() -> None:
    """Have Django ask all of them, with `--deploy` alone."""
    for check in (*environment.CHECKS, *database.CHECKS, *reached.CHECKS):
        register(check, Tags.security, deploy=True)
