"""Settings, read from the environment; a missing or wrong one stops the start with its name."""

import secrets
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()
PROJECT = Path(__file__).resolve().parents[3]
SOURCE = PROJECT / "src" / "bywalec"
DATA = Path(env.str("BYWALEC_VAR", default=str(PROJECT / "var")))


def _kept_secret(name: str, nbytes: int) -> str:
    """Return a secret of this installation from the environment or its file; the file is made on first use."""
    given = env.str(f"BYWALEC_{name.upper()}", default="")
    if given:
        return str(given)
    path = DATA / f"{name}.txt"
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(nbytes), encoding="ascii")
        return path.read_text(encoding="ascii")


BYWALEC_MASTER_KEY = _kept_secret("master_key", 32)
SECRET_KEY = _kept_secret("secret_key", 50)
DEBUG = False
ALLOWED_HOSTS = env.list("BYWALEC_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("BYWALEC_ORIGINS", default=[])
BYWALEC_DEMO = env.bool("BYWALEC_DEMO", default=False)
BYWALEC_SECURE = env.bool("BYWALEC_SECURE", default=False)
BYWALEC_RUNNER = env.bool("BYWALEC_RUNNER", default=True)
BYWALEC_WEB_THREADS = env.int("BYWALEC_WEB_THREADS", default=12)
BYWALEC_UPLOAD_BYTES_MAX = 20_000_000
BYWALEC_API: dict[str, float] = env.json("BYWALEC_API", default={})
BYWALEC_LANE: dict[str, float] = env.json("BYWALEC_LANE", default={})
BYWALEC_INBOX: dict[str, int] = env.json("BYWALEC_INBOX", default={})
BYWALEC_WRITER_QUEUE_MAX = 2_000
BYWALEC_WRITER_BATCH_MAX = 64
BYWALEC_WRITER_RETRY_AFTER_SECONDS = 1
BYWALEC_DELIVERY_BATCH_MAX = 200
BYWALEC_DELIVERY_LEASE_SECONDS = 60
BYWALEC_DELIVERY_ATTEMPTS_MAX = 8

INSTALLED_APPS = [
    "bywalec.foundation",
    "bywalec.customers",
    "bywalec.store",
    "bywalec.loyalty",
    "bywalec.inbox",
    "bywalec.assistant",
    "bywalec.api",
    "bywalec.lane",
    "bywalec.console",
    "bywalec.widget",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "heroicons",
    "allauth",
    "allauth.account",
    "csp",
    "bywalec.config",
]
INSTALLED_APPS = [
    app for app in INSTALLED_APPS if not app.startswith("bywalec.") or (SOURCE / app.split(".")[1] / "apps.py").exists()
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "bywalec.foundation.middleware.StaffMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "bywalec.foundation.middleware.PreferredLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "bywalec.config.urls"
ASGI_APPLICATION = "bywalec.config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SOURCE / "console" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
            ],
        },
    }
]

_SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;",
}


def _database(variable: str, file: str) -> dict[str, object]:
    """Return the connection of one store: SQLite in the data folder unless the environment names another."""
    database: dict[str, object] = env.db_url(variable, default=f"sqlite:///{DATA / file}")
    if "ENGINE" not in database:
        raise ImproperlyConfigured(f"{variable} is not an address such as postgres://user@host:5432/name")
    if str(database["ENGINE"]).endswith("sqlite3"):
        DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
        test_folder = env.str("BYWALEC_TEST_FOLDER", default="")
        test = {"NAME": f"{test_folder}/{file}"} if test_folder else {}
        return database | {"CONN_MAX_AGE": None, "OPTIONS": _SQLITE, "TEST": test}
    return database | {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True, "OPTIONS": {}}


DATABASES = {
    "default": _database("BYWALEC_DATABASE_URL", "bywalec.sqlite3"),
    "keys": _database("BYWALEC_KEYS_DATABASE_URL", "keys.sqlite3"),
}
DATABASE_ROUTERS = ["bywalec.foundation.routing.KeyStoreRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "foundation.StaffUser"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "bywalec.foundation.passwords.Argon2id",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_ADAPTER = "bywalec.foundation.accounts.StaffAccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_USER_DISPLAY = "bywalec.foundation.accounts.display_name"
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/console/"
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

LANGUAGE_CODE = "pl"
LANGUAGES = [("pl", "Polski"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Warsaw"

STATIC_URL = "/static/"
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = env.bool("BYWALEC_AUTORELOAD", default=False)

SESSION_COOKIE_NAME = "__Host-session" if BYWALEC_SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if BYWALEC_SECURE else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BYWALEC_SECURE
CSRF_FAILURE_VIEW = "bywalec.console.errors.csrf_failure"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BYWALEC_SECURE else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": env.str("BYWALEC_LOG_LEVEL", default="WARNING")},
    "loggers": {"django.request": {"level": "ERROR"}},
}
