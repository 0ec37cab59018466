"""What a city's provider settings can make this server ask, and for how long."""

import socket
import threading
import time
from contextlib import closing, contextmanager
from ipaddress import ip_address

import pytest
import requests

from accounts import outgoing, services
from opium.permissions import SYSTEM

HERE = ["127.0.0.0/8"]


@contextmanager
def serving(answer):
    """A server that gives every connection to `answer`; its port, and how many came."""
    came = []
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:

        def serve():
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                came.append(1)
                threading.Thread(target=one, args=(connection,), daemon=True).start()

        def one(connection):
            with closing(connection):
                try:
                    connection.recv(4096)
                    answer(connection)
                except OSError:
                    return

        threading.Thread(target=serve, daemon=True).start()
        yield listener.getsockname()[1], came
        listener.shutdown(socket.SHUT_RDWR)


def said(text):
    return lambda connection: connection.sendall(text)


OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"


@pytest.mark.parametrize(
    "inner",
    [
        *("127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
        *("0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fd00::1"),
        *("::ffff:10.0.0.1", "2002:7f00:1::", "ff02::1"),
    ],
)
def test_an_inner_address_is_not_an_outer_one(inner):
    assert not outgoing.is_outer(ip_address(inner))


@pytest.mark.parametrize("outer", ["1.1.1.1", "8.8.8.8", "2606:4700:4700::1111"])
def test_an_address_of_the_world_is(outer):
    assert outgoing.is_outer(ip_address(outer))


def test_only_a_named_network_is_let_through(settings):
    settings.PROVIDER_NETWORKS = ["10.1.0.0/16"]

    assert outgoing.is_outer(ip_address("10.1.2.3"))
    assert outgoing.is_outer(ip_address("::ffff:10.1.2.3"))
    assert not outgoing.is_outer(ip_address("10.2.2.3"))


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0177.0.0.1"])
def test_an_inner_server_is_never_even_connected_to(name):
    with serving(said(OK)) as (port, came), outgoing.session() as session:
        with pytest.raises(requests.ConnectionError):
            session.get(f"http://{name}:{port}/")

        assert came == []


def test_the_address_that_was_checked_is_the_one_that_is_asked(settings, monkeypatch):
    """A name that leads elsewhere at its second lookup leads nowhere."""
    settings.PROVIDER_NETWORKS = ["127.0.0.2/32"]
    looked_up, plain = [], socket.getaddrinfo

    def turning(host, port, *rest, **named):
        looked_up.append(host)
        place = "127.0.0.2" if len(looked_up) == 1 else "127.0.0.1"
        return plain(place if host == "zmienny.example.org" else host, port, *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", turning)
    with serving(said(OK)) as (port, came), outgoing.session() as session:
        with pytest.raises(requests.ConnectionError):  # nobody listens at 127.0.0.2
            session.get(f"http://zmienny.example.org:{port}/")
        assert came == []
    assert looked_up.count("zmienny.example.org") == 1


def test_a_server_that_is_meant_answers(settings):
    settings.PROVIDER_NETWORKS = HERE
    with serving(said(OK)) as (port, _), outgoing.session() as session:
        answer = session.get(f"http://127.0.0.1:{port}/")

    assert (answer.status_code, answer.json()) == (200, {})


def dripping_headers(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for number in range(1000):
        connection.sendall(b"X-%d: y\r\n" % number)
        time.sleep(0.1)


def dripping_body(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    while True:
        connection.sendall(b" ")
        time.sleep(0.1)


@pytest.mark.parametrize("drips", [dripping_headers, dripping_body, lambda _: time.sleep(30)])
def test_who_drips_is_cut_off_at_the_end_of_the_whole_time(settings, monkeypatch, drips):
    settings.PROVIDER_NETWORKS = HERE
    monkeypatch.setattr(outgoing, "SECONDS", 1.0)
    with serving(drips) as (port, _), outgoing.session() as session:
        begun = time.monotonic()
        with pytest.raises(requests.RequestException):
            session.get(f"http://127.0.0.1:{port}/")

        assert time.monotonic() - begun < 4


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + b"x" * (outgoing.LARGEST + 1),
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
    ],
)
def test_a_redirect_a_large_and_a_packed_answer_are_refused(settings, answer):
    settings.PROVIDER_NETWORKS = HERE
    with serving(said(answer)) as (port, _), outgoing.session() as session:
        with pytest.raises(outgoing.AnswerRefused):
            session.get(f"http://127.0.0.1:{port}/")


@pytest.mark.django_db
def test_signing_in_through_an_inner_provider_is_refused_with_a_sentence(city, api):
    with serving(said(OK)) as (port, came):
        services.add_provider(
            actor=SYSTEM,
            code="wewnetrzny",
            name="Wewnętrzny",
            server_url=f"http://127.0.0.1:{port}",
            client_id="x",
            secret="x",
        )
        answer = api().post("/api/v1/accounts/sign-in-ways/wewnetrzny/")

        assert (answer.status_code, answer.json()["code"]) == (422, "provider_failed")
        assert came == []
