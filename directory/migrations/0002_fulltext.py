"""The full-text tables of the embedded engine."""

from django.db import migrations

from directory.search.embedded import fulltext


def create(apps, schema_editor):
    for statement in fulltext.create_statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in fulltext.drop_statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
