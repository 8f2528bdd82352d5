"""The tables of the directory: the shared language, the map, the services and the routes."""

from directory.models.language import Level, Need, Outcome, Phrase, PresentedNeed
from directory.models.listings import (
    IndexBuild,
    Listing,
    ListingArea,
    ListingNeed,
    Organization,
    Reach,
    Revision,
    Site,
)
from directory.models.loading import HubEdit, LoadedFixture
from directory.models.places import Area, Place
from directory.models.routes import Helpline, Hub

__all__ = [
    "Area",
    "Helpline",
    "Hub",
    "HubEdit",
    "IndexBuild",
    "Level",
    "Listing",
    "ListingArea",
    "ListingNeed",
    "LoadedFixture",
    "Need",
    "Organization",
    "Outcome",
    "Phrase",
    "Place",
    "PresentedNeed",
    "Reach",
    "Revision",
    "Site",
]
