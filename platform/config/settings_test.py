"""The settings of the tests: what must differ, and nothing else."""

from config.settings import *  # noqa: F403  # Django's way to say "the same, but"

ALLOWED_HOSTS = [".test", ".localhost", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
WHITENOISE_AUTOREFRESH = True  # or each of a test's clients would look through every static file
LOGGING = {"version": 1, "disable_existing_loggers": False}
