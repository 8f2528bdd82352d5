"""Which photos the public sees: never one of a service with a hidden site, until somebody says so.

A photo can give a place away. While a site of the service is confidential its photo is shown only
if its partner has ticked that the photo does not show the place.
"""

from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.images.permissions import permission_policy

from cms.models import Photo, ServicePage
from directory.models import Listing


def withheld(page: Any) -> bool:
    """Whether a service has a photo that the public may not see (yet)."""
    return (
        page.photo_id is not None
        and not page.photo_shows_no_place
        and any(site.confidential for site in page.page_sites.all())
    )


def public_photo(page: Any) -> Photo | None:
    """The photo that the public page of a service shows."""
    return None if page.photo_id is None or withheld(page) else page.photo


def is_public(photo: Photo) -> bool:
    """Whether a live service shows this photo."""
    pages = ServicePage.objects.live().filter(photo=photo)
    showing = pages.exclude(photo_shows_no_place=False, page_sites__confidential=True)
    return Listing.objects.live().filter(service_id__in=showing.values("service_id")).exists()


def photos_of(user: User) -> QuerySet[Photo]:
    """The photos that somebody may choose from: a partner's people those of their partner."""
    from cms.partners.boundary import is_partner

    photos = permission_policy.instances_user_has_any_permission_for(user, ["choose"])
    if is_partner(user):
        photos = photos.filter(collection__in=user.groups.values("space__collection"))
    return photos


def only_own_photos(photos: QuerySet[Photo], request: HttpRequest) -> QuerySet[Photo]:
    """What a chooser offers to its user."""
    return photos.filter(pk__in=photos_of(request.user).values("pk"))


def may_see(user: User | AnonymousUser, photo: Photo) -> bool:
    """Whether somebody may be sent this photo: everybody what is public, its people the rest."""
    if is_public(photo):
        return True
    return user.is_authenticated and photos_of(user).filter(pk=photo.pk).exists()


def withhold(page: Any) -> None:
    """Take a photo that may not be seen any more off the disk in every size it was shown in."""
    if withheld(page):
        for rendition in page.photo.renditions.all():
            rendition.delete()


def follow_publication(instance: Any, **_: Any) -> None:
    """After a service is published: its photo is withheld if it has to be."""
    withhold(instance)
