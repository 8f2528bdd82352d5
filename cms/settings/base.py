"""Production settings. Everything that differs between installs comes from the environment.

The README lists each variable; `manage.py check` explains a wrong one.
"""

from pathlib import Path

from csp.constants import NONE, SELF

from cms.settings.environment import Environment

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = Environment()

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
SITE_URL = env.str("SITE_URL", default="http://localhost:8000")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
FIXTURES_DIR = BASE_DIR / "fixtures"
MODEL_DIR = Path(env.str("MODEL_DIR", default=str(VAR_DIR / "model")))
ENCODER_DIR = Path(env.str("ENCODER_DIR", default=str(FIXTURES_DIR / "encoder")))
DEMONSTRATION = env.bool("DEMONSTRATION", default=False)

INSTALLED_APPS = [
    "cms",
    "matching",
    "directory",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "csp",
    "ninja",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "cms.middleware.CookiesWithoutNulls",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "cms.accounts.middleware.SecondStepFirst",
    "cms.middleware.PartnersKeepToTheirOwn",
    "cms.middleware.AdminWritesAreAtomic",
    "cms.middleware.UntrainedIsSaid",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cms.context_processors.site",
            ]
        },
    }
]

DATABASES = {
    "default": env.database(
        "DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'no-wrong-door.sqlite3'}"
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # WAL lets people read while a partner's listing is written; IMMEDIATE makes two writers wait
    # for each other instead of failing with "database is locked". Who waits has no place in a
    # queue: SQLite looks again ten times a second, and beside somebody who writes one thing after
    # another it may find the door shut for seconds. So the wait is long, but less than the 30
    # seconds after which gunicorn gives a request up.
    DATABASES["default"] |= {
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                "PRAGMA busy_timeout=20000; PRAGMA cache_size=-65536;"
            ),
        },
        "CONN_MAX_AGE": None,
    }
else:
    # What the address says wins. Values travel apart from the statement, so that no word of an
    # enquiry stands in PostgreSQL's log of failed or slow statements or in its list of sessions.
    DATABASES["default"] = {
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        **DATABASES["default"],
        "OPTIONS": {
            "connect_timeout": 5,
            **DATABASES["default"].get("OPTIONS", {}),
            "server_side_binding": True,
        },
    }

# Empty: the database is searched by itself. The README explains each of these.
OPENSEARCH_URL = env.str("OPENSEARCH_URL", default="")
OPENSEARCH_INDEX = env.str("OPENSEARCH_INDEX", default="no-wrong-door")
OPENSEARCH_TIMEOUT = env.float("OPENSEARCH_TIMEOUT", default=0.25)
OPENSEARCH_PAUSE = env.float("OPENSEARCH_PAUSE", default=5.0)
OPENSEARCH_USER = env.str("OPENSEARCH_USER", default="")
OPENSEARCH_PASSWORD = env.str("OPENSEARCH_PASSWORD", default="")
OPENSEARCH_API_KEY = env.str("OPENSEARCH_API_KEY", default="")
OPENSEARCH_VERIFY_CERTS = env.bool("OPENSEARCH_VERIFY_CERTS", default=True)
OPENSEARCH_CA_CERTS = env.str("OPENSEARCH_CA_CERTS", default="")
OPENSEARCH_SHARDS = env.int("OPENSEARCH_SHARDS", default=1)
OPENSEARCH_REPLICAS = env.int("OPENSEARCH_REPLICAS", default=0)

# Nothing that people type may rest in a cache that outlives the process. Attempts to log in are
# counted for all processes together, so they are in the database, under keys that name nobody.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Each process would remember the address of a photo that another has just withheld.
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
    "log-in": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cms_log_in_counts",
        "KEY_FUNCTION": "cms.accounts.counts.pseudonym",
        # When it is full others' counts are dropped: room for more than anybody can send.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "static_collected"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
