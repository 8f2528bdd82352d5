"""The page types of the site."""

from cms.models.assurance import Reminder
from cms.models.directory import DirectoryPage, PartnerPage
from cms.models.home import AdvicePage, HomePage
from cms.models.hubs import HubConnector, HubIndexPage, HubPage
from cms.models.partners import HubReview, Invitation, PartnerSpace
from cms.models.service import ServicePage
from cms.models.service_parts import ServicePageNeed, ServicePageSchedule, ServicePageSite

__all__ = [
    "AdvicePage",
    "DirectoryPage",
    "HomePage",
    "HubConnector",
    "HubIndexPage",
    "HubPage",
    "HubReview",
    "Invitation",
    "PartnerPage",
    "PartnerSpace",
    "Reminder",
    "ServicePage",
    "ServicePageNeed",
    "ServicePageSchedule",
    "ServicePageSite",
]
