"""What opens a line: a bullet, a number of any kind, a word with a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from welfaregraph.draft.words import any_of, table
from welfaregraph.text import ascii_digits, number_of

__all__ = [
    "BULLETS",
    "CIRCLED",
    "CLOSING",
    "DECORATION",
    "MANY",
    "OPENING",
    "OWNER",
    "UNIT_OF",
    "Mark",
    "bare_keyword",
    "is_bare_keyword",
    "keywords",
    "level_of",
    "mark_of",
    "opens_level",
    "without_bullet",
]

#: Bullets that open an item. ``*`` and ``-`` only before a blank.
BULLETS = "・･‧•‣∙▪▫◾◽⁃●○〇◯◎◉◇◆□■▢▣▲△▼▽▶▷►▸▹◀◁➢➤➔➜→⇒✓✔☑☆★☺☻☘♦♢♣♠❖❏❐❑❒⚫⚪◦⦿✦✧✿❀❁"
BULLET = re.compile(
    rf"^\s*(?:[{BULLETS}]+|[-*+＊–—－‐](?=[\s\u3000])|[-－–](?=[^\s\d\-－–ー―]))[\s\u3000]*"
)
NOTE = re.compile(r"^\s*(?:※|＊|\*|注\s*[0-9０-９]?[)）:：]|（注）|\(注\))")
CIRCLED = "①-⑳㉑-㉟㊱-㊿❶-❿⓫-⓴➀-➓⓵-⓾"
#: One character for (1) or 1.
ENCLOSED = "⑴-⒛"
ROMAN = r"[Ⅰ-Ⅻⅰ-ⅻ]+|[IVX]+(?![A-Za-z])"
NUMBER = r"[0-9０-９]+"
#: Between the numbers of 1-1, 1－2, 1.3.
HYPHEN = r"\s*[-－‐‑–—―−ー・.．]\s*"
ONE = (
    rf"(?:{NUMBER}|{ROMAN}|[{CIRCLED}{ENCLOSED}]|[一二三四五六七八九十]+|"
    r"[A-HＡ-Ｈ](?![A-Za-z]))"
)
MANY = rf"(?:[(（]?{ONE}[)）]?(?:{HYPHEN}[(（]?{ONE}[)）]?)*)"
OPENING = r"[\[【［〔《〈＜<「『≪\(（]"
CLOSING = r"[\]】］〕》〉＞>」』≫\)）]"
DECORATION = rf"^[\s\u3000{BULLETS}※＊*\-－~～〜＜]*"
#: Whose goal it is: まちの目標１, 地区の目標１.
OWNER = r"[々一-龥ぁ-んァ-ヴー]{1,6}の"
SHAPES = (
    ("chapter", re.compile(rf"^第\s*({ONE})\s*(章|部|編|篇)[\s\u3000:：.．]*(.*)$")),
    ("section", re.compile(rf"^第\s*({ONE})\s*(節|項|款)[\s\u3000:：.．]*(.*)$")),
    (
        "many",
        re.compile(
            rf"^{OPENING}?((?:{NUMBER}|{ROMAN}|[{CIRCLED}])(?:{HYPHEN}[(（]?(?:{NUMBER}|[{CIRCLED}])[)）]?)+){CLOSING}?(?![0-9０-９%％])[\s\u3000.．:：、]*(.*)$"
        ),
    ),
    (
        "many",
        re.compile(rf"^([A-HＡ-Ｈ]{HYPHEN}{NUMBER})(?![0-9０-９])[\s\u3000.．:：]+(\S.*)$"),
    ),
    ("paren", re.compile(rf"^[(（]\s*({NUMBER})\s*[)）][\s\u3000.．:：]*(.*)$")),
    ("paren", re.compile(r"^([⑴-⒇])[\s\u3000.．:：]*(.*)$")),
    ("circled", re.compile(rf"^([{CIRCLED}])[\s\u3000.．:：]*(.*)$")),
    ("roman", re.compile(rf"^({ROMAN})(?:[\s\u3000.．、:：]+|(?=[^\x00-\x7f]))(.*)$")),
    (
        "boxed",
        re.compile(
            rf"^[\[【［〔《〈＜<]\s*({NUMBER}|{ROMAN})\s*[\]】］〕》〉＞>][\s\u3000.．:：]*(.*)$"
        ),
    ),
    (
        "kana-paren",
        re.compile(
            r"^[(（]\s*([ア-ソa-zａ-ｚA-ZＡ-Ｚ一二三四五六七八九十])\s*[)）][\s\u3000]*(.*)$"
        ),
    ),
    ("half-paren", re.compile(rf"^({NUMBER})\s*[)）][\s\u3000]*(.*)$")),
    ("dot", re.compile(rf"^({NUMBER})\s*[.．、](?![0-9０-９])[\s\u3000]*(.*)$")),
    ("space", re.compile(rf"^({NUMBER})[\s\u3000]+(?![0-9０-９])(\D.*)$")),
    ("kana", re.compile(r"^([ア-ソA-ZＡ-Ｚ])(?:[\s\u3000]+|[.．、)）]\s*)(\S.*)$")),
)
HIRAGANA = re.compile(r"[ぁ-ん]")
#: Words that can only go on with a sentence: 施策１では, 基本目標２の実現.
GOES_ON = re.compile(
    r"^(?:では|には|から|まで|および|及び|[、，。のをがはへとに]|で(?=[^き])|・|～|~|〜)"
)
UNIT_OF = re.compile(
    r"^(?:年度|年(?![齢長代間])|月|日(?![常頃々中])|人(?![権材生口々間とづの])|件|回(?!復)|か所|箇所|ヶ所|ケ所|つの|％|%|割|世帯|歳|円(?!滑)|期|次(?![世代の])|番|名(?![称簿])|団体(?![活の等と・や間支])|号|時(?!代)|分(?![野か析])|条|項|位(?!置)|級|か月|週|地区(?![のご社福別])|種類|倍|ページ|頁|巻|億|万|千|か年)"
)

#: Words of plans that name their levels in English: Goal, Action, Theme.
LATIN = "[A-Za-zＡ-Ｚａ-ｚ]{3,12}"
#: A word, its number and a title: まちの目標１　つながる, 【分野Ⅱ】 教育.
LEVEL = re.compile(
    rf"{DECORATION}{OPENING}?\s*(?P<word>[々一-龥ぁ-んァ-ヴー]{{1,10}}|{LATIN})\s*"
    rf"(?P<number>{NUMBER}(?:{HYPHEN}{NUMBER})?|{ROMAN}|[{CIRCLED}]|[A-HＡ-Ｈ](?![A-Za-z]))"
    rf"(?:\s*{CLOSING}\s*|[\s\u3000:：.．]+)(?P<title>\S.*)$"
)
#: The title of a level of any word is no longer than this.
LONGEST_LEVEL = 40


@dataclass(frozen=True)
class Mark:
    """What opens a line, and the rest of the line."""

    shape: str  #: bullet, note, or a shape of numbers: chapter, paren, circled, many …
    keyword: str = ""  #: 基本目標, 施策 … where one stands before the number
    numbers: tuple[int, ...] = ()  #: 1-2 is (1, 2)
    printed: str = ""  #: the number as printed, digits in ASCII
    title: str = ""  #: what follows
    separated: bool = True  #: whether blank or bracket stands between number and title

    @property
    def style(self) -> tuple[str, str]:
        """What numbers of one series have in common."""
        return (self.keyword, "number" if self.keyword and self.shape != "many" else self.shape)


@cache
def _words() -> str:
    words = table("headings")
    return any_of([*words["goal"]["words"], *words["measure"]["words"]])


@cache
def _goal_words() -> str:
    return any_of(table("headings")["goal"]["words"])


@cache
def keywords() -> re.Pattern[str]:
    """Return the words that stand before the numbers of goals and measures."""
    return re.compile(
        rf"{DECORATION}{OPENING}?\s*(?:{OWNER}(?={_goal_words()}))?(?P<word>{_words()})\s*{CLOSING}?[\s\u3000]*"
        rf"(?:[-－―:：]\s*)?(?:その|No\.?|{OPENING})?\s*(?P<number>{MANY})"
        rf"(?P<closing>(?:\s*{CLOSING})*)(?P<gap>[\s\u3000]*[:：.．、\-－―…‥|｜／/]*[\s\u3000]*)"
        r"(?P<title>.*)$"
    )


@cache
def bare_keyword() -> re.Pattern[str]:
    """Return the words alone, for lines whose number stands below."""
    owner = rf"(?:{OWNER}(?={_goal_words()}))?"
    return re.compile(rf"{DECORATION}{OPENING}?{owner}(?:{_words()}){CLOSING}?$")


def is_bare_keyword(text: str) -> bool:
    """Tell whether a line holds only the word that a number below it belongs to.

    >>> is_bare_keyword("施策"), is_bare_keyword("【基本目標】"), is_bare_keyword("施策の概要")
    (True, True, False)
    """
    return bool(bare_keyword().match(text.strip()))


def without_bullet(text: str) -> str:
    """Return a line without the bullet that opens it.

    >>> without_bullet("◎あいさつや声かけ")
    'あいさつや声かけ'
    """
    return BULLET.sub("", text)


def mark_of(text: str, *, heading: bool = False) -> Mark | None:
    """Return what opens a line, or nothing where it begins with its words.

    :param heading: whether the format says that it is one; no amount opens a heading

    >>> mark_of("○基本目標１　つながり").style, mark_of("（２）見守り").numbers
    (('基本目標', 'number'), (2,))
    >>> mark_of("施策 08 地域").printed, mark_of("１－２ 担い手").numbers
    ('08', (1, 2))
    >>> mark_of("基本施策⑵　見守り").numbers, mark_of("施策（２）見守り").printed
    ((2,), '2')
    >>> mark_of("- 声かけ").shape, mark_of("施策１では、声をかけます")
    ('bullet', None)
    """
    text = text.strip()
    if not text:
        return None
    return _keyword_mark(text) or _number_mark(text, heading) or _bullet_mark(text)


def _keyword_mark(text: str) -> Mark | None:
    found = keywords().match(text)
    if not found:
        return None
    number, title = found["number"], found["title"]
    numbers = _numbers(number)
    separated = bool(found["gap"] or found["closing"].strip())
    if not numbers or (UNIT_OF.match(title) and not separated):
        return None
    if title and not separated and GOES_ON.match(title):
        return None
    shape = "many" if len(numbers) > 1 else "number"
    return Mark(shape, found["word"], numbers, _plain(number), _closed(title), separated)


def _number_mark(text: str, heading: bool) -> Mark | None:
    plain = without_bullet(text)
    for shape, form in SHAPES:
        found = form.match(plain)
        if not found:
            continue
        number, title = found[1], found[found.lastindex or 1]
        numbers = _numbers(number)
        if not numbers or numbers[0] > 99:
            continue
        if shape in {"space", "roman"} and not heading and UNIT_OF.match(title):
            continue
        if shape == "many" and (len(numbers) < 2 or _is_amount(number, title)):
            continue
        inner = _keyword_mark(title) if title else None
        if shape in {"chapter", "section"} and not inner:
            inner = _keyword_within(title)
        return inner or Mark(shape, "", numbers, _printed(plain, title), title.strip())
    return None


def _keyword_within(title: str) -> Mark | None:
    """Return the goal behind the words of a chapter: 推進施策 基本目標1 生活支援の充実."""
    for blank in re.finditer(r"[\s\u3000]+", title):
        rest = title[blank.end() :]
        found = _keyword_mark(rest)
        if found and found.title and rest.startswith(found.keyword):
            return found
    return None


def _is_amount(number: str, title: str) -> bool:
    """Tell a decimal or a date from a number like 1.2."""
    return bool(re.match(r"^(?:[%％件倍]|人(?![権材生口々間とづの])|回(?!復))", title)) or bool(
        re.search(r"\d{4}", ascii_digits(number))
    )


def _bullet_mark(text: str) -> Mark | None:
    if found := BULLET.match(text):
        rest = text[found.end() :]
        return Mark("bullet", printed=found[0].strip(), title=rest) if rest else None
    if found := NOTE.match(text):
        return Mark("note", printed=found[0].strip(), title=text[found.end() :].strip())
    return None


def _numbers(printed: str) -> tuple[int, ...]:
    found = [number_of(one) for one in re.findall(ONE, printed)]
    if not found and (alone := number_of(printed)):
        return (alone,)
    return tuple(n for n in found if n is not None)


def _plain(number: str) -> str:
    plain = re.sub(r"\s+", "", ascii_digits(number))
    plain = re.sub(r"[－‐‑–—―−ー]", "-", plain)
    opened = plain.count("(") + plain.count("（")
    return plain.strip("()（）") if opened <= 1 and "-" not in plain else plain


def _printed(text: str, title: str) -> str:
    """Return the number with its brackets, digits and brackets in ASCII, without the dot."""
    before = text[: len(text) - len(title)] if title else text
    plain = ascii_digits(before).translate(str.maketrans("（）．　：－", "(). :-"))
    return re.sub(r"\s+", "", plain).rstrip(".:、")


def _closed(title: str) -> str:
    """Return a title without the bracket that closes its number: 【施策１】 or 〈施策１ x〉."""
    title = title.strip()
    if title and re.match(CLOSING, title[-1]) and title.count(title[-1]) == 1:
        opening = {
            "】": "【",
            "］": "［",
            "]": "[",
            "〉": "〈",
            "》": "《",
            "＞": "＜",
            ">": "<",
            "」": "「",
            "』": "『",
            "）": "（",
            ")": "(",
            "〕": "〔",
            "≫": "≪",
        }[title[-1]]
        if opening not in title:
            return title[:-1].strip()
    return title


def level_of(text: str) -> Mark | None:
    """Return a word of any kind, its number and a title, if a line holds nothing else.

    >>> level_of("推進方策２　交流の場を増やす").keyword, level_of("令和 ５ 年度は")
    ('推進方策', None)
    """
    found = LEVEL.match(text.strip())
    if not found or len(found["title"]) > LONGEST_LEVEL:
        return None
    word, title = found["word"], found["title"]
    numbers = _numbers(found["number"])
    if not numbers or UNIT_OF.match(title) or GOES_ON.match(title):
        return None
    if any(word.endswith(other) for other in table("headings")["goal"]["no-levels"]):
        return None
    shape = "many" if len(numbers) > 1 else "number"
    return Mark(shape, word, numbers, _plain(found["number"]), title.strip())


def opens_level(text: str) -> bool:
    """Tell whether a line could be a heading of a level: its word is no word of a sentence."""
    mark = level_of(text)
    return mark is not None and not HIRAGANA.search(mark.keyword) and not text.endswith("。")
