"""The product beside the packages that it is compared with."""

from importlib.util import find_spec

from cms.settings.development import *  # noqa: F403
from cms.settings.development import (
    INSTALLED_APPS,
    OPENSEARCH_INDEX,
    OPENSEARCH_URL,
    WAGTAILSEARCH_BACKENDS,
)

INSTALLED_APPS = [*INSTALLED_APPS, "tests.benchmarks.peers"]
WAGTAILSEARCH_BACKENDS = {
    **WAGTAILSEARCH_BACKENDS,
    "database": {"BACKEND": "modelsearch.backends.database"},
}
DSL_IS_HERE = find_spec("django_opensearch_dsl") is not None
if OPENSEARCH_URL:
    WAGTAILSEARCH_BACKENDS["opensearch"] = {
        "BACKEND": "modelsearch.backends.opensearch3",
        "URLS": [OPENSEARCH_URL],
        "INDEX_PREFIX": f"{OPENSEARCH_INDEX}-modelsearch-",
        "TIMEOUT": 60,
    }
    if DSL_IS_HERE:
        INSTALLED_APPS.append("django_opensearch_dsl")
        OPENSEARCH_DSL = {"default": {"hosts": OPENSEARCH_URL, "timeout": 60}}
        OPENSEARCH_DSL_AUTOSYNC = False
        OPENSEARCH_DSL_INDEX_SETTINGS = {"number_of_shards": 1, "number_of_replicas": 0}
