"""Lines of JSON, as PostgreSQL writes them."""

import json

import pytest
from django.db import connection
from psycopg import sql

from data_service.formats.ndjson import row_expression
from data_service.schemas.tables import Field, Table

ABOUT = Field("about", "object/json")
TABLE = Table("thing", (Field("id", "integer"), ABOUT))


@pytest.mark.django_db
def test_it_keeps_an_object_of_many_lines_on_one():
    expression = row_expression(TABLE, fields=TABLE.fields)
    written = '{\r\n "a": "x\\ny",\n "b": [1,\n2]}'
    source = sql.SQL("SELECT {} FROM (SELECT 1 AS id, %s::json AS about) AS r")

    with connection.cursor() as cursor:
        cursor.execute(source.format(expression), [written])
        (line,) = cursor.fetchone()

    assert "\n" not in line
    assert json.loads(line) == {"id": 1, "about": {"a": "x\ny", "b": [1, 2]}}
