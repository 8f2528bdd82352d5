"""The full-text tables of the embedded engine, on SQLite."""

from django.db import migrations

from directory.search.embedded import fulltext


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for statement in fulltext.CREATE:
            schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for statement in fulltext.DROP:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
