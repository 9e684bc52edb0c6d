"""A mail server in memory, in place of the one that the sender would reach."""

import pytest


class MailServer:
    """Answers as it is told: exceptions in turn, then it takes what comes."""

    last_reply = "250 2.0.0 Ok"

    def __init__(self) -> None:
        self.taken: list = []
        self.answers: list[Exception] = []
        self.is_up = True

    def open(self) -> None:
        if not self.is_up:
            raise ConnectionRefusedError("nobody listens")

    def close(self) -> None:
        pass

    def send_messages(self, mails) -> int:
        if self.answers:
            raise self.answers.pop(0)
        self.taken += mails
        return len(mails)


def in_place_of_the_real_one(patch: pytest.MonkeyPatch) -> MailServer:
    server = MailServer()
    patch.setattr("notifications.services.sending.get_connection", lambda: server)
    return server
