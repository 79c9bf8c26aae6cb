"""The schema of the physical tables, and the function that writes ids into URLs."""

from django.db import migrations

# RFC 3986 §2.3: all but unreserved characters is percent-encoded, as UTF-8.
_URL_SEGMENT = r"""
CREATE FUNCTION kade_url_segment(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
    SELECT CASE
        WHEN value ~ '^[A-Za-z0-9._~-]*$' THEN value
        ELSE (
            SELECT string_agg(
                CASE
                    WHEN c.letter ~ '[A-Za-z0-9._~-]' THEN c.letter
                    ELSE upper(regexp_replace(
                        encode(convert_to(c.letter, 'UTF8'), 'hex'), '(..)', '%\1', 'g'
                    ))
                END,
                '' ORDER BY c.place
            )
            FROM regexp_split_to_table(value, '') WITH ORDINALITY AS c(letter, place)
        )
    END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("data_service", "0001_datasets_snapshots_and_imports")]

    operations = [
        migrations.RunSQL(
            "CREATE SCHEMA IF NOT EXISTS rows", "DROP SCHEMA IF EXISTS rows"
        ),
        migrations.RunSQL(_URL_SEGMENT, "DROP FUNCTION kade_url_segment(text)"),
    ]
