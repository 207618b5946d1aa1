"""A walk through the blocks: headings open nodes, bullets and tables fill them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from welfaregraph.draft.actors import Actor, actors_in
from welfaregraph.draft.blocks import Block
from welfaregraph.draft.departments import ended_by_department
from welfaregraph.draft.functions import function_of, opens_aside
from welfaregraph.draft.glossary import names_glossary
from welfaregraph.draft.goals import goal_headings, reviewed
from welfaregraph.draft.headless import LONGEST_UNIT, SILENT, VERB, Headless
from welfaregraph.draft.items import label_of, title_of
from welfaregraph.draft.marks import Mark
from welfaregraph.draft.nodes import Node
from welfaregraph.draft.outline import SENTENCE, Heading, heading_at, similar
from welfaregraph.draft.prose import goals_in_prose
from welfaregraph.draft.signs import heading_signs
from welfaregraph.draft.tables import Row, rows_of
from welfaregraph.draft.words import table

__all__ = ["Walk"]

#: Kinds of headings that no unit opens.
SECTIONS = ("chapter", "section")
#: A title that ends in a verb is no longer than this.
LONGEST_VERB = 20
#: What may open the name of an actor before what it does: 1)〔市〕講座を開きます。
BRACKETS = tuple("〔【［[〈《＜（(")
#: Names in one style with a department that are no chance.
LEAST_ENDED = 3
#: Numbers of a measure that tell its goal too.
DEPTH = 2
#: Signs that open notes, and bullets in some plans.
STARS = ("＊", "*")


class Walk(Headless):
    """The blocks of one document, read from the first to the last.

    :param blocks: of one document
    """

    def __init__(self, blocks: Sequence[Block]) -> None:
        super().__init__(blocks)
        self.goals = goal_headings(blocks)
        titles = ((h.mark.numbers, h.title) for h in self.goals.values())
        self.only_contents = bool(self.goals) and all(blocks[n].leader for n in self.goals)
        self.goal_titles = list(dict.fromkeys(titles))
        self.signs = heading_signs(blocks)
        self.reviewed = reviewed(blocks)
        marks = [b.mark for b in blocks if b.mark and b.mark.numbers and not b.leader]
        ended = Counter(m.style for m in marks if ended_by_department(m.title))
        self.ended = {style for style, times in ended.items() if times >= LEAST_ENDED}
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
        if not any(root.kind == "goal" for root in self.roots):
            named = goals_in_prose(self.blocks)
            self.roots += [self._node("goal", each, "goal-in-prose", 0.7) for each in named]
        return self.roots

    def _step(self, n: int) -> int:
        block = self.blocks[n]
        if n in self.reviewed:
            return n + 1
        if block.leader and n not in self.goals and not self.only_contents:
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
        note = block.mark is not None and block.mark.shape == "note"
        if note and not self.aside and self._is_starred(n):
            self._bullet(block, label_of(block.text))
        if self.aside or block.vertical or note:
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
        heading = self._inserted(self._without_rest_of_goal(heading))
        mark, title = heading.mark, heading.title
        self._return_to_chart(heading)
        if not mark.keyword and title[:1] in BRACKETS and self._inline(self.blocks[n], title):
            return n + 1
        style, after = mark.style, heading.last + 1
        known = self._knows(mark)
        if self.aside and not (known or mark.keyword or style in self.unit_styles):
            return n + 1
        if mark.shape in SECTIONS and not self._in_goal_of_sections(mark):
            return self._section(heading)
        if actors := actors_in(title, bare=not mark.keyword and bool(self.stack)):
            self._function(heading, "action", known=known)
            self.actors = actors if self._inside() else ()
            return after
        if kind := function_of(title) or self._direction(mark):
            self._function(heading, kind, known=known)
            return after
        if who := self._department_of(heading):
            label = self._found(label_of(who["name"]), self.blocks[n], "actor-after", 0.8)
            self.stack[-1].acts.append((Actor("government", who["who"]), label))
            return after
        if (
            self._is_listed(n)
            or not self._may_be_unit(heading)
            or not self._fits(heading, known=known)
        ):
            self._bullet(self.blocks[n], label_of(mark.title))
            return n + 1
        return self._unit(heading)

    def _department_of(self, heading: Heading) -> re.Match[str] | None:
        """Return a name and the department in brackets behind it: ①配食【福祉課】."""
        style, free = heading.mark.style, self._in_unit() and not self.actors
        if heading.mark.keyword or style not in self.ended or not free:
            return None
        below = self.blocks[heading.last + 1 : heading.last + 2]
        lists = below and below[0].mark and below[0].mark.style != style
        if lists and not function_of(below[0].text):
            return None
        return ended_by_department(heading.mark.title)

    def _return_to_chart(self, heading: Heading) -> None:
        """Open the goal again that a chart gave a measure to: １－(２) below 目標２ already."""
        numbers, title = heading.mark.numbers, heading.title
        if len(numbers) != DEPTH or self._of_open_goal(numbers[0]):
            return
        goals = [r for r in self.roots if r.kind == "goal" and r.numbers == numbers[:1]]
        for goal in goals:
            numbered = (u for u in goal.units() if u.numbers[-1:] == numbers[1:])
            if any(similar(unit.label.text, title) for unit in numbered):
                self._reset()
                self.aside = False
                self.stack = [goal]
                return

    def _of_open_goal(self, number: int) -> bool:
        goal = next((node for node in self.stack if node.kind == "goal"), None)
        deep = sum(node.kind == "unit" for node in self.stack)
        return goal is not None and goal.numbers == (number,) and deep == 0

    def _direction(self, mark: Mark) -> str:
        """Return what 「施策の方向　…」 is below a measure that has a number: no unit."""
        directions = table("headings")["named"]["directions"]
        named = mark.shape == "named" and mark.keyword in directions
        units = [node for node in self.stack if node.kind == "unit"]
        return "action" if named and any(node.style != mark.style for node in units) else ""

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

    def _is_starred(self, n: int) -> bool:
        """Tell whether ＊ opens a bullet: it stands directly below an actor or another one."""
        mark, above = self.blocks[n].mark, self.blocks[n - 1] if n else None
        star = mark is not None and mark.printed[:1] in STARS
        if not (star and self.actors and above):
            return False
        again = above.mark is not None and above.mark.printed[:1] in STARS
        return bool(actors_in(above.text)) or (again and bool(self.said))

    def _is_listed(self, n: int) -> bool:
        """Tell whether a line is of an ordered list below a heading that the format knows."""
        block, below = self.blocks[n], self.blocks[n + 1 : n + 2]
        listed = bool(block.mark and block.mark.shape == "dot" and not block.heading)
        heads = below and not (
            below[0].heading or (below[0].mark and below[0].mark.shape == "dot")
        )
        headed = any(node.level for node in self.stack if node.kind == "unit")
        return listed and headed and not heads

    def _may_be_unit(self, heading: Heading) -> bool:
        title, mark = heading.title, heading.mark
        if not 1 < len(title) <= LONGEST_UNIT:
            return False
        if mark.shape == "many" or mark.keyword:
            return not title.endswith("。")
        if SENTENCE.search(title) or (VERB.search(title) and len(title) > LONGEST_VERB):
            return not title.endswith("。") and self._heads_function(heading)
        return True

    def _heads_function(self, heading: Heading) -> bool:
        """Tell whether 現状と課題, 主な取組 or an actor's heading stands directly below."""
        below = self.blocks[heading.last + 1 : heading.last + 2]
        return any(
            function_of(block.text) or actors_in(block.text, bare=False)
            for block in below
            if not block.cells
        )

    def _fits(self, heading: Heading, *, known: bool) -> bool:
        """Tell whether a heading stands where a unit can."""
        mark = heading.mark
        if self.actors and not known and not mark.keyword and not self._of_goal(mark):
            return False
        if self.context == "indicator" and self.stack[-1:] and not self._in_unit():
            return bool(mark.keyword) or self._heads_function(heading)
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
        if mark.keyword or self._goes_on_from_before(heading):
            return True
        return mark.numbers[-1] in {1, self.counts.get(mark.style, 0) + 1}

    def _of_goal(self, mark: Mark) -> bool:
        """Tell whether a number begins with that of the goal: 1-1 below 基本目標１."""
        goal = next((node for node in self.stack if node.kind == "goal"), None)
        return mark.shape == "many" and goal is not None and goal.numbers == mark.numbers[:1]

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
        self.terms = names_glossary(heading.title)
        if known:
            self._pop(heading.mark.style)
        self.context = kind
        if not self._inside():
            self.stack.append(self._node("section", heading, kind, 0.5))
        else:
            node = self._node("function", heading, kind, 0.9)
            self._attach(node)

    def _inserted(self, heading: Heading) -> Heading:
        """Return (6-2), which a later edition put behind (6), as one more of that series."""
        mark = heading.mark
        open_ = [node for node in self.stack if node.kind == "unit"]
        series = ("", "paren")
        if mark.shape != "many" or mark.keyword or not mark.printed.startswith("("):
            return heading
        if not open_ or open_[-1].style != series or open_[-1].numbers != mark.numbers[:1]:
            return heading
        return replace(heading, mark=replace(mark, shape="paren", numbers=mark.numbers[:1]))

    def _without_rest_of_goal(self, heading: Heading) -> Heading:
        """Return a heading without the rest of the goal's title that a chart put behind it."""
        goal = next((node for node in self.stack if node.kind == "goal"), None)
        begun = goal.label.text if goal else ""
        for _, title in self.goal_titles if begun else []:
            rest = title.removeprefix(begun)
            if rest and rest != title and heading.title.endswith(rest):
                return replace(heading, title=heading.title.removesuffix(rest))
        return heading

    def _unit(self, heading: Heading) -> int:
        mark = heading.mark
        self._reset()
        self.aside = False
        if self._knows(mark):
            self._pop(mark.style)
        if not (mark.keyword or self._inside() or self._goes_on_from_before(heading)):
            self.stack.append(self._node("section", heading, "section", 0.5))
            self.roots.append(self._node("orphan", heading, "diagram", 0.6))
            return heading.last + 1
        self.counts[mark.style] = mark.numbers[-1]
        name = "keyword-heading" if mark.keyword else "numbered-heading"
        node = self._node("unit", heading, name, 0.9 if mark.keyword else 0.8)
        self._attach(node)
        return heading.last + 1

    def _goes_on_from_before(self, heading: Heading) -> bool:
        """Tell whether an excerpt begins inside a goal: （４） is its first number."""
        style, number = heading.mark.style, heading.mark.numbers[-1]
        above = (self.blocks[n].mark for n in range(heading.first))
        first = not self.roots and not any(m and m.numbers for m in above)
        later = bool(self.goals) and style in self.unit_styles
        return later and first and style[1] == "paren" and number > 1

    # Tables

    def _table(self, n: int) -> int:
        end = n
        while end < len(self.blocks) and self.blocks[end].cells:
            end += 1
        owners = () if self.said else self.actors
        self._close_actors()
        if self.aside or self.context in {"indicator", "issue"}:
            return end
        for row in rows_of(self.blocks[n:end]):
            if self.context != "other" or row.goal or row.units:
                self._row(row.owned_by(owners))
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
