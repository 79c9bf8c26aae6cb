"""Make the table of limits: unlogged, as losing it in a crash costs nothing."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = []

    operations = [
        migrations.RunSQL(
            """
            CREATE UNLOGGED TABLE request_limit (
                key text PRIMARY KEY,
                spent_until timestamptz NOT NULL
            )
            """,
            "DROP TABLE request_limit",
        ),
        # The job that removes what is spent asks for this order.
        migrations.RunSQL(
            "CREATE INDEX request_limit_spent_until ON request_limit (spent_until)",
            "DROP INDEX request_limit_spent_until",
        ),
    ]
