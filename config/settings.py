"""All settings, from the environment (see .env.example). Safe defaults; odd values are refused.

Without any setting this is the embedded way to run: SQLite in `var/`, one machine, demo keys.
With `DEBUG=0` it refuses to start on the keys below, which everybody can read.
"""

from datetime import timedelta
from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config.demo.travel import travel_to
from config.environment import (
    BASE_DIR,
    broker_options,
    document_storage,
    env,
    origins,
    secret,
    without_slash,
)

DEFAULT_KEY = "a-key-that-everybody-can-read-and-that-production-therefore-refuses"

DEBUG = env.bool("DEBUG", True)
SECRET_KEY = secret("SECRET_KEY", DEFAULT_KEY)
# Keys of before, so that sessions and authenticator apps outlive a change of the key.
SECRET_KEY_FALLBACKS = [key for key in secret("SECRET_KEY_FALLBACKS").split(",") if key]
LOG_HMAC_KEY = secret("LOG_HMAC_KEY", DEFAULT_KEY)
LOG_HMAC_KEY_ID = env.str("LOG_HMAC_KEY_ID", "1")
# Keys of earlier years, so that what they sealed still verifies: "1=…,2=…".
LOG_HMAC_OLD_KEYS = dict(
    pair.split("=", 1) for pair in secret("LOG_HMAC_OLD_KEYS").split(",") if "=" in pair
)

if not DEBUG:
    for name, value in {"SECRET_KEY": SECRET_KEY, "LOG_HMAC_KEY": LOG_HMAC_KEY}.items():
        if value == DEFAULT_KEY or len(value) < 50:
            raise ImproperlyConfigured(
                f"{name} must be set to at least 50 characters of its own when DEBUG=0."
            )
    if SECRET_KEY == LOG_HMAC_KEY:
        raise ImproperlyConfigured("LOG_HMAC_KEY must differ from SECRET_KEY.")

# The demo world, with accounts whose passwords are printed. Never in production.
DEMO = env.bool("DEMO", False)
if DEMO and not DEBUG:
    raise ImproperlyConfigured("DEMO=1 and DEBUG=0 exclude each other.")
# Another day for today, in the demo alone: "2026-12-01".
DEMO_ON = env.str("DEMO_ON", "")
if DEMO and DEMO_ON:
    travel_to(DEMO_ON)

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"] if DEBUG else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
HELP_EMAIL = env.str("HELP_EMAIL", "podrska@example.org")
HELP_PHONE = env.str("HELP_PHONE", "")

INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    "notifications",
    "documents",
    "workflow",
    "workflow.audit",
    "municipalities",
    "accounts",
    "web",
    "guardian",
    "simple_history",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "web.middleware.PublicPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "web.middleware.WholePageMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.kept_form.KeptFormMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "web.middleware.ReaderLanguageMiddleware",
    "workflow.audit.middleware.RequestTraceMiddleware",
    "accounts.second_factor.SecondFactorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None  # guardian: no row for nobody
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "workflow:home"
LOGOUT_REDIRECT_URL = "accounts:sign_in"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Signing in. The pages are ours (accounts/), the second factor and OpenID Connect are allauth's,
# the lock after wrong passwords is axes'. See docs/decisions/0019 and 0020.
# Who may decide must have a second factor; others may.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", not DEBUG)
# How many proxies of ours stand in front, each adding to X-Forwarded-For. 0: the header is a lie.
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)
SIGN_INS_KEPT_DAYS = 90
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account begins with a link sent to its address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_RATE_LIMITS = {
    "login_failed": "60/15m/ip,10/15m/key",  # codes of the second factor; passwords: axes
    "request_login_code": "20/15m/ip,3/15m/key",
}
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Koraci"
MFA_TOTP_TOLERANCE = 1  # half a minute; clocks of telephones differ, and typing takes time
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
MFA_TRUST_ENABLED = True
MFA_TRUST_COOKIE_AGE = timedelta(days=30)
MFA_TRUST_COOKIE_NAME = "koraci_known_device"
MFA_FORMS = {
    "authenticate": "accounts.codes.SecondFactorForm",
    "reauthenticate": "accounts.codes.ConfirmByCodeForm",
    "activate_totp": "accounts.codes.AppForm",
    "add_webauthn": "accounts.codes.PasskeyForm",
    "authenticate_webauthn": "accounts.codes.SecondFactorPasskeyForm",
    "login_webauthn": "accounts.codes.PasskeySignInForm",
    "reauthenticate_webauthn": "accounts.codes.ConfirmByPasskeyForm",
}
ACCOUNT_FORMS = {
    "reauthenticate": "accounts.codes.ConfirmByPasswordForm",
    "request_login_code": "accounts.codes.MailMeACodeForm",
    "confirm_login_code": "accounts.codes.MailedCodeForm",
}
AXES_USERNAME_FORM_FIELD = "username"  # of our form; axes would take the name of the column
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "email", "code", "kept"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # "try again at 9:30" must stay true
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "accounts.locking.locked_address"
AXES_USERNAME_CALLABLE = "accounts.locking.locked_name"
AXES_LOCKOUT_CALLABLE = "accounts.locking.locked_page"
AXES_DISABLE_ACCESS_LOG = True  # accounts.SignIn keeps what people are shown, and no more
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# Signing in with the account of an institution, where the environment names its provider.
OIDC_SERVER_URL = env.str("OIDC_SERVER_URL", "")
OIDC_NAME = env.str("OIDC_NAME", "OpenID Connect")
OIDC_APP = {
    "provider_id": "oidc",
    "name": OIDC_NAME,
    "client_id": env.str("OIDC_CLIENT_ID", ""),
    "secret": secret("OIDC_CLIENT_SECRET"),
    "settings": {"server_url": OIDC_SERVER_URL},
}
SOCIALACCOUNT_ADAPTER = "accounts.adapters.OpenIdAdapter"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [OIDC_APP] if OIDC_SERVER_URL else [],
    }
}
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10