# "required": the hub's people log in with a second step or not at all. "offered": as they like,
# which is what partners always have.
HUB_TWO_FACTOR = env.str("HUB_TWO_FACTOR", default="offered" if DEMONSTRATION else "required")
# Ends when the browser closes, and after these hours in any case. No shorter time for idling: the
# hub's desk is open all day, and what is typed into a form would go with the session.
SESSION_HOURS = env.int("SESSION_HOURS", default=12)
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
LOG_IN_LOG_DAYS = env.int("LOG_IN_LOG_DAYS", default=90)
# Proxies of ours before the site: so many addresses at the end of X-Forwarded-For are theirs.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=1)

# Accounts are the hub's to make: no signing up, no addresses that people change themselves, no
# log-in by a link or a code in a mail, no "remember me".
ACCOUNT_ADAPTER = "cms.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# allauth's own would note each address in a table that the hub's changes do not reach.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,3/h/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
ACCOUNT_FORMS = {
    "login": "cms.accounts.forms.LoginForm",
    "reset_password": "cms.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "cms.accounts.forms.ResetPasswordKeyForm",
    "change_password": "cms.accounts.forms.ChangePasswordForm",
    "reauthenticate": "cms.accounts.forms.ReauthenticateForm",
}
MFA_ADAPTER = "cms.accounts.adapters.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "No Wrong Door"
# Clocks differ: the codes before and after are taken too, each once.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "cms.accounts.forms.AuthenticateForm",
    "reauthenticate": "cms.accounts.forms.CodeReauthenticateForm",
    "activate_totp": "cms.accounts.forms.ActivateForm",
}

# What people type must not reach an error report or a log: see the privacy tests.
DEFAULT_EXCEPTION_REPORTER_FILTER = "cms.privacy.SilentReporterFilter"
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # The client of OpenSearch logs each failed request with what was searched for; what went
    # wrong is logged by directory.search, without a word of it.
    "loggers": {
        name: {"handlers": [], "propagate": False, "level": "CRITICAL"}
        for name in ("opensearch", "opensearchpy.trace", "urllib3")
    },
}

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=3600)
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/admin/"],
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
    },
}

# Months after which a partner is asked whether a listing is still right; after the last of all the
# listing says that it was not confirmed. Days for which the link in that mail works.
ASSURANCE_REMINDER_MONTHS = env.list("ASSURANCE_REMINDER_MONTHS", cast=int, default=[5, 6, 7])
ASSURANCE_STALE_MONTHS = env.int("ASSURANCE_STALE_MONTHS", default=12)
ASSURANCE_LINK_DAYS = env.int("ASSURANCE_LINK_DAYS", default=60)
# Days for which a page that was deleted can be brought back.
DELETED_PAGES_KEPT_DAYS = env.int("DELETED_PAGES_KEPT_DAYS", default=30)
# Where mail goes out: smtp://user:password@host:587, smtp+tls://…, consolemail:// to see it, or
# filemail:////a/folder to keep each as a file.
_MAIL = env.email_url("EMAIL_URL", default="smtp://localhost:25")
EMAIL_BACKEND = _MAIL["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = _MAIL["EMAIL_HOST"], _MAIL["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL["EMAIL_HOST_USER"], _MAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL.get("EMAIL_USE_TLS"), _MAIL.get("EMAIL_USE_SSL")
EMAIL_FILE_PATH = _MAIL["EMAIL_FILE_PATH"]
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="hub@localhost")

WAGTAIL_SITE_NAME = "No Wrong Door"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_I18N_ENABLED = False
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
# The admin asks nobody else for anything: no version check, no banners, no avatars.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
# Passwords and their loss are allauth's business; addresses are the hub's, who invites by them.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_AUTOSAVE_INTERVAL = 0
# Wagtail mails what is written beside a field to everybody who has written in that thread, also
# after they have left. What the hub has to say of a change goes back with it, in the review.
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.moderation.finishing.publish_what_waits"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# Photos: kinds that can be cleaned of what the camera wrote, and no larger than a phone's.
WAGTAILIMAGES_IMAGE_MODEL = "cms.Photo"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
# Wagtail's own search serves the admin only; its SQLite engine ranks quadratically.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database.fallback"}}
