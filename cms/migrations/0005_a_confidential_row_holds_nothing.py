"""The database refuses a confidential site that says where it is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cms", "0004_confidential_addresses")]

    operations = [
        migrations.AddConstraint(
            model_name="servicepagesite",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confidential", False),
                    models.Q(
                        ("address_1", ""),
                        ("city", ""),
                        ("latitude", None),
                        ("longitude", None),
                        ("name", ""),
                        ("postal_code", ""),
                    ),
                    _connector="OR",
                ),
                name="a_confidential_row_holds_nothing",
            ),
        ),
    ]
