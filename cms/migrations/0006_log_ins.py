"""The log of log-ins, the table in which attempts are counted, and addresses in small letters."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.core.management import call_command
from django.db import migrations, models
from django.db.models.functions import Lower

TABLE = "cms_log_in_counts"


def make_table(apps, schema_editor):
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


def drop_table(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE IF EXISTS {schema_editor.quote_name(TABLE)}")


def small_letters(apps, schema_editor):
    app, _, model = settings.AUTH_USER_MODEL.partition(".")
    apps.get_model(app, model).objects.update(email=Lower("email"))


class Migration(migrations.Migration):

    dependencies = [
        ("cms", "0005_a_confidential_row_holds_nothing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LogIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ("what", models.CharField(
                    choices=[
                        ("in", "Logged in"),
                        ("refused", "Wrong name or password"),
                        ("wrong_code", "Wrong code"),
                        ("too_many", "Too many attempts"),
                        ("password", "Password changed"),
                        ("set_up", "Two-step log-in set up"),
                        ("removed", "Two-step log-in removed"),
                        ("new_codes", "New recovery codes"),
                    ],
                    max_length=12,
                )),
                ("second_step", models.CharField(
                    blank=True,
                    choices=[("", "None"), ("totp", "Authenticator app"), ("recovery_codes", "Recovery code")],
                    default="",
                    max_length=16,
                )),
                ("network", models.CharField(
                    blank=True, help_text="The address, shortened: 203.0.113.0/24.", max_length=49,
                )),
                ("user", models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="log_ins",
                    to=settings.AUTH_USER_MODEL,
                )),
            ],
            options={
                "verbose_name": "log-in",
                "verbose_name_plural": "log-ins",
                "ordering": ("-at", "-pk"),
            },
        ),
        migrations.RunPython(make_table, drop_table),
        migrations.RunPython(small_letters, migrations.RunPython.noop),
    ]