# What the limits count must be seen by every process, and stay after a restart.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cache",
    }
}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "web.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "web.templatetags.web"],
        },
    }
]
FORM_RENDERER = "web.forms.FieldRenderer"

DATABASES = {"default": env.db("DATABASE_URL", f"sqlite:///{BASE_DIR / 'var' / 'koraci.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # One writer at a time, from BEGIN on: a deferred transaction would fail when it first writes.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", 60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Compiling a statement takes longer than the short ones of a page; `?options=` says otherwise.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "sr"
LANGUAGES = [
    ("sr-latn", _("Serbian Latin")),
    ("sr", _("Serbian Cyrillic")),
    ("bs", _("Bosnian")),
    ("en", _("English")),
]
RECORD_LANGUAGE = "sr"  # the log keeps what it says in words in one language for all
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["web.formats"]
USE_I18N = True
TIME_ZONE = "Europe/Belgrade"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Uploaded papers. An object bears a uuid and nothing else; who may read it, the database knows.
DOCUMENTS_ROOT = env.str("DOCUMENTS_ROOT", str(BASE_DIR / "var" / "documents"))
STORAGES["documents"] = document_storage(
    env.str("DOCUMENTS_STORAGE", ""),
    root=DOCUMENTS_ROOT,
    access_key=env.str("S3_ACCESS_KEY", ""),
    secret_key=secret("S3_SECRET_KEY"),
)
# Where uploads wait for their examination. All web and worker processes must see the same folder.
QUARANTINE_ROOT = env.str("QUARANTINE_ROOT", str(BASE_DIR / "var" / "quarantine"))
UPLOAD_LIMIT_MB = env.int("UPLOAD_LIMIT_MB", 50)
UPLOAD_QUOTA_MB = env.int("UPLOAD_QUOTA_MB", 5_000)  # of a municipality

# The virus scanner for uploads: a path of a socket or host:port. Required: without its word
# nothing is kept.
CLAMD_ADDRESS = env.str("CLAMD_ADDRESS", "")
CLAMD_REQUIRED = env.bool("CLAMD_REQUIRED", False)

# Certificates of the issuers whose signatures in PDF files one relies on: a folder of PEM or DER.
SIGNATURE_ROOTS = env.str("SIGNATURE_ROOTS", "")

_MAIL = env.email_url("EMAIL_URL", "consolemail://")
if _MAIL["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend":
    _MAIL["EMAIL_BACKEND"] = "notifications.smtp.EmailBackend"  # keeps what the server answered
vars().update(_MAIL)
if DEMO:
    EMAIL_BACKEND = "config.demo.mailbox.EmailBackend"  # kept and shown, never sent
DEMO_MAILBOX = env.str("DEMO_MAILBOX", str(BASE_DIR / "var" / "mail"))
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", 20)  # seconds, for each answer of the mail server
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Koraci <koraci@example.org>")
# Where people reach Koraci, for links in mail, which no request asks for.
SITE_URL = without_slash(env.str("SITE_URL", "http://127.0.0.1:8000"))
# Who rings the bell for workers (config/celery.py): redis://…, amqp://…; by default a folder.
CELERY_BROKER_URL = secret("CELERY_BROKER_URL", "filesystem://localhost")
CELERY_BROKER_FOLDER = env.str("CELERY_BROKER_FOLDER", str(BASE_DIR / "var" / "broker"))
CELERY_TRANSPORT_OPTIONS = broker_options(CELERY_BROKER_URL, CELERY_BROKER_FOLDER)
BELL_SECONDS = env.int("BELL_SECONDS", 60)  # how often it is rung to tell people
# So long a message waits for more to be told in it; so long nobody else sends what one sender has
# begun, longer than all answers of the mail server together; so long before the second try.
MAIL_GATHERED_SECONDS = env.int("MAIL_GATHERED_SECONDS", 60)
MAIL_LEASE_SECONDS = env.int("MAIL_LEASE_SECONDS", 300)
MAIL_RETRY_SECONDS = env.int("MAIL_RETRY_SECONDS", 60)
# So many messages a second leave at most, all senders together; 0: as fast as it goes.
MAILS_PER_SECOND = env.int("MAILS_PER_SECOND", 20)

CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ("/admin/",),
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        # A browser also asks the policy where a form is led on to: the page of the provider.
        "form-action": [SELF, *origins(OIDC_SERVER_URL)],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = not DEBUG
SECURE_HSTS_SECONDS = 0 if DEBUG else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEBUG
SECURE_HSTS_PRELOAD = not DEBUG
SESSION_COOKIE_SECURE = not DEBUG
CSRF_COOKIE_SECURE = not DEBUG
SESSION_COOKIE_NAME = "koraci_session"
CSRF_FAILURE_VIEW = "web.views.csrf_failure"
if env.bool("BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

SIMPLE_HISTORY_HISTORY_ID_USE_UUID = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
}
