"""To confirm that nothing has changed is no change of a listing: no policy holds it back."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0013_one_reminder_on_every_database"),
    ]

    operations = [
        migrations.RemoveField(model_name="safefields", name="still_right"),
    ]
