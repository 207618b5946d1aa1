"""Synthetic plans as Turtle text, ``stated.ttl`` and ``curated.ttl``, written line by line.

Written as text because building the graphs first takes many times longer.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator

from handles import THEME
from openings import ITEM, SDG
from sketch import Leaf, SyntheticPlan
from welfaregraph import vocab
from wordings import ACTIVITIES, BOILERPLATE, BULLETS, GOALS, GROUPS, HEADINGS, TITLES

__all__ = ["PREFIXES", "PlanFile", "curated"]

PREFIXES = f"""\
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX wg: <{vocab.WG}>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

"""
NOT_IN_TEXT = f"<{vocab.SCHEME}silence/not-in-held-text>"
AS_PRINTED = f"<{vocab.SCHEME}reading/as-printed>"
CREATOR = f"<{vocab.ID}curator/synthetic>"
DAY = "2026-11-21"
PER_KIND = 2
#: Where each plan speaks of the other plan of its municipality: below its name.
RELATION_LINE = "L2"
NAMES = {"community-welfare": "地域福祉計画", "community-welfare-activity": "地域福祉活動計画"}
KIND_NAMES = {
    "citizen": "市民", "community": "地域", "business": "事業者", "government": "行政",
    "council": "社会福祉協議会",
}  # fmt: skip


class PlanFile:
    """``stated.ttl`` of one plan; its wording is drawn from the seed and the plan's number."""

    def __init__(self, plan: SyntheticPlan, seed: int) -> None:
        self.plan = plan
        self.rng = random.Random(f"{seed}/{plan.index}")  # noqa: S311 (no secret)
        self.held: list[str] = []  #: lines of the text held
        self.lines: list[str] = []
        self.titles: dict[str, str] = {}  #: leaf measure → its title

    def text(self) -> str:
        """Return the file."""
        plan = self.plan
        self._head()
        self._goals()
        if plan.style == "actors":
            self._actors()
        per_goal = self._spread()
        parents: set[int] = set()
        for number, leaf in enumerate(plan.leaves):
            if leaf.parent and leaf.parent not in parents:
                parents.add(leaf.parent)
                self._parent(leaf.parent, per_goal[number])
            self._leaf(leaf, per_goal[number])
        self._document()
        comment = (
            f"# Stated graph of a synthetic plan ({plan.code}): nothing in it is real.\n\n"
        )
        return comment + PREFIXES + "\n".join(self.lines) + "\n"

    # --- parts of the file

    def _put(self, subject: str, *statements: str) -> None:
        self.lines.append(f"<{subject}> " + " ;\n    ".join(statements) + " .\n")

    def _passage(self, words: str, *attests: str) -> str:
        """Write a passage of one line, and return its IRI in brackets."""
        self.held.append(words)
        locator = f"L{len(self.held)}"
        self._put(
            f"{self.plan.document}#{locator}",
            "a wg:Passage",
            f"wg:isFoundIn <{self.plan.document}>",
            f'wg:locator "{locator}"',
            f"wg:isReadAs {AS_PRINTED}",
            f"wg:attests {', '.join(attests)}",
            f'wg:quotation "{words}"@ja',
        )
        return f"<{self.plan.document}#{locator}>"

    def _silence(self, subject: str, term: str, *words: str) -> None:
        mark = "-" if "#" in subject else "#"
        self._put(
            f"{subject}{mark}silence-{term.removeprefix('wg:').lower()}",
            "a wg:Silence",
            f"wg:isAbout <{subject}>",
            f"wg:onTerm {term}",
            f"wg:hasReason {NOT_IN_TEXT}",
            f"wg:isSearchedIn <{self.plan.document}>",
            "wg:searchedFor " + ", ".join(f'"{word}"@ja' for word in words),
        )

    def _head(self) -> None:
        plan = self.plan
        name = f"架空{plan.code}市{NAMES[plan.plan_type]}（第1期）"
        passage = self._passage(name, "rdfs:label", "wg:edition", "wg:hasPlanType")
        body = "council" if plan.plan_type.endswith("activity") else "city"
        start = 2021 + plan.index % 5
        statements = [
            "a wg:Plan",
            f'rdfs:label "{name}"@ja',
            'wg:edition "第1期"@ja',
            f"wg:hasPlanType <{vocab.SCHEME}plan-type/{plan.plan_type}>",
            f"wg:coversArea <{vocab.ID}area/{plan.code}>",
            f"wg:isIssuedBy <{vocab.ID}org/synthetic-{plan.code}-{body}>",
            f"wg:hasLegalBasis <{vocab.ID}law/326AC0000000045/art-107>",
            f"wg:hasPeriod <{plan.iri}/period>",
            f"wg:presentsActivitiesAs <{vocab.SCHEME}commitment/example>",
            *(f"wg:contributesToSDG <{SDG}{n}>" for n in (*plan.sdgs, plan.untied_sdg) if n),
        ]
        if plan.sibling and plan.answers_sibling:
            statements += self._relation(plan.sibling)
        if plan.has_contained:
            statements.append(f"wg:containsPlan <{plan.contained}>")
            self._contained()
        if plan.style == "titles":
            statements.append("wg:doesNotState wg:Activity")
            self._silence(plan.iri, "wg:Activity", "取組", "主な事業")
        self._put(plan.iri, *statements, f"wg:isStatedIn {passage}")
        self._period(start)

    def _relation(self, sibling: SyntheticPlan) -> list[str]:
        """Return the relation to the sibling, which the first of the two stores for both."""
        words = f"{NAMES[sibling.plan_type]}と整合を図ります。"
        places = [self._passage(words, "wg:isCoordinatedWith")]
        if self.plan.index > sibling.index:
            return []
        if sibling.answers_sibling:
            places.append(f"<{sibling.document}#{RELATION_LINE}>")
        return [f"wg:isCoordinatedWith <{sibling.iri}>", f"wg:isStatedIn {', '.join(places)}"]

    def _period(self, start: int) -> None:
        words = f"令和{start - 2018}年度から令和{start - 2014}年度までの5年間"
        self._put(
            f"{self.plan.iri}/period",
            "a dcterms:PeriodOfTime",
            f'rdfs:label "{words}"@ja',
            f'dcat:startDate "{start}-04-01"^^xsd:date',
            f'dcat:endDate "{start + 5}-03-31"^^xsd:date',
            f"wg:startFiscalYear {start}",
            f"wg:endFiscalYear {start + 4}",
            "wg:lengthInYears 5",
            f"wg:isStatedIn {self._passage(words, 'wg:hasPeriod')}",
        )

    def _contained(self) -> None:
        words = "地方再犯防止推進計画"
        self._put(
            self.plan.contained,
            "a wg:Plan",
            f'rdfs:label "{words}"@ja',
            f"wg:hasPlanType <{vocab.SCHEME}plan-type/recidivism-prevention>",
            f"wg:hasLegalBasis <{vocab.ID}law/428AC1000000104>",
            f"wg:isStatedIn {self._passage(words, 'wg:containsPlan')}",
        )

    def _goals(self) -> None:
        plan = self.plan
        names = self.rng.sample(GOALS, plan.last_goal)
        for number, name in enumerate(names, start=1):
            statements = [
                "a wg:Goal",
                f'rdfs:label "{name}"@ja',
                f"wg:inPlan <{plan.iri}>",
                f'wg:number "{number}"',
                f"wg:order {number}",
                *(f"wg:contributesToSDG <{SDG}{n}>" for n in plan.sdgs),
                f"wg:isTitledIn {self._passage(name, 'rdfs:label')}",
            ]
            if number == 1 and plan.named_group:
                words = (
                    f"{GROUPS[plan.named_group]}をはじめ、誰もが力を出せるまちを目指します。"
                )
                statements += [
                    f'wg:text "{words}"@ja',
                    f"wg:namesTargetGroup <{vocab.SCHEME}target-group/{plan.named_group}>",
                    f"wg:isStatedIn {self._passage(words, 'wg:text', 'wg:namesTargetGroup')}",
                ]
            self._put(f"{plan.iri}/goal/{number}", *statements)

    def _actors(self) -> None:
        passage = self._passage("・".join(KIND_NAMES.values()), "wg:isPerformedBy")
        for order, (kind, name) in enumerate(KIND_NAMES.items(), start=1):
            self._put(
                f"{self.plan.iri}/actor/{kind}",
                "a wg:Actor",
                f'rdfs:label "{name}"@ja',
                f"wg:inPlan <{self.plan.iri}>",
                f"wg:isOfKind <{vocab.SCHEME}actor-kind/{kind}>",
                f"wg:order {order}",
                f"wg:isStatedIn {passage}",
            )

    def _spread(self) -> list[int]:
        """Return the goal of each leaf measure, in order, none of the goals left without."""
        tops = [leaf.parent or leaf.order for leaf in self.plan.leaves]
        cuts = sorted(self.rng.sample(range(2, max(tops) + 1), self.plan.goals - 1))
        return [1 + sum(top >= cut for cut in cuts) for top in tops]

    def _measure(self, iri: str, title: str, *statements: str) -> None:
        self._put(
            iri,
            "a wg:Measure",
            f'rdfs:label "{title}"@ja',
            f"wg:inPlan <{self.plan.iri}>",
            *statements,
            f"wg:isTitledIn {self._passage(title, 'rdfs:label')}",
        )

    def _parent(self, number: int, goal: int) -> None:
        self._measure(
            f"{self.plan.iri}/measure/{number}",
            f"{self.rng.choice(HEADINGS)}と{self.rng.choice(GOALS)}",
            f"wg:pursuesGoal <{self.plan.iri}/goal/{goal}>",
            f'wg:number "{number}"',
            f"wg:order {number}",
        )

    def _leaf(self, leaf: Leaf, goal: int) -> None:
        plan = self.plan
        title = leaf.title or self.rng.choice(TITLES).format(x=leaf.subject)
        self.titles[leaf.iri] = title
        statements = [f"wg:order {leaf.order}"]
        if leaf.parent:
            statements.append(f"wg:isPartOfMeasure <{plan.iri}/measure/{leaf.parent}>")
        else:
            statements += [f"wg:pursuesGoal <{plan.iri}/goal/{goal}>",
                           f'wg:number "{leaf.order}"']  # fmt: skip
        words = ""
        if leaf.boilerplate is not None and plan.style != "titles":
            words = BOILERPLATE[leaf.boilerplate]
        if leaf.target_group:
            words += f"{GROUPS[leaf.target_group]}の声を聞きながら行います。"
            statements.append(
                f"wg:namesTargetGroup <{vocab.SCHEME}target-group/{leaf.target_group}>"
            )
        if words:
            passage = self._passage(words, "wg:text", "wg:namesTargetGroup")
            statements += [f'wg:text "{words}"@ja', f"wg:isStatedIn {passage}"]
        self._measure(leaf.iri, title, *statements)
        if plan.style == "actors" and not leaf.without_activities:
            self._activities(leaf)
        elif plan.style == "parts":
            self._bullets(leaf)

    def _activities(self, leaf: Leaf) -> None:
        iri, rng, phrases = leaf.iri, self.rng, leaf.phrases + leaf.more_phrases
        rows: list[tuple[str, str, str, int]] = []
        for kind, templates in ACTIVITIES.items():
            if kind != leaf.silent_kind:
                for order, template in enumerate(rng.sample(templates, PER_KIND), start=1):
                    words = template.format(x=rng.choice(phrases))
                    rows.append((f"{iri}#{kind}-{order}", words, kind, order))
        if leaf.without_actor:
            rows[-1] = (leaf.actorless, rows[-1][1], "", rows[-1][3])
        passage = self._passage("　".join(row[1] for row in rows), "wg:carriesOut")
        for subject, words, kind, order in rows:
            actor = f"wg:isPerformedBy <{self.plan.iri}/actor/{kind}>"
            self._activity(subject, leaf, words, order, passage, *([actor] if kind else []))

    def _bullets(self, leaf: Leaf) -> None:
        templates = self.rng.sample(BULLETS, self.rng.randint(2, 4))
        for order, template in enumerate(templates, start=1):
            words = template.format(x=self.rng.choice(leaf.phrases + leaf.more_phrases))
            subject = f"{leaf.iri}#item-{order}"
            passage = self._passage(words, "rdfs:label", "wg:carriesOut")
            silent = "wg:doesNotState wg:isPerformedBy"
            self._activity(subject, leaf, words, order, passage, silent)
            self._silence(subject, "wg:isPerformedBy", "主体", "担当")

    def _activity(
        self, subject: str, leaf: Leaf, words: str, order: int, passage: str, *more: str
    ) -> None:
        self._put(
            subject,
            "a wg:Activity",
            f'rdfs:label "{words}"@ja',
            f"wg:inPlan <{self.plan.iri}>",
            f"wg:carriesOut <{leaf.iri}>",
            f"wg:order {order}",
            *more,
            f"wg:isStatedIn {passage}",
        )

    def _document(self) -> None:
        digest = hashlib.sha256("\n".join(self.held).encode()).hexdigest()
        self._put(
            self.plan.document,
            "a wg:Document",
            f'dcterms:title "架空{self.plan.code}市{NAMES[self.plan.plan_type]}"@ja',
            'wg:heldScope "全文"@ja, "The whole text."@en',
            f'wg:sha256 "{digest}"',
            f"wg:isDocumentOf <{self.plan.iri}>",
        )


