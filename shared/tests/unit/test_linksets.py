"""The catalogue of a service's own APIs."""

import json

from django.test import RequestFactory

from shared.linksets import MEDIA_TYPE, Context, Link, linkset_response

HREF = "https://kade.example/v1/a/openapi.json"
CONTEXT = Context(
    "https://kade.example/v1/a",
    {
        "service-desc": [Link(HREF, "application/json", "Å", ("en",))],
        "service-meta": [],
    },
)


def test_it_answers_a_linkset():
    response = linkset_response(RequestFactory().get("/"), [CONTEXT])

    assert response.headers["Content-Type"] == MEDIA_TYPE
    assert json.loads(response.content) == {
        "linkset": [
            {
                "anchor": "https://kade.example/v1/a",
                "service-desc": [
                    {
                        "href": HREF,
                        "type": "application/json",
                        "title": "Å",
                        "hreflang": ["en"],
                    }
                ],
            }
        ]
    }


def test_it_names_every_api_in_the_link_header():
    response = linkset_response(RequestFactory().head("/"), [CONTEXT])

    assert response.headers["Link"] == (
        '</.well-known/api-catalog>; rel="api-catalog", '
        '<https://kade.example/v1/a>; rel="item"'
    )


def test_it_keeps_the_link_header_short_enough_for_proxies():
    contexts = [Context(f"https://kade.example/{n:0100}") for n in range(100)]

    response = linkset_response(RequestFactory().head("/"), contexts)

    assert 3000 < len(response.headers["Link"]) < 4100


def test_it_answers_304():
    first = linkset_response(RequestFactory().get("/"), [CONTEXT])
    request = RequestFactory().get("/", headers={"If-None-Match": first["ETag"]})

    assert linkset_response(request, [CONTEXT]).status_code == 304
