"""A walk through the blocks: headings open nodes, bullets and tables fill them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from welfaregraph.draft.actors import Actor, actors_in, says_same
from welfaregraph.draft.blocks import Block
from welfaregraph.draft.found import Found
from welfaregraph.draft.functions import function_of, opens_aside
from welfaregraph.draft.items import items_of, label_of, title_of
from welfaregraph.draft.marks import Mark, without_bullet
from welfaregraph.draft.nodes import Node
from welfaregraph.draft.outline import (
    SENTENCE,
    Heading,
    goal_headings,
    heading_at,
    is_title,
    similar,
)
from welfaregraph.draft.stack import Stack
from welfaregraph.draft.tables import Row, rows_of

__all__ = ["Walk"]

#: Headings whose bullets are neither items nor activities.
SILENT = ("issue", "aim", "indicator", "other")
#: Kinds of headings that no unit opens.
SECTIONS = ("chapter", "section")
#: Bullets that may head something, where other bullets or text stand below.
HEADING_BULLETS = "■◆●◎□◇▼▶★▲△▽◉❖☆○"
#: A name longer than this is an item, not a heading.
LONGEST_UNIT = 48
#: A paragraph below a title is no shorter than this.
LEAST_PROSE = 40
#: An actor, a blank, and what it does: 市民・地域　・声をかける。
INLINE = re.compile(
    r"^[【\[［〔《〈＜<]?([^\s。、]{1,16}?)[】\]］〕》〉＞>]?(?:[\s\u3000]+|[：:])((?:[・●○◆■◎□▪*-]|.{4,}(?:。|ます|ましょう|る|う|づくり|実施|支援|参加|協力)$).*)$"
)
VERB = re.compile(r"(?:[うくすつむるぐぶ]|ます|ました|ません|ましょう|たい)[。]?$")


class Walk(Stack):
    """The blocks of one document, read from the first to the last.

    :param blocks: of one document
    """

    def __init__(self, blocks: Sequence[Block]) -> None:
        super().__init__(blocks)
        self.goals = goal_headings(blocks)
        self.goal_titles = [(h.mark.numbers, h.title) for h in self.goals.values()]
        self.context = ""  #: function of the last heading
        self.actors: tuple[Actor, ...] = ()
        self.aside = False
        self.counts: dict[tuple[str, str], int] = {}  #: last number of each series of units
        self.prose: list[Found] = []  #: sentences below an actor's heading
        self.said: list[Found] = []  #: items of the actors now heading
        self.before: list[Found] = []  #: of those before them
        self._learn()

    def _learn(self) -> None:
        """Find the styles of headings that surely open units."""
        self.unit_styles: set[tuple[str, str]] = set()
        for n in range(len(self.blocks)):
            heading = heading_at(self.blocks, n)
            if heading is None or n in self.goals or not self._may_be_unit(heading):
                continue
            below = self.blocks[heading.last + 1 : heading.last + 3]
            if any(
                function_of(b.text) or actors_in(b.text, bare=False)
                for b in below
                if not b.cells
            ):
                self.unit_styles.add(heading.mark.style)

    def run(self) -> list[Node]:
        """Return the goals in the order of their headings, and units that stand alone."""
        n = 0
        while n < len(self.blocks):
            n = self._step(n)
        self._close_actors()
        return self.roots

    def _step(self, n: int) -> int:
        block = self.blocks[n]
        if block.leader and n not in self.goals:
            return n + 1
        if n in self.goals:
            return self._goal(self.goals[n])
        if block.cells:
            return self._table(n)
        if (
            opens_aside(block.text)
            and len(block.text) < 40
            and not (block.mark and block.mark.keyword)
        ):
            self._close_actors()
            self.aside = True
            return n + 1
        heading = heading_at(self.blocks, n)
        if self._repeats_goal(block, heading):
            return n + 1
        if heading:
            return self._numbered(heading, n)
        if self.aside or block.vertical or (block.mark and block.mark.shape == "note"):
            return n + 1
        self._unnumbered(block, n)
        return n + 1

    # Headings with numbers

    def _goal(self, heading: Heading) -> int:
        self._reset()
        self.aside = False
        while self.stack and (self.stack[-1].kind in {"goal", "unit", "function"}):
            self.stack.pop()
        node = self._node("goal", heading, "goal-heading", 0.95)
        self.roots.append(node)
        self.stack.append(node)
        return heading.last + 1

    def _repeats_goal(self, block: Block, heading: Heading | None) -> bool:
        """Open a goal again where its title heads a chapter in another style."""
        if block.is_sentence or len(block.text) > LONGEST_UNIT:
            return False
        title = heading.title if heading else title_of(block.text)
        for numbers, known in self.goal_titles:
            same = title.replace(" ", "") == known.replace(" ", "")
            alike = heading is not None and heading.mark.numbers == numbers
            short = alike and similar(title, known)
            if len(title) > 5 and (same or short):
                mark = heading.mark if heading else Mark("", numbers=numbers, title=known)
                at = self.blocks.index(block)
                printed = Mark(mark.shape, mark.keyword, numbers, "", title)
                self._goal(Heading(printed, title, at, heading.last if heading else at))
                return True
        return False

    def _numbered(self, heading: Heading, n: int) -> int:
        mark, title = heading.mark, heading.title
        style, after = mark.style, heading.last + 1
        known = self._knows(mark)
        if self.aside and not (known or mark.keyword or style in self.unit_styles):
            return n + 1
        if mark.shape in SECTIONS and not self._in_goal_of_sections(mark):
            return self._section(heading)
        if kind := function_of(title):
            self._function(heading, kind, known=known)
            return after
        if actors := actors_in(title, bare=not mark.keyword and bool(self.stack)):
            self._function(heading, "action", known=known)
            self.actors = actors if self._inside() else ()
            return after
        if not self._may_be_unit(heading) or not self._fits(heading, known=known):
            self._bullet(self.blocks[n], label_of(mark.title))
            return n + 1
        return self._unit(heading)

    def _in_goal_of_sections(self, mark: Mark) -> bool:
        """Tell whether a chapter or section opens a unit, as its goal is a chapter itself."""
        below = any(node.kind == "goal" for node in self.stack)
        marks = [self.blocks[n].mark for n in self.goals]
        chapters = any(each and each.shape == "chapter" for each in marks)
        siblings = any(n.style == mark.style for n in self.stack if n.kind == "unit")
        return below and mark.shape == "section" and (chapters or siblings)

    def _section(self, heading: Heading) -> int:
        """Close everything: a chapter begins that is no goal."""
        self._reset()
        self.aside = False
        self.stack.clear()
        return heading.last + 1

    def _may_be_unit(self, heading: Heading) -> bool:
        title, mark = heading.title, heading.mark
        if not 1 < len(title) <= LONGEST_UNIT:
            return False
        if mark.shape == "many" or mark.keyword:
            return not title.endswith("。")
        return not SENTENCE.search(title) and not (VERB.search(title) and len(title) > 20)

    def _fits(self, heading: Heading, *, known: bool) -> bool:
        """Tell whether a heading stands where a unit can."""
        mark = heading.mark
        if self.actors and not known and not mark.keyword:
            return False
        if self.context in SILENT and not known and mark.style not in self.unit_styles:
            if mark.keyword:
                return True
            return (
                self.stack[-1:] != []
                and self.stack[-1].kind == "goal"
                and self.context != "other"
            )
        if known:
            return self._follows(mark)
        return bool(mark.keyword) or mark.numbers[-1] in {1, self.counts.get(mark.style, 0) + 1}

    def _follows(self, mark: Mark) -> bool:
        """Tell whether a number goes on with its series or begins it anew."""
        last = next(node for node in reversed(self.stack) if node.style == mark.style)
        if last.kind == "section":
            return True
        step = mark.numbers[-1] - last.numbers[-1] if last.numbers else 1
        return bool(mark.keyword) or mark.numbers[-1] == 1 or 0 <= step <= 3

    def _function(self, heading: Heading, kind: str, *, known: bool) -> None:
        self._reset()
        self.aside = False
        if known:
            self._pop(heading.mark.style)
        self.context = kind
        if not self._inside():
            self.stack.append(self._node("section", heading, kind, 0.5))
        else:
            node = self._node("function", heading, kind, 0.9)
            self._attach(node)

    def _unit(self, heading: Heading) -> int:
        mark = heading.mark
        self._reset()
        self.aside = False
        if self._knows(mark):
            self._pop(mark.style)
        if not mark.keyword and not self._inside():
            self.stack.append(self._node("section", heading, "section", 0.5))
            self.roots.append(self._node("orphan", heading, "diagram", 0.6))
            return heading.last + 1
        self.counts[mark.style] = mark.numbers[-1]
        name = "keyword-heading" if mark.keyword else "numbered-heading"
        node = self._node("unit", heading, name, 0.9 if mark.keyword else 0.8)
        self._attach(node)
        return heading.last + 1

    def _reset(self) -> None:
        self._close_actors()
        self.context, self.actors = "", ()

    def _close_actors(self) -> None:
        """Keep the sentences of an actor who has no bullets."""
        if self.prose and self.actors and self.stack:
            for found in self.prose:
                self.stack[-1].acts += [(actor, found) for actor in self.actors]
        self.prose, self.said, self.before = [], [], []

    # Everything else

    def _unnumbered(self, block: Block, n: int) -> None:
        mark = block.mark
        bullet = mark is not None and mark.shape == "bullet"
        text = mark.title if mark and bullet else block.text
        if self._inline(block, text):
            return
        if actors := self._actors_of(block, text):
            before = self.said
            self._close_actors()
            self.before = before
            self.actors, self.context = actors, "action"
        elif kind := function_of(text):
            self._reset()
            self.context = kind
        elif block.heading and not block.is_sentence:
            self._headed(block, n)
        elif bullet and self._heads(block, n):
            self._titled(block, n, ("bullet", (mark.printed if mark else "")[:1]))
        elif bullet:
            self._bullet(block, label_of(block.text))
        elif is_title(block) and self._heads_bullets(n):
            self._titled(block, n, ("plain", "part"))
        elif is_title(block) and self._heads_prose(n):
            self._titled(block, n, ("plain", "unit"))
        elif self.actors and not self.said and block.is_sentence and len(block.text) < 400:
            self.prose.append(self._found(block.text, block, "actor-prose", 0.6))

    def _inline(self, block: Block, text: str) -> bool:
        """Read a line that begins with an actor and goes on with what it does."""
        if not self._in_unit() or block.heading:
            return False
        found = INLINE.match(text)
        actors = actors_in(found[1]) if found else ()
        if not found or not actors or function_of(found[1]):
            return False
        before = self.said
        self._close_actors()
        self.before, self.actors, self.context = before, actors, "action"
        for item in items_of(found[2]):
            these = before if says_same(item) else [self._found(item, block, "actor-row", 0.75)]
            self.said += these
            self.stack[-1].acts += [(actor, one) for one in these for actor in actors]
        return True

    def _actors_of(self, block: Block, text: str) -> tuple[Actor, ...]:
        if not self._inside() or block.is_sentence:
            return ()
        boxed = (
            bool(re.match(r"^[【\[［〔《〈＜<「『≪■◆●◎□◇○▼▶★]", block.text))
            or block.heading > 0
        )
        return actors_in(text, bare=boxed or len(text) <= 14)

    def _headed(self, block: Block, n: int) -> None:
        """Read a heading that the format knows and that has no number."""
        level = ("heading", str(block.heading))
        goal = next((node for node in self.stack if node.kind == "goal"), None)
        above = goal is None or goal.style[0] == "heading"
        if above or not self._may_head(block):
            self._reset()
            self.context = "other" if self._inside() else ""
            return
        self._titled(block, n, level)

    def _may_head(self, block: Block) -> bool:
        goals = {self.blocks[n].heading for n in self.goals}
        return is_title(block) and block.heading > max(goals, default=0)

    def _titled(self, block: Block, n: int, style: tuple[str, str]) -> None:
        """Open a unit that has no number."""
        if not self._inside():
            return
        self._reset()
        if style == ("plain", "unit"):
            self._pop_to_goal()
        elif style == ("plain", "part"):
            self._pop_plain()
        else:
            self._pop(style)
        heading = Heading(
            Mark("", title=block.text), title_of(without_bullet(block.text)), n, n
        )
        node = self._node("unit", heading, "unnumbered-heading", 0.6)
        node.style = style
        self._attach(node)

    def _pop_plain(self) -> None:
        if any(node.style == ("plain", "part") for node in self.stack):
            self._pop(("plain", "part"))

    def _heads(self, block: Block, n: int) -> bool:
        """Tell whether a bullet is the heading of what stands below it."""
        below = self.blocks[n + 1] if n + 1 < len(self.blocks) else None
        mark = block.mark
        if (
            below is None
            or mark is None
            or mark.printed[:1] not in HEADING_BULLETS
            or not is_title(block)
        ):
            return False
        if self.actors or self.context in SILENT or len(block.text) > LONGEST_UNIT:
            return False
        other = (
            below.mark is not None
            and below.mark.shape == "bullet"
            and below.mark.printed[:1] != mark.printed[:1]
        )
        prose = (
            below.mark is None
            and below.is_sentence
            and not below.cells
            and len(below.text) > 30
        )
        return other or prose

    def _heads_bullets(self, n: int) -> bool:
        """Tell whether a plain line is the heading of the bullets below it."""
        below = self.blocks[n + 1] if n + 1 < len(self.blocks) else None
        if below is None or below.mark is None or below.mark.shape != "bullet":
            return False
        if self.context in SILENT or self.actors or not self._in_unit():
            return False
        return len(self.blocks[n].text) >= 5 and not VERB.search(self.blocks[n].text)

    def _heads_prose(self, n: int) -> bool:
        """Tell whether a plain line heads a unit: units here have prose below their titles."""
        below = self.blocks[n + 1] if n + 1 < len(self.blocks) else None
        if below is None or below.mark or below.cells or len(below.text) < LEAST_PROSE:
            return False
        goal = next((node for node in self.stack if node.kind == "goal"), None)
        if goal is None or self.context in SILENT or self.actors or not self.blocks[n].gap:
            return False
        units = [child for child in goal.children if child.kind == "unit"]
        plain = [c for unit in units for c in unit.children if c.style == ("plain", "part")]
        return len(units) > 1 and len(plain) > 1

    def _bullet(self, block: Block, label: str) -> None:
        if (
            not self.stack
            or not label
            or self.context in SILENT
            or self.aside
            or not self._inside()
        ):
            return
        found = self._found(label, block, "bullet", 0.85)
        if self.actors:
            self.prose = []
            these = self.before if says_same(label) else [found]
            self.said += these
            self.stack[-1].acts += [(actor, one) for one in these for actor in self.actors]
        elif self._in_unit():
            self.stack[-1].items.append(found)

    # Tables

    def _table(self, n: int) -> int:
        end = n
        while end < len(self.blocks) and self.blocks[end].cells:
            end += 1
        self._close_actors()
        if self.aside or self.context in {"indicator", "issue"}:
            return end
        for row in rows_of(self.blocks[n:end]):
            self._row(row)
        return end

    def _goal_of_row(self, goal: tuple[Mark | None, str], block: Block) -> None:
        """Open the goal that a row of a table names, unless it is open already."""
        mark, title = goal
        current = next((node for node in self.stack if node.kind == "goal"), None)
        if current is not None and similar(current.label.text, title):
            return
        at = self.blocks.index(block)
        self._goal(Heading(mark or Mark("row", title=title), title, at, at))

    def _row(self, row: Row) -> None:
        block = row.block
        if row.goal:
            self._goal_of_row(row.goal, block)
        for depth, (mark, title) in enumerate(row.units):
            if (mark and mark.keyword) or (mark and self._inside()):
                heading = Heading(
                    mark, title, self.blocks.index(block), self.blocks.index(block)
                )
                self._unit(heading)
            elif title and self._inside():
                heading = Heading(Mark("", title=title), title, 0, 0)
                self._pop(("row", str(depth)))
                node = self._node("unit", heading, "table-row", 0.7, block=block)
                node.style = ("row", str(depth))
                self._attach(node)
        if not self._inside():
            return
        target = self.stack[-1]
        for actor, label in row.acts:
            target.acts.append((actor, self._found(label, block, "actor-table", 0.9)))
        if self._in_unit():
            target.items += [
                self._found(label, block, "table-items", 0.7) for label in row.items
            ]
