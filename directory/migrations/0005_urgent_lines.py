
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0004_hub_edits'),
    ]

    operations = [
        migrations.AddField(
            model_name='helpline',
            name='dangers',
            field=models.JSONField(blank=True, default=list, help_text='Kinds of danger for which it is the urgent route.'),
        ),
        migrations.AddField(
            model_name='helpline',
            name='professionals',
            field=models.BooleanField(default=False, help_text='For people who work with families, and not for the public.'),
        ),
    ]
