"""Publishing a file, from its bytes to the rows that are served."""

from __future__ import annotations

from django.db import connection

from data_service.importing.publishing import Published


def rows_of(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def test_it_stores_every_type(published: Published) -> None:
    name = f"rows.t{rows_of('SELECT max(id) FROM data_service_physicaltable')[0][0]}"

    first, second, third, fourth = rows_of(f"SELECT * FROM {name} ORDER BY _ordinal")  # noqa: S608

    assert first[1:3] == (1, "Oak")
    assert second[3] == ""
    assert third[3] is None
    assert first[-1] == "SRID=28992;POINT (121001 487000)"
    assert fourth[-3:] == (None, None, None)
