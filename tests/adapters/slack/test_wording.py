from __future__ import annotations

import pytest

from adapters.slack.wording import mentions, plain

BOT = "U0BOT0001"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("<@U0BOT0001> 在留カード", "在留カード"),
        ("在留カードの <@U0BOT0001> 再交付", "在留カードの 再交付"),
        ("<@U0BOT0001>在留カード", "在留カード"),
        ("<@U0BOT0001|madoguchi>、在留カード", "在留カード"),
        ("<@U0BOT0001>", ""),
        ("<@U0BOT00012> 在留カード", "@U0BOT00012 在留カード"),
        ("<@U0TANAKA1|tanaka> さんから", "@tanaka さんから"),
        ("<#C0MADO001|soudan> に書きました", "#soudan に書きました"),
        ("<#C0MADO001> です", "#C0MADO001 です"),
        ("<!subteam^S0TEAM001|@madoguchi-han> へ", "@madoguchi-han へ"),
        ("<!here> だれか", "@here だれか"),
        ("<!date^1392734382^{date}|2014年2月18日> まで", "2014年2月18日 まで"),
        ("<https://www.moj.go.jp/?a=1&amp;b=2|入管庁> のページ", "入管庁 のページ"),
        ("<https://www.moj.go.jp/?a=1&amp;b=2>", "https://www.moj.go.jp/?a=1&b=2"),
        ("<mailto:a@example.jp|a@example.jp>", "a@example.jp"),
        ("<tel:0353633013|03-5363-3013>", "03-5363-3013"),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 < 2 && 3 > 2"),
        ("&amp;lt;", "&lt;"),
        (":yen: いくら？", ":yen: いくら？"),
        ("一行目\n二行目", "一行目\n二行目"),
        ("書類\x00\ud83d", "書類"),
    ],
)
def test_markup_becomes_what_people_read(written: str, said: str) -> None:
    assert plain(written, BOT) == said


def test_only_the_assistants_own_mention_is_one() -> None:
    assert mentions("在留 <@U0BOT0001>", BOT)
    assert mentions("<@U0BOT0001|madoguchi>", BOT)
    assert not mentions("<@U0BOT00012> @U0BOT0001 &lt;@U0BOT0001&gt;", BOT)
    assert not mentions("<@> だれ", "")
