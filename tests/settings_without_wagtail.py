"""Just enough settings for directory and matching: what mypy checks them under.

That these two apps start without Wagtail is itself a rule of the design.
"""

from pathlib import Path

SECRET_KEY = "only for type checking"
INSTALLED_APPS = ["matching", "directory", "django.contrib.contenttypes"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Europe/London"
VAR_DIR = Path("var")
MODEL_DIR = VAR_DIR / "model"
FIXTURES_DIR = Path("fixtures")
ENCODER_DIR = FIXTURES_DIR / "encoder"
OPENSEARCH_URL = ""
OPENSEARCH_INDEX = "no-wrong-door"
OPENSEARCH_TIMEOUT = 0.25
OPENSEARCH_PAUSE = 5.0
OPENSEARCH_USER = OPENSEARCH_PASSWORD = OPENSEARCH_API_KEY = OPENSEARCH_CA_CERTS = ""
OPENSEARCH_VERIFY_CERTS = True
OPENSEARCH_SHARDS = 1
OPENSEARCH_REPLICAS = 0
