"""The service for django-opensearch-dsl, which finds this module by its name."""

from django.conf import settings
from django_opensearch_dsl import Document, fields
from django_opensearch_dsl.registries import registry

from tests.benchmarks.peers.models import PeerService


@registry.register_document
class PeerDocument(Document):
    district = fields.KeywordField()

    class Index:
        name = f"{settings.OPENSEARCH_INDEX}-dsl"

    class Django:
        model = PeerService
        fields = ["name", "summary", "description"]
