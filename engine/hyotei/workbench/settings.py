"""The settings of Django, made of the options of a workbench alone: no settings module, no environment."""

import logging
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import dj_database_url

from hyotei.messages import Diagnostic, HyoteiError
from hyotei.workbench.options import Options
from hyotei.workbench.upload_limits import LARGEST_BODY, MOST_FIELDS, MOST_FILES

_HERE: Final = Path(__file__).parent
_SQLITE: Final = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}
"""Writers wait for each other instead of failing, and what is told to be stored is on the disk."""
LOCKED_FOR: Final = timedelta(minutes=15)
TRIES: Final = 5
"""Wrong passwords for one name from one address, after which both are locked out together."""


def configure(options: Options) -> None:
    """Sets Django up. A process works with one set of options; to ask for the same again changes nothing.

    Raises:
        HyoteiError: an option is not right (HY001 to HY004).
    """
    import django
    from django.conf import settings

    if settings.configured and getattr(settings, "HYOTEI_OPTIONS", None) == options:
        return
    settings.configure(**values(options), HYOTEI_OPTIONS=options)
    django.setup()
    # What Django would tell has addresses and texts of requests in it; pages/faults.py tells what failed.
    told = logging.getLogger("django")
    told.addHandler(logging.NullHandler())
    told.propagate = False
    logging.getLogger("waitress").setLevel(logging.ERROR)


def values(options: Options) -> dict[str, Any]:
    """The settings by their names."""
    secure = options.public.scheme == "https"
    path = f"{options.prefix}/"
    return {
        "DEBUG": False,
        "ALLOWED_HOSTS": options.hosts,
        "CSRF_TRUSTED_ORIGINS": [options.origin],
        "FORCE_SCRIPT_NAME": options.prefix or None,
        "ROOT_URLCONF": "hyotei.workbench.routes",
        "INSTALLED_APPS": [
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "django.contrib.sessions",
            "django.contrib.staticfiles",
            "axes",
            "hyotei.workbench.apps.WorkbenchConfig",
        ],
        "MIDDLEWARE": [
            "hyotei.workbench.headers.Headers",
            "hyotei.workbench.api.problems.Answers",
            "django.middleware.security.SecurityMiddleware",
            "whitenoise.middleware.WhiteNoiseMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "axes.middleware.AxesMiddleware",
        ],
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.jinja2.Jinja2",
                "DIRS": [_HERE / "templates"],
                "APP_DIRS": False,
                "OPTIONS": {"environment": "hyotei.workbench.rendering.environment"},
            }
        ],
        "DATABASES": {"default": _database(options.database_url)},
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "AUTH_USER_MODEL": "workbench.Account",
        "AUTHENTICATION_BACKENDS": [
            "axes.backends.AxesStandaloneBackend",
            "django.contrib.auth.backends.ModelBackend",
        ],
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.Argon2PasswordHasher"],
        "AUTH_PASSWORD_VALIDATORS": [
            {
                "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
                "OPTIONS": {"user_attributes": ("name",)},
            },
            {
                "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
                "OPTIONS": {"min_length": 12},
            },
            {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
            {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
        ],
        "AXES_FAILURE_LIMIT": TRIES,
        "AXES_COOLOFF_TIME": LOCKED_FOR,
        "AXES_LOCKOUT_PARAMETERS": [["username", "ip_address"]],
        "AXES_RESET_ON_SUCCESS": True,
        "AXES_LOCKOUT_CALLABLE": "hyotei.workbench.pages.entry.locked_out",
        "AXES_USERNAME_FORM_FIELD": "name",
        "AXES_ENABLE_ADMIN": False,
        "AXES_VERBOSE": False,
        "CSRF_FAILURE_VIEW": "hyotei.workbench.pages.faults.csrf_failed",
        "SESSION_COOKIE_NAME": "hyotei_session",
        "SESSION_COOKIE_AGE": 12 * 60 * 60,
        "SESSION_COOKIE_PATH": path,
        "SESSION_COOKIE_SECURE": secure,
        "CSRF_COOKIE_NAME": "hyotei_csrf",
        "CSRF_COOKIE_PATH": path,
        "CSRF_COOKIE_SECURE": secure,
        "CSRF_COOKIE_HTTPONLY": True,
        "SECURE_HSTS_SECONDS": 31_536_000 if secure else 0,
        # headers.py has these; the server that refuses a request says them too.
        "SECURE_REFERRER_POLICY": None,
        "SECURE_CONTENT_TYPE_NOSNIFF": False,
        "SECURE_CROSS_ORIGIN_OPENER_POLICY": None,
        "DATA_UPLOAD_MAX_MEMORY_SIZE": LARGEST_BODY,
        "DATA_UPLOAD_MAX_NUMBER_FILES": MOST_FILES,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": MOST_FIELDS,
        "STATIC_URL": "static/",
        "STATICFILES_DIRS": [_HERE / "static"],
        "WHITENOISE_USE_FINDERS": True,
        "WHITENOISE_AUTOREFRESH": False,
        "WHITENOISE_ALLOW_ALL_ORIGINS": False,
        "USE_I18N": False,
        "USE_TZ": True,
        "TIME_ZONE": "UTC",
        "LOGGING_CONFIG": None,
        "HYOTEI": options,
    }


def _database(url: str) -> dict[str, Any]:
    """The database of a URL.

    Raises:
        HyoteiError: it is of no kind that is known (HY004).
    """
    try:
        found: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    except (ValueError, KeyError):
        found = {}
    kind = str(found.get("ENGINE", "")).rpartition(".")[2]
    if kind not in ("sqlite3", "postgresql"):
        raise HyoteiError(Diagnostic("HY004"))
    if kind == "sqlite3":
        found |= {"OPTIONS": dict(_SQLITE), "CONN_MAX_AGE": 0}
    return found
