"""Every sentence of a preview, on either side, that is about single words: masked ones, kept ones, new labels."""

from __future__ import annotations

from collections.abc import Sequence

FURTHER = "ほかに伏せる語"
FURTHER_HINT = "1行に1つずつ。入力すると、伏せた文をもう一度お見せします。"
KEPT = "伏せずに残す語（役所の電話番号など）"
KEPT_HINT = "1行に1つずつ、文中の書き方のとおりに。入力すると、もう一度お見せします。"

#: Of words that were entered so many are named, and of each so many characters; and so many labels.
_NAMED, _LETTERS, _LABELS = 3, 12, 6


def not_in_the_text(missing: Sequence[str]) -> str:
    """That words to be masked stand nowhere in the text.

    Args:
        missing: the words; not none.
    """
    return f"{_quoted(missing)}は文中に見つかりませんでした。伏せられていない語がないか、下の文を確かめてください。"


def not_to_be_kept(missing: Sequence[str]) -> str:
    """That words to be kept stand nowhere in the text.

    Args:
        missing: the words; not none.
    """
    return f"{_quoted(missing)}は文中に見つかりませんでした。残す語は、文中の書き方のとおりに入力してください。"


def still_hidden(hidden: Sequence[str]) -> str:
    """That words to be kept are masked all the same.

    Args:
        hidden: the words; not none.
    """
    return (
        f"{_quoted(hidden)}は伏せたままです。電話番号や住所などは、初めから終わりまで入力すると残せます。"
        "人の名前や番号と、窓口の文で伏せた語は残せません。"
    )


def new_labels(new: Sequence[str], known: Sequence[str]) -> str:
    """That a text calls something by labels that were not there before.

    Args:
        new: those labels; not none.
        known: labels that were, and may mean the same; not none.
    """
    same = f"前に出てきた人や会社などと同じなら、前の表示（{_some(known)}）で書き直してください。"
    return f"新しい表示：{_some(new)}。{same}"


def _quoted(entered: Sequence[str]) -> str:
    named = "".join(f"「{word[:_LETTERS]}{'…' if len(word) > _LETTERS else ''}」" for word in entered[:_NAMED])
    return f"{named}ほか{len(entered) - _NAMED}語" if len(entered) > _NAMED else named


def _some(labels: Sequence[str]) -> str:
    return "、".join(labels[:_LABELS]) + ("など" if len(labels) > _LABELS else "")
