"""For the tests: like development, with fast passwords and mail that is kept."""

from cms.settings.development import *  # noqa: F403
from cms.settings.development import VAR_DIR

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MODEL_DIR = VAR_DIR / "model"
