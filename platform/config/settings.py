"""One settings file for every place; what differs comes from the environment (README lists it)."""

from email.utils import parseaddr

import django_stubs_ext
import environ
from kombu import Queue

from config.runtime import postgres, state

django_stubs_ext.monkeypatch()  # Django's generic classes take their parameters at run time too

env = environ.Env()
BASE_DIR = state.ROOT
STATE = state.folder()

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default="") or state.secret_key()
ENCRYPTION_KEYS = env.list("ENCRYPTION_KEYS", default=[])  # the newest first; see docs/operator.md
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[".localhost", "localhost", "127.0.0.1"])

SHARED_APPS = [
    "django_tenants",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "django_filters",
    "opium",
    "api",
    "spreadsheets",
    "config",
    "tenants",
    "provisioning",
    "billing",
    "outbox",
    "audit",
    "accounts",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
TENANT_APPS = [
    "api",
    "django.contrib.sessions",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "audit",
    "files",
    "units",
    "accounts",
    "todo",
    "notifications",
    "threads",
    "forms",
    "budget",
    "invoices",
    "procedures",
    "catalogue",
    "modules.directory",
    "modules.messaging",
    "modules.applications",
]
INSTALLED_APPS = [*SHARED_APPS, *(app for app in TENANT_APPS if app not in SHARED_APPS)]

TENANT_MODEL = "tenants.Tenant"
TENANT_DOMAIN_MODEL = "tenants.Domain"
TENANT_LIMIT_SET_CALLS = True
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
PUBLIC_SCHEMA_NAME = "public"
PUBLIC_SCHEMA_URLCONF = "config.urls_public"
ROOT_URLCONF = "config.urls"

MIDDLEWARE = [
    "config.middleware.Arrival",
    "config.middleware.CityOfHost",
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.ContentSecurityPolicy",
    "config.middleware.PermissionsPolicy",
    "config.middleware.NoStore",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.middleware.InARequest",
    "config.middleware.Origin",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

DATABASES = {
    "default": {
        **env.db_url_config(env("DATABASE_URL", default="") or postgres.Cluster(STATE).url),
        "ENGINE": "django_tenants.postgresql_backend",
        "CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=60),
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        **env.cache_url("CACHE_URL", default="locmemcache://"),
        "KEY_FUNCTION": "django_tenants.cache.make_key",
        "REVERSE_KEY_FUNCTION": "django_tenants.cache.reverse_key",
    }
}
globals().update(env.email_url("EMAIL_URL", default=f"filemail:///{state.letters()}"))
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="OPIUM <opium@localhost>")

CELERY_BROKER_URL = env("BROKER_URL", default="folder://localhost/")
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"folder": str(STATE / "broker"), "polling_interval": 0.02}
    if CELERY_BROKER_URL.startswith("folder:")
    else {"confirm_publish": True}
    if CELERY_BROKER_URL.startswith(("amqp:", "amqps:"))
    else {}
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 4
CELERY_WORKER_CONCURRENCY = env.int("WORKERS", default=3)  # of the whole installation
# One city never holds all of them, nor does long work.
JOBS_AT_ONCE_OF_CITY = env.int(
    "JOBS_AT_ONCE_OF_CITY", default=max(1, CELERY_WORKER_CONCURRENCY - 1)
)
LONG_JOBS_AT_ONCE = env.int("LONG_JOBS_AT_ONCE", default=max(1, CELERY_WORKER_CONCURRENCY - 1))
# Those that open what came from outside; they take no letter's place.
CONTENT_WORKERS = env.int("CONTENT_WORKERS", default=2)
CONTENT_JOBS_AT_ONCE_OF_CITY = env.int(
    "CONTENT_JOBS_AT_ONCE_OF_CITY", default=max(1, CONTENT_WORKERS - 1)
)
CELERY_TASK_DEFAULT_QUEUE = "celery"
CELERY_TASK_QUEUES = [Queue("celery"), Queue("content")]  # a worker without -Q takes from both
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = {
    "outbox-relay": {"task": "outbox.relay_jobs", "schedule": 5.0, "options": {"expires": 5}},
    "outbox-daily": {"task": "outbox.plan_daily", "schedule": 60.0, "options": {"expires": 60}},
}
DIGEST_HOUR = env.int("DIGEST_HOUR", default=7)  # of Polish time

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["accounts.sessions.Owners"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": name}
    for name in (
        "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "django.contrib.auth.password_validation.MinimumLengthValidator",
        "django.contrib.auth.password_validation.CommonPasswordValidator",
        "accounts.guessable.PolishPasswordValidator",
    )
]

# allauth keeps second factors and shakes hands with a city's own sign-in; no page of it shows
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "accounts.adapters.SecondFactors"
MFA_TOTP_TOLERANCE = 1  # half minutes that a telephone's clock may differ
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
SOCIALACCOUNT_ADAPTER = "accounts.adapters.SingleSignOn"
PROVIDER_NETWORKS = env.list("PROVIDER_NETWORKS", default=[])  # inner ones that are meant
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True}}

