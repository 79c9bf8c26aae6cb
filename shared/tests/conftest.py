"""Fixtures of the tests of `shared`; its small project is in `project`."""

from shared.testing.fixtures import clean_jobs, make_token, token  # noqa: F401
