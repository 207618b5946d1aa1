"""A report in words: what page and workbook both say, in the report's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from welfaregraph.codes import SEVERITIES
from welfaregraph.evidence_words import compared, manner, sure, what
from welfaregraph.gaps import UNSEARCHED
from welfaregraph.reason_words import basis, told
from welfaregraph.speech import phrase, phrase_or, spoken

if TYPE_CHECKING:
    from welfaregraph.overlap import Overlap
    from welfaregraph.reason_words import Rarity
    from welfaregraph.report.content import Flaw, Grid, Lack, Plan, Report
    from welfaregraph.report.places import Place

__all__ = ["Words"]

#: From this contribution on a reason is named, and what is left is added up.
ROUNDED = 0.005


@dataclass(frozen=True)
class Words:
    """Says things in one language."""

    language: str
    most: int  #: places listed in one cell; of words and reasons twice as many

    def say(self, key: str, /, **values: object) -> str:
        """Return a message of ``report.toml``."""
        return phrase(f"report.{key}", self.language, **values)

    def known(self, family: str, name: str) -> str:
        """Return the word for a name that comes from data: ``status.absent``."""
        return phrase_or(f"{family}.{name}", self.language, name)

    def listed(self, texts: Sequence[str]) -> str:
        """Join texts."""
        return phrase("list.separator", self.language).join(texts)

    def quoted(self, text: str) -> str:
        """Put text into quotation marks."""
        return self.say("quote", text=text)

    def about(self, report: Report) -> str:
        """Say what is compared with what, and by whose themes."""
        whose = self.say("about-uncurated") if report.is_uncurated else ""
        bare = self.listed([self.quoted(plan) for plan in report.unthemed])
        unthemed = self.say("about-unthemed", plans=bare) if bare else ""
        return self._compared(report) + whose + unthemed

    def _compared(self, report: Report) -> str:
        asked, others = report.asked, len(report.plans) - len(report.asked)
        if not asked:
            return self.say("about-none")
        if len(asked) > 1:
            return self.say("about-several", plans=len(asked))
        if others:
            return self.say("about-one", plan=asked[0].label, others=others)
        return self.say("about-alone", plan=asked[0].label)

    def place(self, place: Place) -> str:
        """Return document and lines of a place."""
        document = (
            self.say("place.document", number=place.document)
            if place.document
            else self.say("place.titled", title=place.title)
            if place.title
            else self.say("place.none")
        )
        lines = place.locator.replace("-", "–")
        return self.say("place.lines", document=document, lines=lines) if lines else document

    def places(self, places: Sequence[Place]) -> str:
        """Return several places in a line, those of one document together."""
        if not places:
            return self.say("place.none")
        found: list[str] = []
        before: Place | None = None
        for place in places[: self.most]:
            if before and (before.document, before.title) == (place.document, place.title):
                found[-1] += f" {place.locator.replace('-', '–')}"
            else:
                found.append(self.place(place))
            before = place
        if len(places) > self.most:
            found.append(self.say("place.more", count=len(places) - self.most))
        return self.listed(found)

    def documents(self, numbers: Sequence[int]) -> str:
        """Name documents by their numbers."""
        return self.listed([self.say("place.document", number=number) for number in numbers])

    def basis(self, pair: Overlap) -> str:
        """Say whether a pair rests on a bare title."""
        return self.say(f"overlaps.{basis(pair)}")

    def reasons(self, pair: Overlap, rarity: Rarity) -> list[str]:
        """Return the weightiest reasons with their contributions, and the sum of the rest."""
        return told(pair, self.language, least=ROUNDED, most=2 * self.most, rarity=rarity)

    def by_severity(self, counts: Mapping[str, int]) -> str:
        """Say how many are how grave, the gravest first."""
        named = {self.known("severity", s): counts[s] for s in SEVERITIES if counts.get(s)}
        return self.listed(
            [self.say("summary.of-which", severity=s, count=n) for s, n in named.items()]
        )

    def period(self, plan: Plan) -> str:
        """Return first and last day of a plan."""
        if not (plan.start or plan.end):
            return ""
        return self.say("period", start=plan.start, end=plan.end)

    def manner(self, lack: Lack) -> str:
        """Say how a gap was looked for."""
        return manner(lack.gap, self.language)

    def shortly(self, lack: Lack) -> str:
        """Say how a gap was looked for, where what was compared is told of all at once."""
        return phrase(f"evidence.short.{lack.gap.searched.manner}", self.language)

    def compared(self, lacks: Sequence[Lack]) -> str:
        """Say what was put side by side for several gaps."""
        texts = compared([lack.gap for lack in lacks], self.language)
        what = self.say("semicolon").join(texts)
        return phrase("evidence.side-by-side", self.language, what=what) if texts else ""

    def words(self, lack: Lack) -> str:
        """Return the words searched."""
        words = lack.gap.searched.words
        shown = [self.quoted(word) for word in words[: self.most * 2]]
        left = len(words) - len(shown)
        more = self.say("semicolon") + self.say("searched.more", count=left) if left else ""
        return self.say("between").join(shown) + more

    def hits(self, lack: Lack) -> list[str]:
        """Return the elements whose words speak of what is missing."""
        found = zip(lack.gap.searched.hits, lack.hit_places, strict=True)
        return [
            self.say("searched.hit", words=hit.words, element=hit.label,
                     places=self.places(places))
            for hit, places in list(found)[: self.most]
        ]  # fmt: skip

    def nearest(self, lack: Lack) -> str:
        """Return the nearest thing found, with its place where it has one."""
        found = []
        told = {hit.element for hit in lack.gap.searched.hits[: self.most]}
        if lack.gap.nearest_label and lack.gap.nearest not in told:
            place = f" ({self.places(lack.nearest_places)})" if lack.nearest_places else ""
            found.append(self.quoted(lack.gap.nearest_label) + place)
        told_all = "\n".join([*found, *self.hits(lack)])
        is_unsearched = lack.gap.searched.manner == UNSEARCHED
        return told_all or self.say("unknown" if is_unsearched else "none")

    def by_plan(self, lacks: Sequence[Lack]) -> list[tuple[str, list[Lack]]]:
        """Put together what stands one after another of one plan, under its label."""
        groups = groupby(lacks, lambda lack: lack.gap.plan_label)
        return [(plan, list(of_plan)) for plan, of_plan in groups]

    def searched_in(self, lack: Lack) -> str:
        """Name the documents searched, or those held where nobody has searched yet."""
        is_unsearched = lack.gap.searched.manner == UNSEARCHED
        label = self.say("searched.held" if is_unsearched else "searched.in")
        return label + self.say("colon") + self.documents(lack.searched)

    def what(self, lack: Lack) -> str:
        """Name what a gap is about, and what is missing there."""
        return what(lack.gap, self.language)

    def sure(self, lack: Lack) -> str:
        """Say how much a gap allows to say."""
        return sure(lack.gap, self.language)

    def spoken(self, texts: Mapping[str, str]) -> str:
        """Return a message of the graph in this language, else in Japanese or in any."""
        return spoken(texts, self.language)

    def finding(self, finding: Flaw) -> tuple[str, str]:
        """Return what was found, and what to do."""
        issue = finding.issue
        return self.spoken(issue.messages) or issue.label, self.spoken(issue.remedies)

    def grid(self, grid: Grid) -> str:
        """Return the title of a table of numbers."""
        a, b = (*grid.names, "", "")[:2]
        return self.say(f"{grid.kind}.title", a=a, b=b)
