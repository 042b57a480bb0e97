"""No test reaches another machine: a socket to anything but this one is refused."""

import ipaddress
import socket
from typing import Any

LOCAL_NAMES = {"localhost", "testserver", "", None}


class NetworkUsed(RuntimeError):
    """A test tried to reach another machine."""


def is_local(host: Any) -> bool:
    """Whether a host name or an address means this machine."""
    if isinstance(host, bytes):
        host = host.decode()
    if host in LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def close_the_network() -> None:
    """Wrap the ways Python reaches a host; sockets of the file system stay open."""
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def refuse(host: Any) -> None:
        if not is_local(host):
            raise NetworkUsed(f"A test tried to reach {host!r}; tests use this machine only.")

    def refuse_address(connection: socket.socket, address: Any) -> None:
        if connection.family in (socket.AF_INET, socket.AF_INET6):
            refuse(address[0])

    def guarded_connect(self: socket.socket, address: Any) -> None:
        refuse_address(self, address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        refuse_address(self, address)
        return connect_ex(self, address)

    def guarded_getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        refuse(host)
        return getaddrinfo(host, *args, **kwargs)

    socket.socket.connect = guarded_connect  # type: ignore[method-assign,assignment]
    socket.socket.connect_ex = guarded_connect_ex  # type: ignore[method-assign,assignment]
    socket.getaddrinfo = guarded_getaddrinfo
