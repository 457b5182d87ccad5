"""Documents as small as they come: what matters is where they go."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.documents import File
from bot.posts import Document, Post

TITLE = "照会 12 の引継票（PDF）"


@dataclass
class FakeDocuments:
    """Files of a few bytes, and addresses that nobody serves; those in `ended` are not to be had any more."""

    public_url: str = "https://madoguchi.example"
    ended: set[str] = field(default_factory=set)

    async def file(self, document: Document) -> File | None:
        return None if document.referral in self.ended else File("referral-12.pdf", content_of(document))

    async def address(self, document: Document) -> str:
        return f"{self.public_url}/sheets/{document.referral}" if self.public_url else ""


def content_of(document: Document) -> bytes:
    """What is in the file."""
    return b"%PDF-1.4 " + document.referral.encode()


def handing_over(referral: str) -> Post:
    """A post that is nothing but a document."""
    return Post(blocks=(Document(TITLE, referral),), summary=TITLE)
