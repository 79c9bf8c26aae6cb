"""Making and ending tokens."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.test import RequestFactory
from django.utils import timezone

import shared.rest
import shared.tokens
from shared.problems import UnauthorizedError
from shared.tokens import ANONYMOUS, authenticate, create_token, revoke_token
from shared.tokens.errors import (
    NameInvalidError,
    ScopeUnknownError,
    TokenUnknownError,
)
from shared.tokens.models import ServiceAccount, Token

pytestmark = pytest.mark.django_db


def request_with(text):
    """Return a request that carries a token."""
    return RequestFactory().get("/", headers={"Authorization": f"Bearer {text}"})


def test_it_makes_a_token_that_is_kept_as_a_hash():
    token, text = create_token("ci", scopes=["data:write"], by="me")

    prefix, token_id, secret = text.split("_")
    assert (prefix, token_id) == ("kade", token.id)
    assert len(secret) == 43
    assert secret.encode() not in bytes(token.digest)
    assert (token.created_by, token.account.created_by) == ("me", "me")


def test_it_gives_one_account_several_tokens():
    create_token("ci", scopes=["data:write"], by="me")
    create_token("ci", scopes=["data:other"], by="you")

    assert ServiceAccount.objects.get().tokens.count() == 2


def test_it_knows_the_caller():
    token, text = create_token("ci", scopes=["data:write", "data:other"], by="me")

    caller = authenticate(request_with(text))

    assert (caller.name, caller.token_id) == ("ci", token.id)
    assert caller.scopes == {"data:write", "data:other"}
    assert str(caller) == "ci"


def test_it_asks_the_database_once_per_request(django_assert_num_queries):
    _, text = create_token("ci", scopes=["data:write"], by="me")
    Token.objects.update(last_used_at=timezone.now())
    request = request_with(text)

    with django_assert_num_queries(1):
        authenticate(request)
        authenticate(request)


def test_it_knows_nobody_without_a_token(django_assert_num_queries):
    with django_assert_num_queries(0):
        caller = authenticate(RequestFactory().get("/"))

    assert caller is ANONYMOUS
    assert str(caller) == "anonymous"


def test_it_notes_the_use_again_after_an_hour():
    _, text = create_token("ci", scopes=["data:write"], by="me")
    old = timezone.now() - timedelta(hours=2)
    Token.objects.update(last_used_at=old)

    authenticate(request_with(text))

    assert Token.objects.get().last_used_at > old


@pytest.mark.parametrize("name", ["", "A b", "-a", "a" * 64, "a\x00"])
def test_it_refuses_a_name_that_is_not_plain(name):
    with pytest.raises(NameInvalidError, match="small letters"):
        create_token(name, scopes=["data:write"], by="me")


@pytest.mark.parametrize("scopes", [[], ["data:write", "all"]])
def test_it_refuses_scopes_that_it_does_not_have(scopes):
    with pytest.raises(ScopeUnknownError, match="use data:write, data:other"):
        create_token("ci", scopes=scopes, by="me")


def test_it_keeps_no_token_without_a_scope():
    token, _ = create_token("ci", scopes=["data:write"], by="me")

    with pytest.raises(IntegrityError, match="token_has_a_scope"):
        Token.objects.filter(id=token.id).update(scopes=[])


def test_it_revokes_a_token_for_good():
    token, text = create_token("ci", scopes=["data:write"], by="me")
    revoke_token(token.id)
    first = Token.objects.get().revoked_at
    revoke_token(token.id)

    assert Token.objects.get().revoked_at == first
    with pytest.raises(UnauthorizedError):
        authenticate(request_with(text))


def test_it_revokes_no_token_that_is_not_there():
    with pytest.raises(TokenUnknownError, match="no token 'x'"):
        revoke_token("x")


def run(*arguments):
    """Return what a command writes."""
    out, err = StringIO(), StringIO()
    call_command(*arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_its_command_prints_the_token_alone():
    out, err = run("create_token", "ci", "--scope", "data:write", "--days", "3")

    token = Token.objects.get()
    assert out.startswith(f"kade_{token.id}_")
    assert token.expires_at - timezone.now() < timedelta(days=3)
    assert "shown once" in err


def test_its_commands_say_what_is_wrong():
    with pytest.raises(CommandError, match="unknown scopes: all"):
        call_command("create_token", "ci", "--scope", "all")
    with pytest.raises(CommandError, match="no token"):
        call_command("revoke_token", "x")


@pytest.mark.parametrize("days", ["-1", "0", "36501", "9" * 30])
def test_its_command_makes_no_token_that_ends_at_no_time(days):
    with pytest.raises(CommandError, match="from 1 to 36500"):
        run("create_token", "ci", "--scope", "data:write", f"--days={days}")

    assert not Token.objects.exists()


def test_its_command_revokes():
    token, _ = create_token("ci", scopes=["data:write"], by="me")

    run("revoke_token", token.id)

    assert Token.objects.get().revoked_at is not None


@pytest.fixture
def staff(client):
    """Return a client that is logged in to the admin."""
    client.force_login(User.objects.create_superuser("staff"))
    return client


def test_its_admin_shows_a_new_token_once(staff):
    account = ServiceAccount.objects.create(name="ci", created_by="me")
    form = {"account": account.pk, "scopes": "data:write"}

    response = staff.post("/admin/tokens/token/add/", form, follow=True)

    token = Token.objects.get()
    assert f"kade_{token.id}_" in response.content.decode()
    assert token.created_by == "staff"
    assert f"kade_{token.id}_" not in staff.get("/admin/tokens/token/").content.decode()


def test_its_admin_refuses_an_unknown_scope(staff):
    account = ServiceAccount.objects.create(name="ci", created_by="me")
    form = {"account": account.pk, "scopes": "all"}

    response = staff.post("/admin/tokens/token/add/", form)

    assert "unknown scopes: all" in response.content.decode()


def test_its_admin_revokes_but_does_not_change(staff):
    token, _ = create_token("ci", scopes=["data:write"], by="me")
    action = {"action": "revoke", "_selected_action": [token.id]}

    staff.post("/admin/tokens/token/", action)
    page = staff.get(f"/admin/tokens/token/{token.id}/change/").content.decode()

    assert Token.objects.get().revoked_at is not None
    assert 'name="_save"' not in page


def test_its_admin_notes_who_made_an_account(staff):
    staff.post("/admin/tokens/serviceaccount/add/", {"name": "ci"})

    assert ServiceAccount.objects.get().created_by == "staff"


def test_its_models_have_names():
    token, _ = create_token("ci", scopes=["data:write"], by="me")

    assert str(token) == f"{token.id} of ci"
    assert str(token.account) == "ci"


def test_its_package_has_only_what_it_names():
    with pytest.raises(AttributeError, match="nonsense"):
        _ = shared.tokens.nonsense
    with pytest.raises(AttributeError, match="nonsense"):
        _ = shared.rest.nonsense