def curated(plan: SyntheticPlan) -> str:
    """Return ``curated.ttl`` of a plan: themes, items, contained plan, each with a reason."""
    lines = [f"# Curated graph of a synthetic plan ({plan.code}): nothing in it is real.\n",
             PREFIXES]  # fmt: skip
    for leaf in plan.leaves:
        for term, value in _judged(plan, leaf):
            slug = value.rsplit("/", 1)[-1]
            lines.append(f"<{leaf.iri}> {term} <{value}> .\n")
            lines.append(
                f"<{leaf.iri}#because-{term.removeprefix('wg:')}-{slug}> a wg:Judgement ;\n"
                f"    wg:isAbout <{leaf.iri}> ;\n"
                f"    wg:onTerm {term} ;\n"
                f"    wg:judgesValue <{value}> ;\n"
                f'    wg:reason "題名と取組がこの内容を述べている。"@ja ;\n'
                f'    dcterms:created "{DAY}"^^xsd:date ;\n'
                f"    dcterms:creator {CREATOR} .\n"
            )
    return "\n".join(lines)


def _judged(plan: SyntheticPlan, leaf: Leaf) -> Iterator[tuple[str, str]]:
    for theme in leaf.themes:
        yield "wg:addressesTheme", THEME + theme
    for item in leaf.items:
        yield "wg:coversItem", f"{ITEM}{item}"
    if leaf.item_in_part:
        yield "wg:coversItemInPart", f"{ITEM}{leaf.item_in_part}"
    if leaf.carries_out:
        yield "wg:carriesOutPlan", plan.contained
