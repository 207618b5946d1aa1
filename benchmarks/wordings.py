"""The words of synthetic plans: titles, activities, boilerplate, look-alikes, paraphrases.

None of the templates holds a handle of ``ontology/``, so that what two texts share of the
schemes comes from what is put into the templates.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = [
    "ACTIVITIES", "BOILERPLATE", "BULLETS", "DECOYS", "FILLERS", "GOALS", "GROUPS", "HEADINGS",
    "PLACES", "TITLES", "TOPICS", "Decoy", "paraphrases",
]  # fmt: skip

#: Titles of measures; administrative filler around the work itself.
TITLES = (
    "{x}の推進", "{x}の充実", "{x}の促進", "{x}の強化", "{x}に向けた仕組みづくり",
    "{x}の支援", "{x}を支える環境づくり", "{x}の拡充", "{x}に関する対応の充実",
    "{x}に向けた環境の整備",
)  # fmt: skip

#: Sub-headings and bullets of plans that name no actor.
BULLETS = (
    "{x}に向けた仕組みの検討", "{x}の周知", "{x}に関わる団体への後押し", "{x}の現状の調査",
    "{x}を広げるための働きかけ", "{x}に携わる人への研鑽の機会",
)  # fmt: skip

#: Kind of actor → activities of that actor.
ACTIVITIES = {
    "citizen": (
        "{x}に関心を持つ", "{x}について家族で話し合う", "{x}で気付いたことを伝える",
        "{x}に一人でもできることから加わる",
    ),
    "community": (
        "{x}を皆で手伝う", "{x}に役立つ集まりを開く", "{x}の様子を回って確かめる",
        "{x}のために声を掛け合って動く",
    ),
    "business": (
        "{x}に力を貸す", "{x}について働き手に知らせる", "{x}に物や人手を出す",
        "{x}に本業の知恵を生かす",
    ),
    "government": (
        "{x}の仕組みを整える", "{x}について広く知らせる", "{x}に要る経費を確保する",
        "{x}の担当を決めて応じる",
    ),
    "council": (
        "{x}を後押しする", "{x}に関わる人どうしを結ぶ", "{x}の手引きを作って配る",
        "{x}に当たる人を送り出す",
    ),
}  # fmt: skip

#: What many plans print nearly word for word; it says nothing of the measure it stands under.
BOILERPLATE = (
    "制度・分野ごとの「縦割り」や「支え手」「受け手」という関係を超えて、地域住民や地域の多様な主体が"
    "参画し、人と人、人と資源が世代や分野を超えてつながることで、住民一人ひとりの暮らしと生きがい、"
    "地域をともに創っていく社会を目指します。",
    "少子高齢化や人口減少、価値観の多様化などにより、地域を取り巻く状況は大きく変わっています。",
    "関係機関と連携しながら、総合的かつ計画的に各種の取組を推進してまいります。",
    "国や北海道の動向を踏まえ、必要に応じて内容を見直しながら着実に推進します。",
)

#: Wordings of goals; the target group of a goal is put in.
GOALS = (
    "健やかに過ごせる日々", "手を携えるまち", "次へ受け渡す暮らし", "笑顔の増えるまち",
    "明日へ続く暮らし", "心の通うまち", "実りある毎日", "根を下ろせるまち",
)  # fmt: skip

#: Target group → the word by which goals and measures name it.
GROUPS = {
    "tourists": "観光客", "workers": "働く人", "students": "学生", "carers": "家族介護者",
    "young-people": "若い世代", "foreign-residents": "外国人住民", "volunteers": "ボランティア",
    "women-and-men": "男女", "children": "子ども", "elderly": "高齢者",
}  # fmt: skip

#: Titles of measures that are only there to hold parts.
HEADINGS = (
    "日々の備え", "人の輪", "まちの土台", "毎日の安らぎ", "手と手", "次の十年", "身の回り",
    "力の結集", "朝から夜まで", "四季の暮らし",
)  # fmt: skip

#: Work that no theme of the scheme stands for.
TOPICS = (
    "水道管の更新", "橋りょうの点検", "墓地の管理", "犬の登録", "入札の改善", "税の収納",
    "選挙の執行", "統計の調査", "測量図の更新", "河川敷の草刈り", "港湾のしゅんせつ",
    "漁場の調査", "林道の補修", "古文書の整理", "公印の管理", "鳥獣の捕獲", "牧草地の管理",
    "街路樹のせん定", "噴水の修理", "時計台の補修", "土地の境界の確認", "火葬炉の改修",
    "ため池の改修", "温泉の泉源の管理", "市章の使用の許可", "標識の更新", "砂利の採取の届出",
    "計量器の検査", "側溝の清掃", "灯台の一般公開",
)  # fmt: skip
PLACES = (
    "北通り", "南通り", "港町", "本町", "川上", "川下", "山手", "浜辺", "旧市街", "新開地",
    "東台", "西台", "橋本", "坂下", "坂上", "駅前", "峠下", "沖島", "中州", "岬",
)  # fmt: skip


@dataclass(frozen=True)
class Decoy:
    """Two kinds of work that look alike; ``None`` is work that no theme stands for."""

    theme_a: str | None
    words_a: str
    theme_b: str | None
    words_b: str


DECOYS = (
    Decoy("crime-prevention", "防犯体制", "recidivism-prevention", "再犯防止体制"),
    Decoy("living-information", "情報ネットワーク", "watch-network", "見守りネットワーク"),
    Decoy("daily-life-independence", "日常生活自立支援事業",
          "self-reliance-support", "自立した暮らしへの支援"),
    Decoy("disability-independence", "障がい者の自立支援事業",
          "self-reliance-support", "生活困窮者の自立支援事業"),
    Decoy("disaster-preparedness", "防災体制", "crime-prevention", "防犯体制"),
    Decoy("child-poverty", "子どもの学習支援", "japanese-learning", "日本語の学習支援"),
    Decoy("consultation-desks", "福祉の相談窓口", "consumer-protection", "消費生活相談の窓口"),
    Decoy("road-safety", "交通安全の確保", "transport", "交通手段の確保"),
    Decoy("suicide-prevention", "自殺対策の計画的な取組",
          "vacant-houses", "空き家対策の計画的な取組"),
    Decoy("housing-support", "居住支援の仕組み", "employment-support", "就労支援の仕組み"),
    Decoy("community-events", "地域の交流の場づくり",
          "intercultural-exchange", "国際交流の場づくり"),
    Decoy("community-base", "地域活動の拠点づくり", "tourism", "観光の拠点づくり"),
    Decoy("care-prevention", "介護予防教室の開催", "crime-prevention", "防犯教室の開催"),
    Decoy("financial-base", "財政基盤の整備", "long-term-care", "介護基盤の整備"),
)  # fmt: skip
#: Titles of decoys that share nothing but filler, around work of no theme.
FILLERS = (
    "{x}を通じた活力ある地域づくりの推進", "{x}による安全な地域づくりの推進",
    "{x}のための体制づくりの充実", "{x}に向けた仕組みづくりの推進",
)  # fmt: skip


@cache
def paraphrases() -> dict[str, tuple[str, ...]]:
    """Return slug of a theme → wordings of it that hold no handle of the schemes."""
    path = Path(__file__).resolve().parent / "paraphrases.tsv"
    found: dict[str, list[str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            found.setdefault(row["theme"], []).append(row["paraphrase"])
    return {theme: tuple(words) for theme, words in found.items()}
