"""Addresses of confidential sites move out of the pages and all their revisions."""

import django.core.serializers.json
import django.db.models.deletion
from django.db import migrations, models

NOTHING = {
    "name": "",
    "address_1": "",
    "city": "",
    "postal_code": "",
    "latitude": None,
    "longitude": None,
}


def move_out(apps, schema_editor):
    """Hold what the pages say of their confidential sites, and what only drafts say; blank both."""
    site_model = apps.get_model("cms", "ServicePageSite")
    address = apps.get_model("cms", "ConfidentialAddress")
    hidden = {}
    for site in site_model.objects.filter(confidential=True):
        values = {name: getattr(site, name) for name in NOTHING}
        hidden[(site.page_id, str(site.location_id))] = values
        site_model.objects.filter(pk=site.pk).update(**NOTHING)
    _blank_revisions(apps, hidden)
    address.objects.bulk_create(
        address(page_id=page, location_id=location, values=values)
        for (page, location), values in hidden.items()
        if values != NOTHING
    )


def _blank_revisions(apps, hidden):
    content_type = apps.get_model("contenttypes", "ContentType")
    revisions = apps.get_model("wagtailcore", "Revision")
    service = content_type.objects.filter(app_label="cms", model="servicepage").first()
    if service is None:
        return
    pages = set(apps.get_model("cms", "ServicePage").objects.values_list("pk", flat=True))
    newest_first = revisions.objects.filter(content_type=service).order_by("-created_at", "-pk")
    for revision in newest_first.iterator():
        page, changed = int(revision.object_id), False
        for row in revision.content.get("page_sites", []) if page in pages else ():
            key = (page, row["location_id"])
            values = {name: row.get(name, nothing) for name, nothing in NOTHING.items()}
            if (row["confidential"] or key in hidden) and values != NOTHING:
                if hidden.get(key, NOTHING) == NOTHING:
                    hidden[key] = values
                row.update(NOTHING, confidential=True)
                changed = True
        if changed:
            revisions.objects.filter(pk=revision.pk).update(content=revision.content)


def refuse(apps, schema_editor):
    """Going back would put the addresses into pages: only where there are none."""
    if apps.get_model("cms", "ConfidentialAddress").objects.exists():
        raise RuntimeError("Confidential addresses are held: the pages cannot take them back.")


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0003_service_details"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConfidentialAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("location_id", models.UUIDField()),
                (
                    "values",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="Every field of the site that says where it is.",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cms.servicepage",
                    ),
                ),
            ],
            options={
                "verbose_name": "confidential address",
                "verbose_name_plural": "confidential addresses",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("page", "location_id"), name="one_confidential_address_per_site"
                    )
                ],
            },
        ),
        migrations.RunPython(move_out, refuse),
    ]
