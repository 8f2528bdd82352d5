"""What histories say of an import: that of the partner or the directory, and of each new page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.log_actions import LogActionRegistry, LogFormatter, log
from wagtail.models import Page, PageLogEntry

from cms.models import ServicePage

#: The entry for the file, and the one for each page that it added.
ACTION, ADDED = "cms.import_services", "cms.import_new_service"


@dataclass(frozen=True, slots=True)
class Import:
    """An import that is being applied.

    `told`: whether the pages may name the file. One with services of several partners may be
    called after another of them, and a partner reads the history of its pages.
    """

    id: UUID
    file: str
    user: User | None
    told: bool


def begun(file: str, user: User | None, partners: Iterable[int]) -> Import:
    """`partners`: whose services the file holds."""
    return Import(uuid4(), file, user, told=len({*partners}) <= 1)


def log_import(page: Page, done: Import, created: int, changed: int) -> None:
    """The entry for the file, on the partner's page or the directory's."""
    data = {"import": str(done.id), "file": done.file, "created": created, "changed": changed}
    log(page, ACTION, user=done.user, data=data)


def log_added(pages: Sequence[ServicePage], by: Import) -> None:
    """An entry for each new page, and another if it was published: inserted together.

    They have no uuid in common: of entries with one uuid Wagtail shows the last alone, so all other
    pages would seem to have no history. What they have in common is in their data.
    """
    content_type, now = ContentType.objects.get_for_model(ServicePage), timezone.now()
    data = {"import": str(by.id)} | ({"file": by.file} if by.told else {})
    said = [(page, ADDED) for page in pages]
    said += [(page, "wagtail.publish") for page in pages if page.live]
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            page_id=page.pk,
            content_type=content_type,
            label=page.draft_title,
            action=action,
            data=data,
            timestamp=now,
            user=by.user,
            revision_id=page.latest_revision_id,
            content_changed=action == ADDED,
        )
        for page, action in said
    )


def register_actions(actions: LogActionRegistry) -> None:
    @actions.register_action(ACTION)
    class FileFormatter(LogFormatter):  # type: ignore[misc]
        label = "Import"

        def format_message(self, log_entry: Any) -> str:
            data = log_entry.data
            counts = f"{data['created']:,} added, {data['changed']:,} changed"
            return f"Brought services in from the file “{data['file']}”: {counts}"

    @actions.register_action(ADDED)
    class AddedFormatter(LogFormatter):  # type: ignore[misc]
        label = "Import a new service"

        def format_message(self, log_entry: Any) -> str:
            file = log_entry.data.get("file")
            return f"Brought in from the file “{file}”" if file else "Brought in from a file"
