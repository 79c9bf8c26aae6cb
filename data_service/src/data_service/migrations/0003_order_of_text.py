"""The order of text: by letters, without regard to accents and case (ADR 0022)."""

from django.db import migrations

# Decomposed and folded, without the marks that are drawn on letters. What Unicode does
# not decompose is spelled out, where it occurs: looking for it costs less. Text of
# ASCII, which is most, is only folded.
_STRIPPED = r"""regexp_replace(
    casefold(normalize(value, NFKD) COLLATE pg_unicode_fast), '[\u0300-\u036F]', '', 'g'
)"""
_LETTERS = rf"""
CREATE FUNCTION kade_letters(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN octet_length(value) = length(value)
    THEN casefold(value COLLATE pg_unicode_fast)
    WHEN value ~ '[ØøǾǿŁłĐđĦħŦŧıÆæǼǽǢǣŒœ]'
    THEN replace(replace(
        translate({_STRIPPED}, 'øłđħŧı', 'oldhti'), 'æ', 'ae'), 'œ', 'oe'
    )
    ELSE {_STRIPPED}
END
"""
# Texts with the same letters are ordered as they stand, by code point. Not STRICT, so
# that PostgreSQL can write it out where it is used: a call costs more than its work.
_SORT_KEY = r"""
CREATE FUNCTION kade_sort_key(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN casefold(value COLLATE pg_unicode_fast) = value
        AND octet_length(value) = length(value)
    THEN value
    ELSE kade_letters(value) || U&'\0001' || value
END
"""
# What an index of [contains] holds.
_FOLDED = r"""
CREATE FUNCTION kade_folded(items text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ARRAY(
    SELECT casefold(item COLLATE pg_unicode_fast) FROM unnest(items) AS item
)
"""


class Migration(migrations.Migration):
    dependencies = [("data_service", "0002_schema_rows_and_url_segments")]

    operations = [
        migrations.RunSQL(_LETTERS, "DROP FUNCTION kade_letters(text)"),
        migrations.RunSQL(_SORT_KEY, "DROP FUNCTION kade_sort_key(text)"),
        migrations.RunSQL(_FOLDED, "DROP FUNCTION kade_folded(text[])"),
    ]
