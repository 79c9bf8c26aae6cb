"""Places for long answers."""

import socket

import pytest
from django.test import RequestFactory

from data_service.api.slots import Slot
from shared.problems import UnavailableError


@pytest.fixture
def request_():
    return RequestFactory().get("/")


def test_it_has_a_number_of_places(request_, settings):
    settings.WEB_STREAMS = 1
    slot = Slot(request_)

    with pytest.raises(UnavailableError):
        Slot(request_)

    slot.give_back()
    slot.give_back()
    Slot(request_).give_back()


def test_it_sets_a_deadline_for_sending(request_, settings):
    settings.SEND_SECONDS = 7
    ours, theirs = socket.socketpair()
    request_.META["gunicorn.socket"] = ours

    Slot(request_).give_back()

    assert ours.gettimeout() == 7
    ours.close()
    theirs.close()


def test_it_resets_the_connection(request_):
    with socket.create_server(("127.0.0.1", 0)) as server:
        client = socket.create_connection(server.getsockname())
        ours, _ = server.accept()
    request_.META["gunicorn.socket"] = ours
    slot = Slot(request_)

    slot.cut_off()
    slot.give_back()

    with pytest.raises(ConnectionResetError):
        client.recv(1)
    client.close()


def test_it_cuts_off_nobody_without_a_socket(request_):
    slot = Slot(request_)

    slot.cut_off()
    slot.give_back()
