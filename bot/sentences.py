"""Every sentence that users see in an answer, in polite plain Japanese.

They stand in one place so that one person can read them all, and so that the page, the terminal, Slack
and Teams say the same.
"""

from __future__ import annotations

CERTAIN = "確実"
REFERENCE = "参考"

HEADLINE_CERTAIN = "資料に次のように書かれています。"
HEADLINE_REFERENCE = "資料に、関係がありそうな記述があります。原文を確かめてください。"
HEADLINE_UNDATED = "資料に次のように書かれていますが、いつの時点の内容か分かりません。原文を確かめてください。"
HEADLINE_UNCONFIRMED = "資料に次のように書かれていますが、まだ確かめられていません。このまま案内しないでください。"
HEADLINE_NOT_FOUND = "資料には見当たりません。"
HEADLINE_EMPTY = "質問を入力してください。"

NEXT_STEP_EMPTY = "知りたいことを、ふだんの言葉で入力してください。例：在留カードをなくしたときは？"
IN_JAPANESE = (
    "質問は日本語で入力してください。ほかの言語やローマ字では、見つからないことがあります。(Please ask in Japanese.)"
)
NEXT_STEP_REPHRASE = "別の言葉で聞き直すと、見つかることがあります。"

SHORTENED = "長い文章のため、初めと終わりの部分だけで探しました。聞きたいことを短く書くと、より正確に探せます。"

SUMMARY = "「要約」の印があるものは、公式の文章ではなく要約です。手続の前に、公式の資料で確かめてください。"
#: For who looks after this machine; in Slack and Teams nobody could do it.
SUMMARY_REPLACED = "公式のPDFを加えると、原文から答えます（コマンド：madoguchi corpus add ファイル名.pdf）。"
UNCONFIRMED = "未確認：責任のある機関の資料で確かめられていません。このまま案内しないでください。"

LINK_OFFICIAL = "資料の公式ページ"
LINK_SUMMARISED = "要約のもとにした資料"
UNDATED_CONTACT = "時点不明"

NEAREST = "近い内容の箇所（答えではありません）"

BROKEN = "申し訳ありません。システムに問題が起きて、答えられませんでした。"
NEXT_STEP_BROKEN = "もう一度お試しください。お急ぎのときは、次の窓口へお電話ください。"
TOO_LONG = "質問が長すぎて、受け取れませんでした。"
NEXT_STEP_TOO_LONG = "聞きたいことを短く書いて、もう一度お試しください。"

TAKING_IN = "資料が変わったので、取り込んでいます。少し待ってから、もう一度調べてください。"
OUTDATED = (
    "資料が変わりましたが、取り込めませんでした。変わる前の内容を表示しています。"
    "電話番号や期限は、案内の前に確かめてください。"
)
TAKEN_IN = "資料の変更を取り込みました。"
NO_SUCH_PAGE = "このページはありません。"

#: Questions to try on the first page; all within the embedded corpus.
EXAMPLES = (
    "在留カードをなくしたときは、どうすればいいですか",
    "子どもが生まれたら、どんな手続が必要ですか",
    "会社をやめたら健康保険はどうなりますか",
    "外国の運転免許を日本の免許に切りかえたい",
    "札幌の入管の受入環境調整担当官に電話したい",
    "会社が残業代を払ってくれません",
)

URGENT_VIOLENCE = "いま危険があるときは、すぐに110番（警察）へ電話してください。けががあるときは119番です。"
URGENT_CHILD = "子どもの安全が心配なときは、迷わず電話してください。いま危険があるときは110番（警察）です。"
URGENT_LIFE = "命の危険があるときは、すぐに119番（救急）へ電話してください。ひとりにせず、そばにいてください。"
URGENT_FIRE = "火事、急な病気、大きなけがのときは、すぐに119番へ電話してください。事件・事故は110番（警察）です。"
URGENT_DISASTER = (
    "まず身の安全を確保し、市区町村の避難の案内に従ってください。火事・けがは119番、事件・事故は110番です。"
)


def date_in_words(iso: str) -> str:
    """A date as exact as it is known: "2026-02-26" is 2026年2月26日, "2024" is 2024年.

    Args:
        iso: year, month and day, or fewer, joined by "-".

    Returns:
        The date in Japanese; text of another form comes back as it is.
    """
    parts = iso.split("-")
    if not all(part.isdigit() for part in parts):
        return iso
    return "".join(f"{int(part)}{unit}" for part, unit in zip(parts, "年月日", strict=False))


def no_counterpart(language: str) -> str:
    """That the answer can be shown in Japanese only.

    Args:
        language: name of the resident's language in Japanese.
    """
    return f"この内容の{language}の版は、まだ入っていません。日本語で表示しています。"


def next_step_not_found(office: str, department: str) -> str:
    """What to do when the documents do not say, and the bureau in charge is known.

    Args:
        office: name of the bureau or branch.
        department: where its coordinator sits, or "".
    """
    where = f"{office}（{department}）" if department else office
    return f"{where}の受入環境調整担当官に相談できます。{NEXT_STEP_REPHRASE}"


def next_step_without_prefecture(centre: str) -> str:
    """What to do when the documents do not say, and no prefecture is known.

    Args:
        centre: name of the national centre to call (FRESC).
    """
    return (
        f"{centre}に相談できます。都道府県を選ぶと、担当する地方出入国在留管理局の連絡先を表示します。"
        f"{NEXT_STEP_REPHRASE}"
    )


def official_page_of(title: str) -> str:
    """Label of the link to a document's official page.

    Args:
        title: title of the document.
    """
    return f"{title}の公式ページ"
