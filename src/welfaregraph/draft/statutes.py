"""Statutes that a plan cites as its basis or that of a plan it contains."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence, Set
from functools import cache

from welfaregraph import resources
from welfaregraph.draft.blocks import Block
from welfaregraph.draft.found import Found, Statute
from welfaregraph.draft.items import label_of
from welfaregraph.draft.names import Name, names_in
from welfaregraph.draft.reading import Reading
from welfaregraph.draft.titles import Title
from welfaregraph.draft.volumes import CONTAINABLE, OWN_TYPES
from welfaregraph.draft.words import any_of, table
from welfaregraph.text import number_of, unspaced

__all__ = ["statutes_of"]

NUMBER = r"\d+\s*条(?:の\s*\d+)?(?:\s*第\s*\d+\s*項)?(?:\s*第\s*\d+\s*号)?"
ARTICLE = rf"第\s*{NUMBER}"
JOINED = r"\s*(?:及び|並びに|又は|および|ならびに|・|、|と)\s*"
SAME = "同法"
KANJI_NUMBER = re.compile("(?<=第)[一二三四五六七八九十百]+(?=[条項号])")
GENERIC = r"(?:(?<=計画)|(?<![々一-龥ァ-ヴー]))(?:(?!計画)[々一-龥ァ-ヴー・]){2,20}(?:法|法律)"
#: An article in brackets of its own: 社会福祉法（第107条）.
ARTICLE_APART = re.compile(rf"(?<=[法律])[」』]?[（(]\s*({ARTICLE}[^（()）]{{0,20}})[)）]")
EXCERPT_LINE = re.compile(r"^第\s*\d+\s*条")
#: Between sentences; a bracket may hold more than one.
SENTENCES = re.compile(r"(?<=。)(?![^（(]*[)）])")
BRACKETS = r"(?:[（(][^（()）]*[)）]\s*){0,2}"
#: What an article only defines: 第2条第1項で定める「犯罪をした者等」.
DEFINED = re.compile(r"[」』）)]?(?:で|に)(?:定め|規定す)る[「『](?![^」』]*計画)")
#: Characters between a statute and the plan that rests on it.
NEAR = 8
#: A short name that the text gives a statute: （以下「促進法」という。）.
SHORT = re.compile(r"[（(][^（()）]*以下、?「([^「」]{1,16}法)」という")


@cache
def _laws() -> list[str]:
    """Return the names of statutes of reference/statutes.ttl, short names too."""
    import pyoxigraph

    path = resources.GRAPHS / "reference" / "statutes.ttl"
    statutes, names = set(), []
    labels = []
    for triple in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE):
        term = triple.predicate.value.rpartition("#")[2]
        if term == "type" and triple.object.value.endswith("#Statute"):
            statutes.add(triple.subject.value)
        if term in {"label", "altLabel"} and triple.object.language == "ja":
            labels.append((triple.subject.value, triple.object.value))
    names = [label for subject, label in labels if subject in statutes]
    return [*names, *table("facts")["statutes"]["other"]]


@cache
def _citation() -> re.Pattern[str]:
    law = rf"(?:{any_of(_laws())})"
    follows = rf"(?=[」』]?\s*{BRACKETS}の?\s*{ARTICLE})"
    short = rf"(?<![々一-龥])法(?=\s*{ARTICLE})"
    return re.compile(
        rf"(?P<name>{law}|同法(?=\s*{ARTICLE})|{GENERIC}{follows}|{short})[」』]?\s*"
        rf"(?P<said>{BRACKETS})"
        rf"(?:の?\s*(?P<article>(?:第\s*)?{NUMBER}(?:{JOINED}(?:第\s*)?{NUMBER})*))?"
    )


def statutes_of(
    readings: Sequence[Reading], title: Title, contained: Sequence[Found]
) -> tuple[Statute, ...]:
    """Return the statutes cited as a basis, each article once.

    :param title: what the document calls itself
    :param contained: plans in it, whose bases are its own
    """
    kinds = {*title.kinds, *CONTAINABLE, *OWN_TYPES}
    kinds |= {kind for f in contained for name in names_in(f.text) for kind in name.kinds}
    found: dict[tuple[str, str], Statute] = {}
    for reading in readings:
        cited = _Citations(reading, kinds - {""})
        for block in reading.lines:
            for statute in cited.of(block):
                found.setdefault((statute.name.text, statute.article), statute)
    named = {name for name, article in found if article}
    return tuple(s for (name, article), s in found.items() if article or name not in named)


class _Citations:
    """Reads one document line by line: 同法 is the statute named last."""

    def __init__(self, reading: Reading, kinds: Set[str]) -> None:
        self.reading, self.kinds = reading, kinds
        self.last = ""
        self.short: dict[str, str] = {}
        self.glossary = re.compile(table("facts")["glossary"]["heading"])
        self.aside = False  #: whether the lines explain terms

    def of(self, block: Block) -> Iterator[Statute]:
        """Yield what a block cites as a basis."""
        words = table("facts")["statutes"]
        if self._is_aside(block):
            return
        cells = [_plain(cell.replace("\n", "")) for cell in block.cells]
        text = "／".join(cells) or _plain(label_of(block.text))
        if EXCERPT_LINE.match(text) or any(word in text for word in words["excerpt"]):
            return
        if cells and self._is_of_others(text):
            return
        for sentence in SENTENCES.split(text):
            for found in _citation().finditer(sentence):
                yield from self._cited(found, sentence, block)

    def _is_aside(self, block: Block) -> bool:
        """Tell whether a block stands in a glossary, up to the next chapter."""
        mark = block.mark
        title = mark.title if mark and mark.numbers else block.text
        if self.glossary.fullmatch(title.strip("【】■◆●○《》〈〉[]［］# ")):
            self.aside = True
        elif mark and mark.shape == "chapter":
            self.aside = False
        return self.aside

    def _cited(self, found: re.Match[str], sentence: str, block: Block) -> Iterator[Statute]:
        named = self.last if found["name"] == SAME else found["name"]
        named = _contiguous(self.short.get(named, named), block)
        if not named or named == "法":
            return
        self.last = named
        if given := SHORT.search(found["said"]):
            self.short[given[1]] = named
        after = sentence[found.end() :]
        articles = re.findall(NUMBER, found["article"] or "")
        other = self._is_for_another(after) or self._is_said_of(sentence[: found.start()])
        if other or not _is_basis(after, bool(articles), sentence):
            return
        for article in articles or [""]:
            printed = re.sub(r"\s+", "", f"第{article}") if article else ""
            sure = 0.9 if article else 0.6
            name = self.reading.found(named, block, "statute-citation", sure)
            yield Statute(name, printed)

    def _is_of_others(self, row: str) -> bool:
        """Tell whether a row of a table names other plans only, and their statutes."""
        names = list(names_in(row))
        return bool(names) and not any(self._is_own(name) for name in names)

    def _is_for_another(self, after: str) -> bool:
        """Tell whether another plan rests on what is cited: 老人福祉法に基づく老人福祉計画."""
        words = any_of(table("facts")["statutes"]["founds"])
        verbs = r"(?:する|される|く|づく|いて)?"
        cue = re.match(rf"[」』）)]?(?:の規定)?(?:{words}){verbs}[「『]?", after)
        if not cue:
            return False
        rest = after[cue.end() :]
        name = next(names_in(rest), None)
        if name is None or name.start > NEAR or "、" in rest[: name.start]:
            return False
        return not self._is_own(name)

    def _is_said_of(self, before: str) -> bool:
        """Tell whether a sentence is about another plan: 高齢者福祉計画は、老人福祉法…."""
        names = list(names_in(before))
        if not names or any(self._is_own(name) for name in names):
            return False
        return before[names[-1].end :].lstrip("」』").startswith(("は", "が"))

    def _is_own(self, name: Name) -> bool:
        known = [kind for kind in name.kinds if kind]
        return name.is_general or not known or any(kind in self.kinds for kind in known)


def _contiguous(name: str, block: Block) -> str:
    """Return a name from the last blank in it on: what stands before it is another word."""
    text = unicodedata.normalize("NFKC", block.text)
    if name in text or name in _laws():
        return name
    ends = (name[n:] for n in range(1, len(name) - 2))
    return next((end for end in ends if f" {end}" in text and len(end) > len(SAME)), name)


def _plain(text: str) -> str:
    """Return text with digits for the numbers of articles."""
    plain = unicodedata.normalize("NFKC", unspaced(text))
    plain = ARTICLE_APART.sub(r"\1", plain)
    return KANJI_NUMBER.sub(lambda found: str(number_of(found[0])), plain)


def _is_basis(after: str, has_article: bool, sentence: str) -> bool:
    """Tell whether a plan rests on what a sentence cites."""
    words = table("facts")["statutes"]
    near = after[:14]
    plan = any(word in sentence for word in words["plan"])
    if DEFINED.match(after):
        return False
    if has_article:
        return plan and not any(word in near for word in words["background"])
    more = rf"[」』]?(?:{JOINED}[「『]?(?:{any_of(_laws())})[」』]?){{0,3}}"
    return plan and bool(re.match(rf"{more}(?:{any_of(words['founds'])})", after))
