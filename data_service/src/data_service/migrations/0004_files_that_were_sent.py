"""What was asked of an import, how far it is, and the file that was sent for it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('data_service', '0003_order_of_text'),
    ]

    operations = [
        migrations.AddField(
            model_name='import',
            name='changes',
            field=models.JSONField(default=list, help_text='Against what was served.'),
        ),
        migrations.AddField(
            model_name='import',
            name='doubts',
            field=models.JSONField(default=list, help_text='What may be wrong.'),
        ),
        migrations.AddField(
            model_name='import',
            name='options',
            field=models.JSONField(blank=True, help_text='What was asked of a file that was sent.', null=True),
        ),
        migrations.AddField(
            model_name='import',
            name='rows_read',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='import',
            name='share_read',
            field=models.FloatField(default=0, help_text='Of the file: 0 to 1.'),
        ),
        migrations.AddField(
            model_name='import',
            name='step',
            field=models.TextField(blank=True, default='', help_text='What is done now.'),
        ),
        migrations.AlterField(
            model_name='import',
            name='state',
            field=models.TextField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('refused', 'refused: the file has faults'), ('failed', 'failed: we have')], default='running'),
        ),
        migrations.CreateModel(
            name='SentPart',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('body', models.BinaryField()),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='data_service.import')),
            ],
        ),
        # It would only cost to keep what a crash of the server may lose, or to
        # compress what mostly is.
        migrations.RunSQL(
            """
            ALTER TABLE data_service_sentpart SET UNLOGGED;
            ALTER TABLE data_service_sentpart ALTER COLUMN body SET STORAGE EXTERNAL;
            """,
            migrations.RunSQL.noop,
        ),
    ]
