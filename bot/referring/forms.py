"""What the forms of a referral share: how they are done, what comes back with them, and what an author has seen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot import preview_talk as words
from bot.incoming import Submitted
from bot.ports import Work
from bot.posts import Text, TextInput
from bot.reactions import Reaction
from bot.referring.gate import new_labels

#: What is left to do of a form once the slow part is done: quick, within the unit of work in which it was claimed.
Deed = Callable[[Work], Awaitable[Reaction]]

#: Longest lists of further words to mask, and of those to keep, in characters.
_FURTHER, _KEPT = 500, 200

#: What the platform with the least room shows of what is said with a step, beside what it replies to, in bytes.
ROOM = 6_800
#: Bytes that a line of a text costs on the platform with the least room, beside its letters.
_BYTES_OF_LINE = 90


def is_shown_whole(texts: Sequence[str], room: int) -> bool:
    """Whether a preview has room for texts, which masking may have made longer: what is cut short was not seen.

    Args:
        texts: what would leave.
        room: what the preview has, in bytes as UTF-8.
    """
    return sum(len(text.encode(errors="surrogatepass")) + _BYTES_OF_LINE * text.count("\n") for text in texts) <= room


@dataclass(frozen=True, slots=True)
class Seen:
    """What a preview carries: whose it is, and what its author has seen.

    Args:
        referral: id of the referral.
        step: what the preview is of; "" for a draft.
        version: the referral's when it was shown.
        digest: of what was shown, as `digest` makes it; "" where nothing was shown yet.
    """

    referral: str
    step: str = ""
    version: int = 0
    digest: str = ""

    @property
    def state(self) -> str:
        """The same as a form's state."""
        return json.dumps([self.referral, self.step, self.version, self.digest])


def seen_in(state: str) -> Seen:
    """What a form's state says; nothing at all where it was damaged or forged into another shape.

    Args:
        state: as `Seen.state` wrote it, or anything.
    """
    try:
        referral, step, version, digest_ = json.loads(state)
        return Seen(str(referral), str(step), int(version), str(digest_))
    except (ValueError, TypeError, OverflowError, RecursionError):
        return Seen("")


def digest(*parts: str | Sequence[str]) -> str:
    """What tells two previews apart.

    Args:
        parts: all that would leave, and all that the author asked for.
    """
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def said_in(submitted: Submitted, limit: int) -> str:
    """What is said with a step, as long as it may be; the preview shows what that is.

    Args:
        submitted: a step's form as it was sent.
        limit: the field's, in characters: platforms keep to it, other programs may not.
    """
    return chosen(submitted, "text")[:limit].strip()


def chosen(submitted: Submitted, name: str) -> str:
    """The value of a field, or "".

    Args:
        submitted: a form as it was sent.
        name: the field's.
    """
    return next(iter(submitted.values.get(name, ())), "").strip()


def further_words(submitted: Submitted) -> tuple[str, ...]:
    """The words that the author wants masked too.

    Args:
        submitted: a preview as it was sent.
    """
    return _lines(submitted, "further", _FURTHER)


def kept_words(submitted: Submitted) -> tuple[str, ...]:
    """The words that the author wants to stay.

    Args:
        submitted: a preview of the bureau's as it was sent.
    """
    return _lines(submitted, "kept", _KEPT)


def _lines(submitted: Submitted, name: str, limit: int) -> tuple[str, ...]:
    lines = (line.strip() for line in chosen(submitted, name)[:limit].splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))


def further_input(further: Sequence[str]) -> TextInput:
    """The field for them.

    Args:
        further: the words so far.
    """
    return _words_input("further", words.FURTHER, further, _FURTHER, words.FURTHER_HINT)


def kept_input(kept: Sequence[str]) -> TextInput:
    """The field for words that stay.

    Args:
        kept: the words so far.
    """
    return _words_input("kept", words.KEPT, kept, _KEPT, words.KEPT_HINT)


def _words_input(name: str, label: str, so_far: Sequence[str], limit: int, hint: str) -> TextInput:
    """A field for words, one a line."""
    return TextInput(
        name=name, label=label, value="\n".join(so_far), lines=True, required=False, limit=limit, hint=hint
    )


def missing_blocks(missing: Sequence[str]) -> Sequence[Text]:
    """What the author is told of words that were not found, or nothing.

    Args:
        missing: as `bot.referring.gate.missing` finds them.
    """
    return (Text(words.not_in_the_text(missing)),) if missing else ()


def kept_blocks(missing: Sequence[str], hidden: Sequence[str]) -> Sequence[Text]:
    """What the author is told of words that should have stayed, or nothing.

    Args:
        missing: those that were not found, as `bot.referring.gate.missing` finds them.
        hidden: those that are masked all the same, as the gate tells.
    """
    return (
        *((Text(words.not_to_be_kept(missing)),) if missing else ()),
        *((Text(words.still_hidden(hidden)),) if hidden else ()),
    )


def label_blocks(before: Sequence[str], text: str) -> Sequence[Text]:
    """What the author is told of labels that were not there before, or nothing.

    Args:
        before: the story's earlier texts, masked.
        text: what would leave.
    """
    new, known = new_labels(before, text)
    return (Text(words.new_labels(new, known)),) if new else ()
