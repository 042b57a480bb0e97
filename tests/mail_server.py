"""A mail server that speaks SMTP on a port of this machine, and can be switched off and on."""

import socketserver
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread

from tests.servers import free_port


class MailServer:
    """Takes every mail, but none for `refused@example.org`; hangs up after `hangs_up_after` mails, if that is set."""

    def __init__(self) -> None:
        self.port = free_port()
        self.taken: list[EmailMessage] = []
        self.hangs_up_after: int | None = None
        self._server: socketserver.ThreadingTCPServer | None = None

    def switch_on(self) -> None:
        """Listen."""
        made = type("Talking", (_Talking,), {"owner": self})
        self._server = _Server(("127.0.0.1", self.port), made)
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def switch_off(self) -> None:
        """Nobody answers."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def subjects(self) -> list[str]:
        """What was taken, in order."""
        return [str(mail["Subject"]) for mail in self.taken]


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False


class _Talking(socketserver.StreamRequestHandler):
    owner: MailServer

    def handle(self) -> None:
        """One conversation."""
        self.answer("220 here")
        while line := self.rfile.readline():
            word = line[:4].upper().strip()
            if word == b"DATA":
                self.answer("354 go on")
                self.take()
                if self.owner.hangs_up_after == len(self.owner.taken):
                    return
            elif word == b"QUIT":
                self.answer("221 goodbye")
                return
            elif word == b"RCPT" and b"refused@" in line:
                self.answer("550 no such user")
            else:
                self.answer("250 yes")

    def take(self) -> None:
        """A mail, up to the line with a dot alone."""
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        found = message_from_bytes(b"".join(lines), policy=policy.default)
        assert isinstance(found, EmailMessage)
        self.owner.taken.append(found)
        self.answer("250 taken")

    def answer(self, line: str) -> None:
        """One line."""
        self.wfile.write(f"{line}\r\n".encode())
