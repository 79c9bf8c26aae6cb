"""Limits that hold over all processes."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import RequestFactory

from shared.limits import client_of, limit
from shared.limits.limiting import forget_spent_limits
from shared.limits.tasks import forget_limits
from shared.problems import TooManyRequestsError
from shared.tokens import Caller


def try_often(times, per_minute=5):
    """Return how many of `times` requests pass."""
    passed = 0
    for _ in range(times):
        try:
            limit("somebody", per_minute=per_minute)
            passed += 1
        except TooManyRequestsError:
            pass
    return passed


def go_back(seconds):
    """Let time pass by moving what is spent."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE request_limit SET spent_until = spent_until - %s * interval '1 s'",
            [seconds],
        )


@pytest.mark.django_db
def test_it_lets_a_burst_pass_and_then_one_by_one():
    burst = try_often(7)
    go_back(12)
    after = try_often(3)
    go_back(3600)

    assert (burst, after, try_often(9)) == (5, 1, 5)


@pytest.mark.django_db
def test_it_says_how_long_to_wait():
    try_often(5)

    with pytest.raises(TooManyRequestsError, match="At most 5 a minute") as caught:
        limit("somebody", per_minute=5)

    assert caught.value.headers == {"Retry-After": "12"}


@pytest.mark.django_db
def test_it_counts_each_key_alone():
    try_often(9)

    limit("another", per_minute=5)


def test_it_has_no_limit_at_zero():
    limit("somebody", per_minute=0)


@pytest.mark.django_db
def test_it_forgets_who_has_the_whole_budget_again():
    try_often(1)
    assert forget_spent_limits() == 0
    go_back(60)

    assert forget_limits(timestamp=0) == 1


@pytest.mark.django_db(transaction=True)
def test_it_is_exact_over_connections():
    def work(_):
        try:
            return try_often(10, per_minute=20)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        passed = sum(pool.map(work, range(4)))

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE request_limit")
    assert passed == 20


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "1.1.1.1", "address 127.0.0.1"),
        (1, "6.6.6.6, 1.1.1.1", "address 1.1.1.1"),
        (2, "6.6.6.6, 1.1.1.1, 10.0.0.1", "address 1.1.1.1"),
        (2, "1.1.1.1", "address 127.0.0.1"),
        (1, "", "address "),
    ],
)
def test_it_trusts_only_our_own_proxies(settings, proxies, forwarded, expected):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded})

    assert client_of(request) == expected


def test_it_knows_a_caller_by_name():
    request = RequestFactory().get("/")
    request.caller = Caller("ci")

    assert client_of(request) == "account ci"
