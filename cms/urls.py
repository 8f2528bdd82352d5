"""Addresses of the site."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.accounts.views import log_in_here
from cms.api import api
from cms.views.assurance import still_right
from cms.views.directory import service
from cms.views.find import find
from cms.views.health import healthz, readyz
from cms.views.photos import photo
from cms.views.start import privacy

urlpatterns = [
    # Before Wagtail's own, which look at nothing but a password.
    path("admin/login/", log_in_here, name="wagtailadmin_login"),
    path("_util/login/", log_in_here, name="wagtailcore_login"),
    path("accounts/", include("cms.accounts.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("api/", api.urls),
    path("find/", find, name="find"),
    path("services/<uuid:service_id>/", service, name="service"),
    path("still-right/<str:token>/", still_right, name="still_right"),
    path("privacy/", privacy, name="privacy"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("media/images/<str:name>", photo, name="photo"),
    path("", include(wagtail_urls)),
]
