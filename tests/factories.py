"""Records for tests: valid, and different from each other only where a test says so."""

import uuid

import factory

from directory.records import (
    LocationRecord,
    OrganizationRecord,
    ServiceNeed,
    ServiceRecord,
)


class OrganizationRecordFactory(factory.Factory):
    class Meta:
        model = OrganizationRecord

    id = factory.LazyFunction(uuid.uuid4)
    name = factory.Sequence(lambda n: f"Partner {n}")


class LocationRecordFactory(factory.Factory):
    class Meta:
        model = LocationRecord

    id = factory.LazyFunction(uuid.uuid4)
    name = "Larkmoor House"
    city = "Diss"
    latitude = 52.376
    longitude = 1.109


class ServiceRecordFactory(factory.Factory):
    class Meta:
        model = ServiceRecord

    id = factory.LazyFunction(uuid.uuid4)
    organization = factory.SubFactory(OrganizationRecordFactory)
    name = factory.Sequence(lambda n: f"Service {n}")
    summary = "Somebody to talk to."
    needs = (ServiceNeed("debt-advice"),)
    delivery = ("in_person",)
