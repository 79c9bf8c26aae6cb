"""How words are taken apart: without accents, by their Dutch and their English stem.

Both extensions are of contrib and trusted: the owner of the database may create them.
"""

from django.db import migrations

_UNACCENTED = """
    CREATE TEXT SEARCH CONFIGURATION kade_{0} (COPY = {0});
    ALTER TEXT SEARCH CONFIGURATION kade_{0}
        ALTER MAPPING FOR hword, hword_part, word WITH unaccent, {0}_stem;
"""
_WORDS = """
    CREATE FUNCTION kade_words(words text) RETURNS tsvector
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN to_tsvector('kade_dutch'::regconfig, words)
        || to_tsvector('kade_english'::regconfig, words);
"""


class Migration(migrations.Migration):

    dependencies = [("catalog_service", "0001_list_sources_and_apis")]

    operations = [
        migrations.RunSQL(
            "CREATE EXTENSION IF NOT EXISTS unaccent", migrations.RunSQL.noop
        ),
        migrations.RunSQL(
            "CREATE EXTENSION IF NOT EXISTS pg_trgm", migrations.RunSQL.noop
        ),
        migrations.RunSQL(
            _UNACCENTED.format("dutch"),
            "DROP TEXT SEARCH CONFIGURATION kade_dutch",
        ),
        migrations.RunSQL(
            _UNACCENTED.format("english"),
            "DROP TEXT SEARCH CONFIGURATION kade_english",
        ),
        migrations.RunSQL(_WORDS, "DROP FUNCTION kade_words(text)"),
    ]
