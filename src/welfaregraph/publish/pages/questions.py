"""The pages of the query catalogue: each question, its SPARQL and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from welfaregraph.codes import word_of
from welfaregraph.publish.examples import QUERY, sparql_of
from welfaregraph.publish.pages.frame import QUESTIONS, Frame, Head, Link
from welfaregraph.queries import localised

if TYPE_CHECKING:
    from welfaregraph.publish.site import Site
    from welfaregraph.publish.tree import File, Written
    from welfaregraph.queries import Question

__all__ = ["each", "every", "listed"]

#: Rows of an answer on its page, at most.
MOST = 100
#: Beyond this many plans answers are left to those who ask.
MOST_PLANS = 50
LABEL = "Label"


@dataclass(frozen=True)
class Answered:
    """An answer as a table."""

    titles: tuple[str, ...]
    rows: tuple[tuple[Link, ...], ...]
    more: int


def every(site: Site) -> list[str]:
    """Return the names of the questions."""
    return [question.name for question in site.graph.questions]


def each(site: Site, _: Written) -> Callable[[str], Iterator[File]]:
    """Return what yields the pages of a question."""
    frame = Frame(site)

    def pages(name: str) -> Iterator[File]:
        question = site.graph.questions[name]
        for language in site.languages:
            head = Head(QUERY + name, language, question.summary(language))
            yield head.path, _page(frame, question, head)

    return pages


def listed(frame: Frame, language: str) -> tuple[str, bytes]:
    """Return the page that lists the questions."""
    head = Head(QUESTIONS, language, frame.say("nav.queries", language), has_data=False)
    rows = [
        (q.code, frame.target(QUERY + q.name, head), q.summary(language), q.name)
        for q in frame.site.graph.questions
    ]
    return head.path, frame.render("questions", head, listed=rows)


def _page(frame: Frame, question: Question, head: Head) -> bytes:
    site, language = frame.site, head.language
    usual = {"on": site.date, "lang": language}
    needs = any(p.required and not p.default for p in question.parameters.values())
    is_small = len(site.plans) <= MOST_PLANS
    return frame.render(
        "question",
        head,
        question=question,
        parameters=[
            (p.name, p.type, p.titles.get(language) or p.name, p.default or "–", p.required)
            for p in question.parameters.values()
        ],
        sparql=sparql_of(question),
        file=frame.to(f"queries/{question.name}.rq", head),
        answer=None if needs or not is_small else _answer(frame, question, head, usual),
        empty=localised(question.header, "empty", language),
    )


def _answer(frame: Frame, question: Question, head: Head, usual: dict[str, str]) -> Answered:
    answer = question.ask(frame.site.graph.store, usual)
    rows = answer.rows()
    named = {name for name in answer.variables if f"{name}{LABEL}" in answer.variables}
    shown = [n for n in answer.variables if n.removesuffix(LABEL) not in named or n in named]
    titles = {c.name: c.title(head.language) for c in question.columns}

    def cell(name: str, row: dict[str, str | None]) -> Link:
        value = row[name] or ""
        text = (row.get(f"{name}{LABEL}") or "") if name in named else ""
        is_iri = value.startswith(("http://", "https://"))
        if is_iri and not text:
            return frame.link(frame.site.model.thing(value), head)
        text = text or word_of(name, value, head.language) or value
        return Link(text, frame.target(value, head) if is_iri else "")

    return Answered(
        tuple(titles.get(f"{n}{LABEL}" if n in named else n, n) for n in shown),
        tuple(tuple(cell(name, row) for name in shown) for row in rows[:MOST]),
        len(rows) - len(rows[:MOST]),
    )