HTTPS = env.bool("HTTPS", default=not DEBUG and ".localhost" not in ALLOWED_HOSTS)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-opium" if HTTPS else "opium"
DEVICE_COOKIE_NAME = "__Host-opium-device" if HTTPS else "opium-device"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_ENGINE = "accounts.sessions"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
SECURITY_CONTACT = env("SECURITY_CONTACT", default=f"mailto:{parseaddr(DEFAULT_FROM_EMAIL)[1]}")
CSRF_FAILURE_VIEW = "config.views.forged"
X_FRAME_OPTIONS = "DENY"
CITY_URL = env(
    "CITY_URL",
    default="https://{domain}" if HTTPS else f"http://{{domain}}:{env('OPIUM_PORT', default=8000)}",
)

LANGUAGE_CODE = "pl"
TIME_ZONE = "Europe/Warsaw"
USE_TZ = True

FRONTEND = BASE_DIR / "frontend" / "dist"
STATIC_URL = "/static/"
STATICFILES_DIRS = [("app", FRONTEND)] if FRONTEND.is_dir() else []
WHITENOISE_USE_FINDERS = True
# Names with a digest of their content: another content has another name.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/app/assets/.+-[\w-]{8}\.\w+$"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "DIRS": [FRONTEND],
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

FILES_ROOT = env.path("FILES_ROOT", default=str(STATE / "files"))
S3_BUCKET = env("S3_BUCKET", default="")
S3_ENDPOINT_URL = env("S3_ENDPOINT_URL", default=None)
FILES_MAX_BYTES = env.int("FILES_MAX_BYTES", default=500 * 1024 * 1024)
QUOTAS = {  # bytes kept; 0 is no limit
    "person": env.int("QUOTA_OF_PERSON", default=20 * 1024**3),
    "unit": env.int("QUOTA_OF_UNIT", default=50 * 1024**3),
    "city": env.int("QUOTA_OF_CITY", default=500 * 1024**3),
}
CLAMD = env("CLAMD", default="")  # host:port or a socket's path; uploads are scanned by it
FILES_ALLOWED_EXTENSIONS = env(
    "FILES_ALLOWED_EXTENSIONS",
    default="docx,odt,rtf,pdf,doc,xlsx,xlsm,xls,xlsb,ods,csv,pptx,ppsx,ppt,odp,"
    "jpg,jpeg,png,gif,webp,heic,heif,tif,tiff,txt,json,xml,xades,zip,7z",
).split(",")

# Where the end of the log is kept each day, out of reach of this installation.
LOG_DIGEST_MAIL = env("LOG_DIGEST_MAIL", default="")
LOG_DIGEST_BUCKET = env("LOG_DIGEST_BUCKET", default="")
LOG_DIGEST_KEEP_DAYS = env.int("LOG_DIGEST_KEEP_DAYS", default=3650)
FORM_STEPS = env.int("FORM_STEPS", default=500_000)  # of the rules of one form; under 1 s

KEEP_DAYS = {  # how long what has ended stays
    "links": env.int("KEEP_LINKS_DAYS", default=30),
    "sessions": env.int("KEEP_SESSIONS_DAYS", default=0),
    "attempts": env.int("KEEP_ATTEMPTS_DAYS", default=1),
    "answers": env.int("KEEP_ANSWERS_DAYS", default=1),
}
PROOF_MINUTES = env.int(
    "PROOF_MINUTES", default=10
)  # how long a password or factor counts as recent
LETTER_ADDRESS = env("LETTER_ADDRESS", default="network")  # in letters: full, network or none
SECOND_PERSON_DAYS = env.int(
    "SECOND_PERSON_DAYS", default=30
)  # who made or recovered an account is no second person to it for so long
RATE_LIMITS = {  # for each person, within an hour
    "upload": env.int("UPLOADS_PER_HOUR", default=300),
    "reading": env.int("READINGS_PER_HOUR", default=300),
    "export": env.int("EXPORTS_PER_HOUR", default=60),
    "ask": env.int("ASKS_PER_HOUR", default=300),  # people into places, by who must ask them
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.api.authentication.Browser",
        "accounts.api.authentication.ApiTokenKey",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "api.permissions.ModuleIsOn",
    ],
    "DEFAULT_THROTTLE_CLASSES": ["accounts.api.limits.PerPerson"],
    "DEFAULT_RENDERER_CLASSES": ["api.rendering.Json"],
    "DEFAULT_PARSER_CLASSES": ["api.reading.Json"],
    "DEFAULT_PAGINATION_CLASS": "api.pagination.Pages",
    "DEFAULT_FILTER_BACKENDS": [
        "api.narrowing.Filters",
        "api.narrowing.Order",
    ],
    "DEFAULT_SCHEMA_CLASS": "api.schema.ModuleSchema",
    "EXCEPTION_HANDLER": "config.refusals.handle",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "OPIUM",
    "DESCRIPTION": "The API of one city; every answer that is not a success is a Problem.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "LICENSE": {"name": "EUPL-1.2"},
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": [
        "api.schema.name_enums",
        "api.schema.require_answered_fields",
        "api.schema.share_key",
        "api.schema.add_problems",
    ],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env("LOG_LEVEL", default="INFO")},
}
SILENCED_SYSTEM_CHECKS = ["auth.E003", "auth.W004"]  # one_person_per_email is an index on lower()
