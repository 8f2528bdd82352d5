"""The page types of the site."""

from cms.models.accounts import LogIn
from cms.models.assurance import Reminder
from cms.models.confidential import ConfidentialAddress
from cms.models.directory import DirectoryPage, PartnerPage
from cms.models.exchange import ImportBatch
from cms.models.home import AdvicePage, HomePage
from cms.models.hubs import HubConnector, HubIndexPage, HubPage
from cms.models.moderation import DeletedPage, Notice, SafeFields
from cms.models.partners import HubReview, Invitation, PartnerSpace
from cms.models.photos import Photo, PhotoRendition
from cms.models.service import ServicePage
from cms.models.service_parts import (
    ServicePageHoliday,
    ServicePageNeed,
    ServicePageSchedule,
    ServicePageSite,
)
from cms.models.site_texts import SiteTexts

__all__ = [
    "AdvicePage",
    "ConfidentialAddress",
    "DeletedPage",
    "DirectoryPage",
    "HomePage",
    "HubConnector",
    "HubIndexPage",
    "HubPage",
    "HubReview",
    "ImportBatch",
    "Invitation",
    "LogIn",
    "Notice",
    "PartnerPage",
    "PartnerSpace",
    "Photo",
    "PhotoRendition",
    "Reminder",
    "SafeFields",
    "ServicePage",
    "ServicePageHoliday",
    "ServicePageNeed",
    "ServicePageSchedule",
    "ServicePageSite",
    "SiteTexts",
]
