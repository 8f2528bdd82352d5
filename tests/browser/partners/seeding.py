"""Who is there before the stories begin: two people of the hub, two partners, what they keep.

Run inside the served site: `manage.py shell -c "…seed()"`, which prints the ids as JSON.
"""

import json
from datetime import date
from io import BytesIO

from dateutil.relativedelta import relativedelta
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.core.serializers import serialize
from django.utils import timezone
from PIL import Image
from wagtail.documents.models import Document
from wagtail.models import Comment, Revision, WorkflowState

from cms.models import (
    ConfidentialAddress,
    PartnerPage,
    PartnerSpace,
    Photo,
    ServicePage,
    ServicePageSite,
)
from cms.partners.roles import ADMINISTRATORS, EDITORS, make_roles
from cms.partners.spaces import add_member, open_space
from directory.models import Listing
from tests.cms.pages import add_service

PASSWORD = "three-quiet-herons"
#: Stands in everything of the other partner that nobody else may learn.
SECRET = "Otter"
STREET = "9 Kingfisher Lane"


def seed() -> None:
    make_roles()
    for name, group in (("administrator", ADMINISTRATORS), ("editor", EDITORS)):
        user = get_user_model().objects.create_user(name, f"{name}@example.org", PASSWORD)
        user.groups.add(Group.objects.get(name=group))
    teal, _ = _partner("Teal Circle")
    _live(teal, "Teal lunches", timezone.localdate())
    print(json.dumps({"heron": _heron(), "otter": _otter()}))


def _heron() -> dict[str, int]:
    space, _ = _partner("Heron Trust")
    today = timezone.localdate()
    site = ServicePageSite(
        name="Heron House", address_1=STREET, city="Diss", postal_code="IP22 4WG",
        latitude=52.376, longitude=1.108,
    )  # fmt: skip
    services = {
        "helpline": _live(space, "Heron helpline", today, phone="01632 960101"),
        "sewing": _live(space, "Heron sewing circle", today - relativedelta(months=5, days=1)),
        "house": _live(space, "Heron house", today, sites=(site,), in_person=True),
        "garden": _live(space, "Heron garden", today),
        "choir": _live(space, "Heron choir", today),
        "draft": add_service(space.page, "Heron draft", publish=False),
        "unwanted": add_service(space.page, "Heron unwanted draft", publish=False),
    }
    return {"page": space.page_id, **{name: page.pk for name, page in services.items()}}


def _otter() -> dict[str, int]:
    """A partner with something of every kind that could be told to another."""
    space, user = _partner("Otter Society")
    refuge = ServicePageSite(
        confidential=True, name="Otter Refuge", address_1="7 Otter Street", city="Harleston",
        postal_code="IP20 9BH", latitude=52.404, longitude=1.299,
    )  # fmt: skip
    page = _live(space, "Otter drop-in", timezone.localdate(), sites=(refuge,))
    Comment.objects.create(page=page, user=user, text="Otter remark", contentpath="summary")
    page.summary = "Otter change that waits"
    revision = page.save_revision(user=user)
    state = page.get_workflow().start(page, user)
    draft = add_service(space.page, "Otter draft", publish=False)
    photo = Photo.objects.create(
        title="Otter photo", description="Otter picture", collection=space.collection,
        file=ContentFile(_picture(), "otter.jpg"), uploaded_by_user=user,
    )  # fmt: skip
    document = Document.objects.create(
        title="Otter minutes", file=ContentFile(b"Otter minutes", "otter.pdf"),
        collection=space.collection,
    )  # fmt: skip
    return {
        "space": space.pk, "page": space.page_id, "live": page.pk, "draft": draft.pk,
        "revision": revision.pk, "first": page.live_revision_id, "state": state.pk,
        "task": state.current_task_state.pk, "photo": photo.pk, "document": document.pk,
        "user": user.pk,
    }  # fmt: skip


def _partner(name: str) -> tuple[PartnerSpace, User]:
    space = open_space(name)
    invitation = add_member(space, f"{name.split()[0].lower()}@example.org")
    invitation.sent = timezone.now()
    invitation.save()
    user = invitation.user
    user.set_password(PASSWORD)
    user.save()
    return space, user


def _live(space: PartnerSpace, title: str, assured: date, **values: object) -> ServicePage:
    return add_service(
        space.page, title, how_to_access="Ring us.", assured_date=assured,
        **{"phone": "01632 960100", **values},
    )  # fmt: skip


def _picture() -> bytes:
    file = BytesIO()
    Image.new("RGB", (320, 240), "teal").save(file, format="JPEG")
    return file.getvalue()


def all_of(partner_pk: int) -> str:
    """Every row of a partner, its pages, revisions, listings, people and photos, as JSON."""
    partner = PartnerPage.objects.get(pk=partner_pk)
    pages = partner.get_descendants(inclusive=True)
    space = partner.space
    ids = [str(page.service_id) for page in ServicePage.objects.descendant_of(partner)]
    rows = [
        pages.order_by("pk"),
        Revision.objects.filter(object_id__in=[str(page.pk) for page in pages]).order_by("pk"),
        WorkflowState.objects.filter(object_id__in=[str(page.pk) for page in pages]),
        ServicePage.objects.descendant_of(partner).order_by("pk"),
        Listing.objects.filter(service_id__in=ids).order_by("pk"),
        ConfidentialAddress.objects.filter(page__in=pages.values("pk")),
        Photo.objects.filter(collection=space.collection),
        space.group.user_set.order_by("pk"),
    ]
    return json.dumps([json.loads(serialize("json", row)) for row in rows])
