from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reference", "0001_initial")]

    operations = [
        migrations.AddField(
            "region",
            "state_name",
            models.CharField("state, in full", max_length=40, default=""),
            preserve_default=False,
        )
    ]
