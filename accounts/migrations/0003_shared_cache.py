"""The table of the default cache: without it nobody's attempts to sign in could be counted."""

from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_roles_and_changes")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
