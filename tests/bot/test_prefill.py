"""What a thread says plainly stands in the form; what may mean something else does not."""

from __future__ import annotations

import pytest

from bot import drafting_talk as words
from bot.referrals import Intake
from bot.referring.prefill import told_plainly
from corpus import directory

KNOWN = directory.load()


def told(*texts: str) -> Intake:
    return told_plainly(Intake(question="更新は？"), texts, KNOWN)


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("技能実習２号の方が転職したいそうです。", "training"),
        ("技能実習2号ロ、ベトナム語", "training"),
        ("技能実習生が会社の寮を出されました", "training"),
        ("技能実習から特定技能に変更したい", "training"),
        ("留学で来ています。アルバイトは何時間まで？", "student"),
        ("留学生のアルバイト", "student"),
        ("在留資格「留学」の更新に必要な書類", "student"),
        ("在留資格は介護です", "work"),
        ("技術・人文知識・国際業務で働いています", "work"),
        ("技人国ビザのネパール人", "work"),
        ("特定技能1号で働いている人です", "skilled"),
        ("日本人の配偶者等で在留中です", "family"),
        ("永住者の方の再入国許可", "family"),
        ("特別永住者の方の証明書", "special"),
        ("家族滞在の方です。夫は永住者です。", "dependent"),
        ("短期滞在で来ている母です", "short"),
        ("在留期限がもう過ぎています", "none"),
        ("オーバーステイの方が出頭したい", "none"),
        ("在留資格：定住者", "family"),
    ],
)
def test_the_status_that_somebody_has(text: str, group: str) -> None:
    assert told(text).status == words.STATUSES[group]


@pytest.mark.parametrize(
    "text",
    [
        "永住者になりたい",
        "特定技能1号に変更したい",
        "特定技能の試験はどこで受けますか",
        "留学の手続き",
        "介護の方が相談に来た",
        "教育の人です",
        "夫は永住者です",
        "永住者の方と結婚しました",
        "永住者の配偶者の子どもです",
        "永住者の妻です",
        "特定技能で働きたい",
        "元技能実習生です",
        "技能実習生になりたい",
        "在留資格は留学ですか",
        "在留資格を留学に変更したい",
        "在留資格「介護」の要件",
        "オーバーステイになったらどうなりますか",
        "在留期限が過ぎているかどうか分からない",
        "留学生です。家族滞在の方もいます。",
        "",
    ],
)
def test_a_status_that_is_wanted_or_somebody_elses_or_one_of_two_is_none(text: str) -> None:
    assert told(text).status == ""


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ベトナム語しか話せない方です", "ベトナム語"),
        ("ベトナム語の通訳が必要です", "ベトナム語"),
        ("母語：ネパール語", "ネパール語"),
        ("母語はクメール語です", "カンボジア語"),
        ("英語で対応してほしい", "英語"),
        ("やさしい日本語での対応", "やさしい日本語"),
        ("中国語（簡体字）での相談", "中国語（簡体字）"),
        ("タガログ語を話します", "タガログ語"),
    ],
)
def test_the_language_that_somebody_speaks(text: str, language: str) -> None:
    assert told(text).language == language


@pytest.mark.parametrize(
    "text",
    [
        "ベトナム語の出生証明書を翻訳したい",
        "ベトナム人の方です",
        "英語を話せません",
        "英語が話せない方です",
        "日本語の通訳",
        "日本語を話します",
        "会社の上司が英語を話します",
        "英語の通訳は不要です",
        "母語は英語ではありません",
        "英語の通訳か、中国語の通訳",
        "タイ語のパンフレットはありますか",
    ],
)
def test_a_language_that_nobody_speaks_or_somebody_else_does_or_one_of_two_is_none(text: str) -> None:
    assert told(text).language == ""


@pytest.mark.parametrize(
    ("text", "tried"),
    [
        ("月～金に①ハローワーク（新宿）へ相談しました。", "月～金に①ハローワーク（新宿）へ相談しました"),
        ("㈱みどりが入管にﾃﾞﾝﾜで確認しましたが、返事がない", "㈱みどりが入管にﾃﾞﾝﾜで確認しました"),
        ("失業しました。ハローワークに相談済み", "ハローワークに相談済み"),
        ("ハローワークに相談済みですが、断られました", "ハローワークに相談済み"),
        ("昨日、入管に電話しました。", "入管に電話しました"),
        ("市役所の窓口にも確認したが、分からないと言われた", "市役所の窓口にも確認した"),
        ("労基署へすでに相談しています", "労基署へすでに相談しています"),
    ],
)
def test_what_was_tried(text: str, tried: str) -> None:
    assert told(text).tried == tried


@pytest.mark.parametrize(
    "text",
    [
        "ハローワークに相談したほうがいいですか",
        "入管に電話したい",
        "会社に確認したら怒られますか",
        "市役所に相談しましたか",
        "入管に申請しますか",
        "労基署に相談していません",
        "ハローワークに相談済みでない場合",
        "友人に相談しました",
        "14日以内に申請した",
    ],
)
def test_what_was_not_done_or_is_no_office_was_not_tried(text: str) -> None:
    assert told(text).tried == ""


def test_what_was_said_anywhere_in_the_thread_counts_once() -> None:
    intake = told("入管に電話しました", "技能実習2号の方です", "ベトナム語の通訳が要る。入管に電話しました")
    assert intake == Intake(
        question="更新は？", status=words.STATUSES["training"], language="ベトナム語", tried="入管に電話しました"
    )
