"""The admin shows what there is, and changes nothing."""

import pytest
from django.contrib.auth.models import User

from data_service.models import Import, PhysicalTable, Snapshot


@pytest.fixture
def admin(client, published):
    client.force_login(User.objects.create_superuser("admin"))
    return client


@pytest.mark.parametrize("name", ["dataset", "snapshot", "physicaltable", "import"])
def test_it_lists(admin, name):
    response = admin.get(f"/admin/data_service/{name}/")

    assert response.status_code == 200
    assert admin.get(f"/admin/data_service/{name}/add/").status_code == 403


def test_it_shows_one(admin):
    for name, key in (
        ("dataset", "trees"),
        ("snapshot", Snapshot.objects.get().pk),
        ("physicaltable", PhysicalTable.objects.get().pk),
        ("import", Import.objects.get().pk),
    ):
        response = admin.get(f"/admin/data_service/{name}/{key}/change/")
        assert response.status_code == 200
        assert b'name="_save"' not in response.content
