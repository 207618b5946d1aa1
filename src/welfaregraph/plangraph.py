"""The whole graph behind one door: load it, ask it, compare its plans, check it."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from welfaregraph import checks, diff, editions, gaps, network, overlap, projection, resources
from welfaregraph.evidence import Evidence
from welfaregraph.examples import Example, Examples, examples_of
from welfaregraph.gap_rows import gap_of, looked_for
from welfaregraph.measures import Measure, measures_of
from welfaregraph.plan_overlap import plan_overlaps
from welfaregraph.queries import Catalogue, Question, read_question
from welfaregraph.sources import gathered, replaced
from welfaregraph.speech import preferred_language
from welfaregraph.store import Answer, Row, Store
from welfaregraph.suggestions import Suggestions
from welfaregraph.themes import Ladder
from welfaregraph.verdicts import Verdict, applied, strongest, verdicts_of
from welfaregraph.vocab import SCHEME

if TYPE_CHECKING:
    import rdflib

    from welfaregraph.sheet import Reading
    from welfaregraph.sheet.record import Proposal
    from welfaregraph.suggest import Suggestion

__all__ = ["PlanGraph", "load"]

#: What stands before the slug of a theme in its IRI.
THEMES = f"{SCHEME}theme/"
#: Partners looked for, for one kept: what the wording of look-alikes adds is taken off later.
CANDIDATES = 2


def load(
    *data: str | Path,
    bundled: bool = True,
    files: Sequence[str | Path] = (),
    read: Mapping[Path, Reading] | None = None,
) -> PlanGraph:
    """Load the plans that come with the program, and others beside them.

    :param data: folders laid out like ``graphs/``; a file of theirs takes the place of the
        bundled file of the same path, and of those that describe the same plan
    :param bundled: with the bundled plans; reference graphs and vocabulary always come
    :param files: single Turtle files, each a graph of its own; and workbooks (Excel files or
        folders of CSV files), whose plan takes the place of the same plan elsewhere
    :param read: workbooks of ``files`` that were read already
    :raises InputError: a folder or file cannot be read

    >>> len(load().plans())
    4
    """
    folders, single = ([*map(Path, paths)] for paths in (data, files))
    sources = gathered(folders, bundled=bundled, files=single, read=read)
    graph = PlanGraph(Store(sources.values()))
    if not any(source.own for source in sources.values()):
        return graph
    ousted = replaced(graph.ask("plan-files"), sources)
    kept = [source for iri, source in sources.items() if iri not in ousted]
    return PlanGraph(Store(kept)) if ousted else graph


class PlanGraph:
    """Plans, reference graphs and vocabulary, and what can be asked of them."""

    def __init__(self, store: Store) -> None:
        self.store = store

    @cached_property
    def questions(self) -> Catalogue:
        """The questions of ``queries/``."""
        return Catalogue(resources.QUERIES)

    def ask(self, question: str | Path | Question, **values: str) -> Answer:
        """Answer a question of the catalogue, or of a ``.rq`` file.

        :param question: name (``philosophies``), number (``CQ-01``), path, or a question read
        :param values: its parameters; ``on`` is today and ``lang`` the user's language unless
            given
        :raises MisuseError: unknown question; unknown, missing or ill-formed parameter

        >>> [row["measures"] for row in load().ask("CQ-02").rows()]
        ['5', '5', '5']
        """
        if isinstance(question, Path):
            question = read_question(question)
        elif isinstance(question, str):
            question = self.questions[question]
        usual = {"on": datetime.date.today().isoformat(), "lang": preferred_language()}
        return question.ask(self.store, usual | values)

    def sparql(self, text: str) -> Answer:
        """Answer any SPARQL 1.1 query."""
        return self.store.query(text)

    def plans(self, **values: str) -> list[Row]:
        """Return the held plans with the numbers of what they hold."""
        return self.ask("summary", **values).rows()

    def measures(
        self, *, uncurated: bool = False, level: str = "measure", **values: str
    ) -> list[Measure]:
        """Return the leaf measures of all held plans with what they are known by.

        :param uncurated: with themes told by texts and titles, not by the curator
        :param level: ``activity`` for the single activities in their place
        """
        return self.gathered(self.ask(f"{level}-features", **values), uncurated=uncurated)

    def gathered(self, rows: Iterable[Row], *, uncurated: bool = False) -> list[Measure]:
        """Return the measures that rows of ``measure-features`` tell of.

        :param uncurated: as in :meth:`measures`
        """
        if not uncurated:
            return measures_of(rows)
        suggestions = self._suggestions
        found = measures_of(suggestions.in_place(list(rows)))
        return suggestions.implied(found, self._examples)

    def examples(self) -> list[Example]:
        """Return titles of measures with the themes that such measures ordinarily have."""
        with resources.TITLES.open(encoding="utf-8", newline="") as file:
            return examples_of(csv.DictReader(file), THEMES)

    def suggested(self, rows: Iterable[Row]) -> Iterator[tuple[Row, Suggestion]]:
        """Yield the themes that texts suggest and nobody rejected, each beside its row.

        :param rows: of ``measure-features``
        """
        return self._suggestions.of(rows)

    @cached_property
    def _suggestions(self) -> Suggestions:
        words, rejected = self.ask("theme-handles").rows(), self.ask("rejected-themes").rows()
        return Suggestions(words, rejected)

    @cached_property
    def _examples(self) -> Examples:
        return self._suggestions.examples(self.examples(), fillers=self._fillers())

    def _fillers(self) -> list[str]:
        return [str(row["words"]) for row in self.ask("filler-words").rows()]

    def verdicts(self, **values: str) -> list[Verdict]:
        """Return what people decided about overlaps."""
        return verdicts_of(self.ask("judged-overlaps", **values).rows())

    def overlaps(
        self,
        *plans: str,
        min_score: float | None = None,
        uncurated: bool = False,
        level: str = "measure",
        partners: int = 0,
        measures: Sequence[Measure] | None = None,
        **values: str,
    ) -> list[overlap.Overlap]:
        """Return the pairs of measures that do the same work, the strongest first.

        Pairs that a person accepted have score 1; those rejected are left out, or come last
        with score 0 where every pair is asked for.

        :param plans: IRIs; only pairs between these (two or more), or of this one with any
        :param min_score: 0 for every pair that shares anything; the engine's own threshold
            unless given
        :param uncurated: with themes told by texts and titles, not by the curator
        :param level: measure, activity or plan
        :param partners: only pairs among the strongest so many of either measure, and those
            accepted; 0 for all. Time and memory are then in proportion to the measures
        :param measures: what :meth:`measures` gives for that level (of plans, measures) and
            ``uncurated``, where it is at hand
        """
        if measures is None:
            of_level = level if level != "plan" else "measure"
            measures = self.measures(uncurated=uncurated, level=of_level, **values)
        if level == "plan":
            found = self.overlaps(
                *plans,
                min_score=0,
                uncurated=uncurated,
                partners=0,
                measures=measures,
                **values,
            )
            return plan_overlaps(found, measures, min_score=min_score or 0)
        found = applied(
            self.compared(
                measures,
                min_score=min_score,
                uncurated=uncurated,
                plans=plans,
                partners=partners * CANDIDATES,
                **values,
            ),
            self.verdicts(**values),
            measures=measures,
            everything=min_score == 0,
        )
        found = strongest(found, partners) if partners else found
        if not plans:
            return found
        wanted = set(plans)
        match = all if len(wanted) > 1 else any
        return [o for o in found if match(p in wanted for p in (o.a.plan, o.b.plan))]

    def compared(
        self,
        measures: Iterable[Measure],
        *,
        min_score: float | None = 0.0,
        uncurated: bool = False,
        plans: Collection[str] = (),
        partners: int = 0,
        **values: str,
    ) -> list[overlap.Overlap]:
        """Compare measures by the themes and fillers of this graph, judgements left aside.

        :param measures: of any plans, held or not
        :param min_score: as in :meth:`overlaps`, None for the engine's own threshold
        :param uncurated: whether the themes were suggested from the texts
        :param plans: only pairs between these (two or more), or of this one with any
        :param partners: as :func:`welfaregraph.overlap.overlaps` has it
        """
        ladder = Ladder.of(self.ask("theme-ladder", **values).rows())
        return overlap.overlaps(
            measures,
            ladder,
            settings=overlap.UNCURATED if uncurated else overlap.DEFAULTS,
            fillers=self._fillers(),
            min_score=min_score,
            plans=plans,
            partners=partners,
        )

    def edition(self, plan: str, **values: str) -> editions.Edition:
        """Return one plan as :func:`welfaregraph.diff.compare` takes it.

        :param plan: IRI of a plan held
        """
        labels = [str(row["iriLabel"]) for row in self.ask("labels", iri=plan, **values)]
        rows = self.ask("outline", plan=plan, **values)
        return editions.edition_of(plan, labels[0] if labels else plan, rows)

    def diff(self, old: editions.Edition, new: editions.Edition) -> list[diff.Change]:
        """Return what became of each element from one edition to the next.

        The editions may be of other graphs; this one gives the words that comparing passes
        over, and the ways in which words are written.
        """
        forms = {str(r["form"]): str(r["word"]) for r in self.ask(resources.SPELLINGS).rows()}
        return diff.compare(old, new, fillers=self._fillers(), forms=forms)

    def proposals(self, plan: str, *, limit: int = 20, lang: str = "") -> list[Proposal]:
        """Return what the workbook of a plan asks a person to judge.

        :param plan: IRI
        :param limit: how many overlaps, and how many themes, that nobody has judged
        """
        from welfaregraph.sheet import proposals

        spoken = lang or preferred_language()
        rows = self.ask("measure-features", plan=plan, lang=spoken).rows()
        known = [(str(r["measure"]), str(r["feature"])) for r in rows if r["kind"] == "theme"]
        hits = [(str(row["measure"]), hit) for row, hit in self.suggested(rows)]
        titled = self._suggestions.implied(measures_of(rows), self._examples)
        implied = [(measure.iri, each) for measure in titled for each in measure.implied]
        verdicts, measures = self.verdicts(lang=spoken), self.measures(lang=spoken)
        pairs = self.overlaps(plan, uncurated=not known, lang=spoken)
        return [
            *proposals.overlaps_to_judge(plan, pairs, verdicts, limit=limit, language=spoken),
            *proposals.themes_to_judge([*hits, *implied], known, limit=limit, language=spoken),
            *proposals.overlaps_judged(plan, verdicts, measures),
        ]

    def network(
        self,
        name: str,
        *plans: str,
        uncurated: bool = False,
        partners: int = 0,
        **values: str,
    ) -> network.Analysis:
        """Return one of the networks that the graph can be seen as, analysed.

        :param name: one of :data:`welfaregraph.projection.PROJECTIONS`
        :param plans: IRIs; of one its part with all it is tied to, of several what lies
            between them (see :func:`welfaregraph.projection.narrowed`)
        :param uncurated: with themes suggested from the texts (``theme``, ``measure``)
        :param partners: as in :meth:`overlaps` (``measure``)

        >>> len(load().network("plan").standings)
        4
        """
        ladder = Ladder.of(self.ask("theme-ladder", **values).rows())
        sectors: Mapping[str, str] = {}
        match name:
            case "plan":
                pairs = self.ask("overlap-plans", **values).rows()
                found = projection.of_plans(self.plans(**values), pairs)
            case "theme":
                measures = self.measures(uncurated=uncurated, **values)
                found = projection.of_themes(measures, ladder.labels)
                sectors = projection.sectors_of_themes(ladder)
            case "actor":
                rows = self.ask("actor-themes", **values).rows()
                found = projection.of_rows(rows, "actor", "theme")
                sectors = projection.sectors_of_themes(ladder)
            case "statute":
                rows = self.ask("plan-statutes", **values).rows()
                found = projection.of_rows(rows, "plan", "statute")
            case _:
                measures = self.measures(uncurated=uncurated, **values)
                found = projection.of_measures(
                    measures,
                    self.overlaps(
                        min_score=None,
                        uncurated=uncurated,
                        partners=partners,
                        measures=measures,
                        **values,
                    ),
                )
                sectors = projection.sectors_of_measures(measures, ladder)
        found = projection.in_sectors(found, sectors, ladder.labels)
        return network.analysed(projection.narrowed(found, plans))

    def gaps(self, *plans: str, kinds: str = "", **values: str) -> list[gaps.Gap]:
        """Return what plans leave open, the gravest first.

        :param plans: IRIs; only of these
        :param kinds: letters of the kinds wanted (``acg``), all if empty
        """
        whole = {row["plan"] for row in self.ask("held-whole", **values)}
        evidence = self._evidence(**values)
        found = [
            evidence.told(
                gap_of(question, row, is_whole=row["plan"] in whole),
                **looked_for(question),
            )
            for question in self.questions.family("gap-")
            if not kinds or str(question.header.get("kind")) in kinds
            for row in self.ask(question, **values).rows()
            if not plans or row["plan"] in plans
        ]
        return gaps.ranked(found)

    def _evidence(self, **values: str) -> Evidence:
        @cache
        def names(thing: str) -> tuple[str, ...]:
            return tuple(str(row["words"]) for row in self.ask("names", thing=thing))

        return Evidence(
            silences=self.ask("silences", **values).rows(),
            handles=self.ask("theme-handles").rows(),
            documents=self.ask("documents", **values).rows(),
            texts=lambda plan: self.ask("plan-texts", plan=plan).rows(),
            names=names,
        )

    def check(self, *, on: str = "", only_own: bool = False) -> list[checks.Issue]:
        """Return what is wrong or open, by shapes and rules, the gravest first.

        :param on: the day that counts as today, ISO 8601
        :param only_own: only of elements that the caller's own files say something about
        """
        from welfaregraph.sheet.advice import advised

        on = on or datetime.date.today().isoformat()
        found = [
            *checks.check_shapes(self.store, resources.SHAPES),
            *checks.check_rules(self.store, Catalogue(resources.CHECKS), on=on),
        ]
        sources = [s for s in self.store.sources if s.own or not only_own]
        if only_own:
            own = set().union(*(self.store.subjects_of(source.graph) for source in sources))
            found = [issue for issue in found if issue.focus in own]
        heads: dict[str, Row] = {}
        bearers: dict[str, list[Row]] = {}
        for row in self.ask("places", on=on):
            bearers.setdefault(str(row["passage"]), []).append(row)
            heads.setdefault(str(row["element"]), row)
            heads.setdefault(str(row["passage"]), row)
        plans = [str(row["plan"]) for row in self.plans(on=on)]
        placed = checks.located(found, heads, sources, plans=plans, bearers=bearers)
        return sorted(map(advised, placed), key=lambda issue: issue.sort_key)

    def dataset(self) -> rdflib.Dataset:
        """Return the graph as an rdflib Dataset (a copy)."""
        return self.store.dataset()
