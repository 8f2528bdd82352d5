from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('cms', '0007_moderation'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='partnerspace',
            options={'ordering': ('page__title',), 'permissions': [('use_hub_desk', "Can see what waits for the hub, and its reports")]},
        ),
    ]
