"""The records behind an answer: all that the public may know of the services it names."""

from directory.models import Listing
from directory.records import ServiceRecord
from directory.search.document import record_from
from matching.answer import Answer


def records_of(answer: Answer) -> dict[str, ServiceRecord]:
    """The live services of an answer and those that just miss, by id (one query)."""
    ids = {service.id for service in answer.services}
    ids |= {miss.service_id for miss in answer.near_misses}
    documents = Listing.objects.live().filter(service_id__in=ids)
    records = (record_from(document) for document in documents.values_list("document", flat=True))
    return {str(record.id): record for record in records}
