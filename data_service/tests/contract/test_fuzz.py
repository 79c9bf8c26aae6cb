"""Any query string at all: an answer, or a problem that the client can mend."""

from __future__ import annotations

import os

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_service.querying.operators import OPERATORS
from data_service.querying.reserved import RESERVED
from shared.testing.assertions import assert_problem

FIELDS = ["id", "name", "note", "height", "count", "planted", "seen", "alive", "tags"]
NAMES = [*FIELDS, "geom", *(r.name for r in RESERVED), *(r.alias for r in RESERVED)]
NASTY = [
    *("%00", "%FF", "%C3%28", "%ED%A0%80", "%", "%zz", "+", "%2B", ";", "#", "\\", "'"),
    *("' OR 1=1 --", "%27%3B DROP TABLE x%3B--", "{}", "%25s", "$1", "NaN", "1e3"),
    *("1e999", "-0", "0x1F", "1_000", "9" * 400, "9" * 19, "٣", "true", "2020-02-30"),
    *("2020-1-1", "24:00", "a,b", '"', '"a","', "\\*", "*" * 50, "-", "--id", "*,?"),
    *("x" * 501, "x" * 10_000, "🌳" * 200, "\u202e", "%F0%9F", "true,false", ",", ""),
]
OPERATOR_NAMES = [f"[{o.name}]" for o in OPERATORS]
NAME_PARTS = ["", "[", "]", "[]", "[[like]]", "[like]x", ".foo", "%00", "%5Blike%5D"]
EXAMPLES = 3000 if os.environ.get("HYPOTHESIS_PROFILE") == "slow" else 150

values = st.sampled_from(NASTY) | st.text(max_size=20) | st.integers().map(str)
names = st.builds(
    "{}{}".format,
    st.sampled_from(NAMES) | st.text(max_size=5),
    st.sampled_from(OPERATOR_NAMES + NAME_PARTS),
)
pairs = st.builds("{}={}".format, names, values) | values
queries = st.lists(pairs, max_size=6).map("&".join) | st.binary(max_size=60).map(
    lambda raw: raw.decode("latin-1")
)


@pytest.mark.parametrize("path", ["/v1/trees/tree", "/v1/trees/tree/1", "/v1/trees"])
def test_it_bears_any_query_string(module_published, path):
    client = Client(raise_request_exception=False)

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(queries)
    def ask(query):
        raw = query.encode(errors="surrogatepass").decode("latin-1")  # PEP 3333
        assert_answered(client.get(path, QUERY_STRING=raw))

    ask()


@pytest.mark.parametrize(
    "query",
    [
        "&".join(f"name={n}" for n in range(1000)),
        "&".join(f"name[not]={n}" for n in range(200)),
        f"name[in]={','.join('x' * 40)}",
        f"_sort={','.join(['id', '-id'] * 500)}",
        f"_fields={','.join(['id'] * 1000)}",
        "name[like]=" + "*?" * 250,
        "name[like]=" + "a*" * 250,
        "_cursor=" + "A" * 44,
    ],
)
def test_it_bears_much_of_the_same(get, query):
    assert_answered(get(f"/v1/trees/tree?{query}"))


def assert_answered(response):
    if response.status_code < 300:
        assert b"".join(response) is not None
        response.close()
        return
    assert response.status_code < 500, response.content
    assert_problem(response, response.status_code)
