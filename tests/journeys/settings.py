"""What a real installation is set to, but for passwords that are checked at once: there are 119."""

from config.settings import *  # noqa: F403  # Django's way to say "the same, but"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
PROVIDER_NETWORKS = ["127.0.0.0/8"]  # where the provider of the journeys stands
