"""E-mail addresses, links that lead to a person, account names, IP addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.anonymising import printed
from bot.anonymising.kinds import Kind, Span, spans_of

_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])(?:[A-Za-z0-9_%+-]{1,30} \. "
    r"){0,3}[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}(?:@| @ |\s?[\[(](?:at|アット)[\])]\s?|"
    r"\s(?:at|アット)\s(?=[A-Za-z0-9-]{1,40}(?:\s(?:dot|ドット)\s|\.[a-z]{2,6}(?![a-z]))))"
    r"(?:[A-Za-z0-9-]{1,63}(?:\s?\.\s?|\s?[(]?(?:dot|ドット)[)]?\s?|,(?=(?:com|jp|net|org|ne|co)(?![A-Za-z])))){1,5}[A-Za-z]{2,24}(?![A-Za-z0-9])"
)
#: hxxp://…[.]top: as people write a link that nobody shall open by mistake.
URL = re.compile(r"(?:h(?:tt|xx)ps?://|www\.)(?:[A-Za-z0-9./?=&%#:@~_+,;!$'*()-]|\[\.\])+(?<![.,;:!?)'])")
#: Links that begin with the host itself, as people type them.
_BARE = re.compile(
    r"(?<![A-Za-z0-9./@-])(?:[a-z]{1,3}\.)?(?:facebook|instagram|twitter|x|tiktok|linkedin|line|wa|t|m|zalo|vk|note)"
    r"\.(?:com|me|ee|mu)/[A-Za-z0-9._~/@=?&%+-]{2,80}(?<![.,])"
)
#: A page of any host, without the scheme: bayarmaa-nikki.example/about.
_PAGE = re.compile(
    r"(?<![A-Za-z0-9./@_-])(?:[A-Za-z0-9-]{2,40}\.){1,4}[a-z]{2,10}/[A-Za-z0-9._~/@=?&%+#-]{1,80}(?<![.,])"
)
_PERSONAL = re.compile(
    r"[?&](?:[a-z_]*id|user[a-z]*|name|mail|email|token|code|no|number|uid|account|key|tel|phone)=[^&#]+"
    r"|/(?:users?|profiles?|members?|people|u|id|accounts?|mypage|customers?)/[^/?#]+|/(?:applications?|"
    r"cases?|orders?)/\d+|/~\w+|@",
    re.IGNORECASE,
)
#: Offices, municipalities, foundations, universities, and the tests that residents sit for. Any other page may lead to
#: somebody: a shop, a portfolio, a flat.
_PUBLIC = re.compile(
    r"^(?:h(?:tt|xx)ps?://)?(?:[A-Za-z0-9-]+\.)*(?:(?:go|lg|or|ac|ed)\.jp|(?:pref|metro|city|town|vill)\.[a-z0-9.-]+\.jp|"
    r"jlpt\.jp|iom\.int|unhcr\.org|un\.org)(?:[:/?#]|$)",
    re.IGNORECASE,
)
_ACCOUNT_NAME = r"[A-Za-z0-9_.@-]"
_SERVICE = (
    r"LINE|ライン|Facebook|フェイスブック|FB|Messenger|Instagram|インスタ(?:グラム)?|Insta|WeChat|Weixin|微信|"
    r"WhatsApp|"
    r"ワッツアップ|Telegram|Zalo|ザロ|KakaoTalk|カカオ(?:トーク)?|카카오톡|Viber|バイバー|TikTok|"
    r"ティックトック|Twitter|"
    r"ツイッター|Skype|スカイプ|Discord|QQ|Weibo|Snapchat|Signal|IMO|SNS"
)
_NAMED_ACCOUNT = re.compile(
    rf"(?<![A-Za-zァ-ヴー])(?:{_SERVICE})(?:の)?\s*+(?:ID|アイディー|アカウント(?:名)?|名|交換|登録|account|"
    rf"username|user|"
    rf"name|号)?(?:\s*+[(（]?ID[)）]?)?"
    rf"\s*+(?:は|が|[:：=「『(]|\bis\b|-\s){{1,2}}\s*+(?P<v>@?[A-Za-z0-9_]{_ACCOUNT_NAME}{{2,39}})(?<![.-])",
    re.IGNORECASE,
)
_SPACED_ACCOUNT = re.compile(
    rf"(?<![A-Za-zァ-ヴー])(?:{_SERVICE})\s*+(?:ID|アカウント(?:名)?|account|号)\s*+[\[「]?\s*+"
    rf"(?P<v>@?[A-Za-z0-9_](?=[A-Za-z_.@-]*[0-9_.])(?:{_ACCOUNT_NAME}){{2,39}})(?<![.-])",
    re.IGNORECASE,
)
#: Messenger tom.nguyen.33: with nothing between, what has a point, a line or a figure in it.
_BESIDE = re.compile(
    rf"(?<![A-Za-zァ-ヴー])(?:{_SERVICE})[ :]{{0,2}}(?P<v>[a-z][a-z0-9]{{1,20}}(?:[._][a-z0-9]+|"
    rf"\d)[a-z0-9._]{{0,20}})(?<![.])"
)
_ID = re.compile(
    rf"(?:アカウント(?:名)?|(?<![A-Za-z])ID|ユーザー(?:名|ID)|ログインID|user ?(?:name|id)|login id|"
    rf"account name)\s*(?:は|[:：=]|is)\s*"
    rf"(?P<v>[A-Za-z0-9_]{_ACCOUNT_NAME}{{2,39}})(?<![.-])",
    re.IGNORECASE,
)
_HANDLE = re.compile(
    r"(?<![A-Za-z0-9._/@])@(?!(?:here|channel|everyone|all)\b)[A-Za-z0-9_][A-Za-z0-9_.-]{2,38}[A-Za-z0-9_]"
)
_MENTION = re.compile(r"<@[A-Z0-9]{6,14}(?:\|[^>\n]{1,40})?>")
_IP = re.compile(
    r"(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.])"
    r"|(?<![0-9A-Fa-f:])(?:[0-9A-Fa-f]{1,4}:){3,7}:?(?:[0-9A-Fa-f]{1,4}:){0,4}[0-9A-Fa-f]{1,4}(?![0-9A-Fa-f:])"
)
_IP_SAID = re.compile(
    r"IP\s*(?:アドレス|address)?[^\n\d]{0,8}$|(?:アクセス元|接続元|ログイン)[^\n\d]{0,8}$", re.IGNORECASE
)


def is_personal(url: str) -> bool:
    """Whether a link may lead to a person, or carries what identifies one.

    Args:
        url: the link, with or without its scheme.
    """
    return not _PUBLIC.match(url) or bool(_PERSONAL.search(url))


def find(text: str) -> Iterator[Span | tuple[int, int]]:
    """All of them, the surest first.

    Args:
        text: folded text.

    Yields:
        A span for what is somebody's own; a bare range for an office's address, which must stay.
    """
    for match in URL.finditer(text):
        if is_personal(match[0]):
            yield Span(Kind.URL, *match.span())
    yield from spans_of(text, Kind.URL, _BARE)
    for match in _PAGE.finditer(text):
        if is_personal(match[0]):
            yield Span(Kind.URL, *match.span())
    for match in _EMAIL.finditer(text):
        yield match.span() if match[0].lower() in printed.emails() else Span(Kind.EMAIL, *match.span())
    yield from spans_of(text, Kind.SNS, _NAMED_ACCOUNT, _SPACED_ACCOUNT, _BESIDE, _ID, _MENTION, _HANDLE)
    for match in _IP.finditer(text):
        # 1.2.3.4 is a section as often as a machine; sections count from one and stay small.
        parts = match[0].split(".")
        before = text[max(0, match.start() - 20) : match.start()]
        is_section = len(parts) == 4 and all(int(part) < 30 for part in parts)
        is_time = len(parts) == 1 and "::" not in match[0] and match[0].replace(":", "").isdecimal()
        if _IP_SAID.search(before) or not (is_section or is_time):
            yield Span(Kind.IP, *match.span())
