"""Files of whole tables, kept in parts, and removed with their table."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('data_service', '0004_files_that_were_sent'),
    ]

    operations = [
        migrations.CreateModel(
            name='Download',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('kind', models.TextField(help_text='parquet, gpkg or xlsx')),
                ('size', models.BigIntegerField(default=0, help_text='In bytes.')),
                ('sha256', models.TextField(blank=True, default='')),
                ('problem', models.TextField(blank=True, default='', help_text='Why the rows do not fit; no file then.')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('physical', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='downloads', to='data_service.physicaltable')),
            ],
        ),
        migrations.CreateModel(
            name='DownloadPart',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('number', models.IntegerField(help_text='From 0.')),
                ('content', models.BinaryField()),
                ('download', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='data_service.download')),
            ],
        ),
        migrations.AddConstraint(
            model_name='download',
            constraint=models.UniqueConstraint(fields=('physical', 'kind'), name='download_once'),
        ),
        migrations.AddConstraint(
            model_name='downloadpart',
            constraint=models.UniqueConstraint(fields=('download', 'number'), name='download_part_once'),
        ),
    ]
