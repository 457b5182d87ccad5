"""How citations and contacts are put into words, the same on every platform: grades, places, numbers.

Renderers decide what these lines look like, never what they say.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot import sentences
from bot.answer import Citation, Counterpart
from corpus.directory import Contact
from corpus.directory.languages import language_named

SUMMARY_MARK = "要約"
UNCONFIRMED_MARK = "未確認"


def marks(citation: Citation) -> tuple[str, ...]:
    """What is said of a passage at once: its grade, and 要約 or 未確認 where that holds."""
    return (
        citation.grade.value,
        *(() if citation.official else (SUMMARY_MARK,)),
        *((UNCONFIRMED_MARK,) if citation.unconfirmed else ()),
    )


def heading(citation: Citation) -> str:
    """Where a passage stands within its document: the heading path, or the title where it has none."""
    return " › ".join(citation.section) or citation.title


def source(citation: Citation) -> str:
    """Title, edition, section number, page and date: "ガイドブック 第8版 1.2 p.4（2026年2月26日時点）"."""
    page = f"p.{citation.page}" if citation.page is not None else ""
    held = f"（{sentences.date_in_words(citation.as_of)}時点）" if citation.as_of else ""
    return " ".join(filter(None, (citation.title, citation.edition, citation.section_id, page))) + held


def links(citation: Citation) -> tuple[tuple[str, str], ...]:
    """Label and address of each link of a passage."""
    if citation.source_url:
        return (
            (sentences.LINK_SUMMARISED, citation.url),
            (sentences.official_page_of(citation.title), citation.source_url),
        )
    return ((sentences.LINK_OFFICIAL, citation.url),) if citation.url else ()


def counterpart(other: Counterpart) -> str:
    """Language code, title, edition and page of the same section in the resident's language."""
    page = f" p.{other.page}" if other.page is not None else ""
    return f"[{other.language}] {other.title} {other.edition}{page}"


def number(contact: Contact) -> str:
    """The number to call, with its extension."""
    return " ".join(filter(None, (contact.number, contact.extension)))


def details(contact: Contact) -> str:
    """All else of a contact in one line: further numbers, what for, hours, languages, the edition it comes from."""
    held = f"{sentences.date_in_words(contact.as_of)}時点" if contact.as_of else sentences.UNDATED_CONTACT
    spoken = "、".join(_language_name(code) for code in contact.languages)
    return "／".join(filter(None, (*contact.other_numbers, contact.why, contact.hours, spoken, contact.edition, held)))


def _language_name(code: str) -> str:
    language = language_named(code)
    return language.name if language else code


#: Ends a passage that was cut because the platform takes no longer messages.
CONTINUED = "…（続きは資料で）"

#: Ends any other text that was cut.
SHORTENED = "…（以下省略）"

#: Beside the title of what a platform cannot fold, where passages stand in it.
FOLDED = "（ここでは出典だけを示します。本文は資料で読めます）"

#: Stands above what only one person gets, where the platform shows it to them elsewhere.
ONLY_YOU = "チャネルでのご質問について、あなただけにお送りしています。"

#: On the button that opens a document, and how long it does so where anybody could open it who has the address.
OPEN_FILE = "PDFを開く"
FILE_KEPT = "お渡しから1週間開けます。その前でも、照会が終わると開けなくなります。"

#: Beside the title of a document that cannot be handed over.
NO_FILE = "PDFは、ここではお渡しできません。文章のほうをお使いください。"

#: Under a field that may not stay empty.
FILL_IN = "入力してください。"
CHOOSE = "選んでください。"
ENTER_DATE = "日付を入れてください。"

#: Where something broke at once, and nothing is owed.
TRY_AGAIN = "うまく処理できませんでした。お手数ですが、もう一度お試しください。"

#: While an answer is under way.
SEARCHING = "資料を調べています…"

#: On what only wants to be read.
NOTE_TITLE = "お知らせ"
CLOSE = "閉じる"

#: Pages shown to whoever adds the assistant to a workspace.
INSTALLED = "追加できました。Slackに戻ってお使いください。"
NOT_INSTALLED = "追加できませんでした。はじめからもう一度お試しください。"

#: How many of the parts left out are named.
_NAMED = 10


def left_out(names: Sequence[str]) -> str:
    """Which parts of a message are not shown because it would be too long.

    Args:
        names: what stands above each of them, in order.
    """
    more = f"、ほか{len(names) - _NAMED}件" if len(names) > _NAMED else ""
    return "長すぎるため、次の内容は表示していません：" + "、".join(names[:_NAMED]) + more
