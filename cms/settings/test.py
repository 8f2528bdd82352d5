"""For the tests: like development, with fast passwords and mail that is kept."""

import os

from cms.settings.development import *  # noqa: F403
from cms.settings.development import VAR_DIR

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    # Of a demonstration that was made before by the commands that users run.
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MODEL_DIR = VAR_DIR / "model"
# Beside a node that other tests use too; with room for a busy machine.
OPENSEARCH_INDEX = f"test-{os.getpid()}"
OPENSEARCH_TIMEOUT = 10.0
