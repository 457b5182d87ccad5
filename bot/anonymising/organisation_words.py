"""What stands around the names of employers and schools, and what in them is none of a name."""

from __future__ import annotations

import re

from bot.anonymising.wordsets import wordset
from retrieval.names import Sort

FORMS = re.compile(
    r"(?:社会|特定)医療法人|株式会社|有限会社|合同会社|合資会社|合名会社|一般(?:社団|財団)法人|特定非営利活動法人|NPO法人|"
    r"医療法人(?:社団|財団)?|"
    r"社会福祉法人|学校法人|宗教法人|農業生産法人|農事組合法人|\((?:株|有|同|医|福|社|財)\)"
)
SAID = (
    r"(?:名|の名前|の名称|の名)?\s?(?:(?P<sure>[:：=]\s{0,2}[「『]?|\s?[「『]|\t|[ ]{1,3}|\n)|は、?\s?|"
    r"が\s?|→\s?)[「『]?"
    r"(?P<v>[^\s。、,.「」『』()\[\]:/\n][^。、,「」『』()\[\]:/\n]{1,30})"
)
WORKPLACE_SAID = re.compile(
    r"(?:勤務先|勤務場所|勤め先|就労先|就業先|就職先|職場|会社|雇用主|雇用先|所属機関|受入れ?(?:機関|"
    r"企業|会社)|実習実施者|実習先|監理団体|"
    r"前職|現職|前の会社|今の会社|派遣元|派遣先|派遣会社|アルバイト先|バイト先|パート先|事業所|事業者|"
    r"店|使用者|内定先|転職先|しごとの ?ばしょ|かいしゃ|社名)" + SAID
)
SCHOOL_SAID = re.compile(r"(?:学校|在籍校|通学先|在学先|出身校|保育園|幼稚園|大学|所属|がっこう)" + SAID)
WORKS = re.compile(
    r"という(?:会社|店|お店|工場|ところ|企業|[^\s。、]{0,6}?(?:屋|店|機関))|(?:の(?:工場|会社|店|お店|寮|厨房|事務所|"
    r"現場))?(?:という(?:会社|店|工場|ところ))?"
    r"(?:で|に|へ|を|と|から)\s?(?:今|現在|毎日|週\d日|長く|ずっと|フルタイムで|パートで|アルバイトで|"
    r"正社員として|\d年(?:間)?|は|も|、)?\s?"
    r"(?:働|勤|雇|アルバイト|バイト|就職|入社|採用|派遣|パート|転職|退職|解雇|やめ|辞め|クビ|首に|配属|"
    r"内定|夜勤|日勤|レジ|研修|はたら|しごと|仕事|就労|実習)"
    r"|\s?(?:勤務|社員|の(?:バイト|アルバイト|パート|社長|店長|工場長|社員|従業員|実習生|技能実習生|"
    r"期間工|派遣社員|寮|給料|給与|残業|契約社員|パート|正社員|シフト|上司|同僚|人事|担当者|コック|調理|店員|清掃|倉庫|工場|ライン|厨房|ハウス|キッチン|客室|フロント|ピッキング|作業|求人|面接|雇用契約|就業規則))"
)
TELLING = frozenset({Sort.PROPER, Sort.PERSON, Sort.SURNAME, Sort.GIVEN})
#: Behind an ending these make another word of it: 食品業, 警備員, 建設現場.
GOES_ON = re.compile(
    r"[員業者長化車場生卒用品費代税権法士師職]|関係|関連|分野|作業|現場|科|部門|団体|労働|許可|情報|"
    r"センター|協会|機構|財団|学会|振興|見学|工事|加工|機器|教育|区域|以上|程度|相当|入学|就学|給食|"
    r"選択|受験|進学"
)
BRANCH = re.compile(r"[ ]?[一-龥ァ-ヶー]{1,8}?(?:店|支店|工場|営業所|支社|事業所)(?![長員])")
#: Hiragana from the beginning of a line or a clause that ends in no particle: やまと, わかくさ.
KANA_NAME = re.compile(r"(?:^|[\s、。「:(立])(?P<v>[ぁ-ん]{2,6})(?P<more>[一-龥]{0,4})$")
NO_KANA_NAME = re.compile(
    r"[はがをにのでもへや]$|から|まで|より|また|もう|まだ|ような|よう|ため|など|とき|する|した|して|いる|ある|ない|な$|[うくすつぬむるいたかしてりれけ]$"
)
#: 太陽の子, やすらぎの里: what の joins in names.
SOFT = re.compile(r"(?<=の)[子里森丘家星風音木花杜海空](?:どもの家)?$")
KATAKANA_WORD = re.compile(r"[ァ-ヴー]{4,}")
WORD = re.compile(r"[一-龥々ァ-ヶー]{1,16}")
BRANCHES = wordset("支店 本店 売店 開店 閉店 支社 本社 商社 会社 神社 他社 自社 当社 弊社 御社 貴社")
NOT_A_SHOP = re.compile(r"[支本商売開閉入出来お当他各同]$")
FIRST_OF_MANY = wordset("日本 国際 中央 東洋 アジア")
HIGHER = wordset("専門学校 大学 短期大学 学院 高校 高等学校 高等専門学校 大学院")
KATAKANA = re.compile(r"[ァ-ヴー]+")
LONG_ENOUGH = 2
#: These begin many other words: スーパービジョン.
WORDS_TOO = ("スーパー", "クラブ", "バー", "パブ", "カフェ", "スナック", "ラーメン", "コンビニ", "ホテル")
