"""The mails that the served site has sent, from the folder it writes them to."""

import email
import re
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

_BETWEEN = b"-" * 79 + b"\n"


@dataclass(frozen=True)
class Mailbox:
    folder: Path

    def last(self, to: str, about: str = "") -> EmailMessage:
        """The latest mail to somebody whose subject has these words."""
        fitting = [m for m in self.all() if to in m["To"] and about in m["Subject"]]
        assert fitting, f"no mail to {to} about “{about}”: {[m['Subject'] for m in self.all()]}"
        return fitting[-1]

    def all(self) -> list[EmailMessage]:
        """Every mail, the oldest first."""
        files = sorted(self.folder.glob("*.log"), key=lambda file: file.stat().st_mtime_ns)
        parts = (part for file in files for part in file.read_bytes().split(_BETWEEN))
        return [email.message_from_bytes(part, policy=default) for part in parts if part.strip()]


def words_of(mail: EmailMessage) -> str:
    return mail.get_content()


def link_in(mail: EmailMessage, part: str) -> str:
    """The address in a mail that has `part` in its path."""
    return re.search(rf"https?://\S*{part}\S*", words_of(mail))[0]
