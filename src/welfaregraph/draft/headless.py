"""Lines without a number: bullets, actors, plain titles, headings known by the format."""

from __future__ import annotations

import re

from welfaregraph.draft.actors import Actor, actors_in, says_same
from welfaregraph.draft.blocks import Block
from welfaregraph.draft.endings import is_complete
from welfaregraph.draft.functions import function_of
from welfaregraph.draft.glossary import names_glossary
from welfaregraph.draft.items import (
    TAIL,
    items_of,
    label_of,
    title_of,
    without_department,
)
from welfaregraph.draft.marks import Mark, without_bullet
from welfaregraph.draft.outline import Heading, is_section, is_title
from welfaregraph.draft.signs import sign_of
from welfaregraph.draft.stack import Stack
from welfaregraph.draft.tables import doers_in
from welfaregraph.draft.words import any_of, pattern, table
from welfaregraph.text import unspaced

__all__ = ["LONGEST_UNIT", "SILENT", "VERB", "Headless"]

#: Headings whose bullets are neither items nor activities.
SILENT = ("issue", "aim", "indicator", "other")
#: Bullets that may head something, where other bullets or text stand below.
HEADING_BULLETS = "■◆●◎□◇▼▶★▲△▽◉❖☆○"
#: A name longer than this is an item, not a heading.
LONGEST_UNIT = 48
#: A paragraph below a title is no shorter than this.
LEAST_PROSE = 40
#: An actor, a blank, and what it does: 市民・地域　・声をかける。
INLINE = re.compile(
    r"^[【\[［〔《〈＜<]?([^\s。]{1,16}?)(?:[】\]］〕》〉＞>](?=[^\s\u3000：:の])|[】\]］〕》〉＞>]?(?:[\s\u3000]+|[：:]))((?:[・●○◆■◎□▪*-]|[－–—‐][\s\u3000]|.{4,}(?:。|ます|ましょう|る|う|づくり|実施|支援|参加|協力)$).*)$"
)
#: In a bullet, an actor and a colon: 社協：備品を貸し出す.
NAMED = re.compile(r"^([^\s。、：:]{1,16})\s*[：:]\s*(\S.+)$")
#: What opens the heading of an actor.
OPENED = tuple("【［[〔〈《＜<「『（(")
COLONS = str.maketrans("：", ":")
#: So many bullets with it are no chance.
LEAST_TAILS = 3
#: So many actors' headings one after another do not say whose the bullets below them are.
MOST_HEADS = 3
#: So many goals with measures tell what a document prints below them.
LEAST_PLANS = 2
#: The contents stand among so many first blocks.
MOST_CONTENTS = 60
#: Blocks within which a second actor follows the first.
NEAR = 12
#: What an actor does, told in sentences, is no longer than this.
LONGEST_TOLD = 400
VERB = re.compile(r"(?:[うくすつむるぐぶ]|ます|ました|ません|ましょう|たい)[。]?$")


class Headless(Stack):
    """Reads what has no number, below the headings that are open."""

    signs: set[str]  #: that open headings
    goals: dict[int, Heading]  #: headings of goals by the index of their block
    tails: bool | None = None  #: whether bullets here end with who acts, in brackets

    def _unnumbered(self, block: Block, n: int) -> None:
        mark = block.mark
        bullet = mark is not None and mark.shape == "bullet"
        text = mark.title if mark and bullet else block.text
        if self.terms and self._is_term(block, n):
            return
        if self._states_doer(text) or self._inline(block, text):
            return
        actors = self._actors_of(block, text)
        contents = is_title(block) and not bullet and self._is_in_contents(n)
        if contents or (actors and self._stands_apart(block, n)):
            self._reset()
            self.stack.clear()
        elif actors:
            before = self.said
            self._close_actors()
            self.before = before
            self.actors, self.context = actors, "action"
            self._count_heads(n)
        elif (kind := function_of(text)) and not (bullet and self.actors and VERB.search(text)):
            self._reset()
            self.context, self.terms = kind, names_glossary(text)
        elif block.heading and not block.is_sentence:
            self._headed(block, n)
        elif bullet and (sign_of(block) in self.signs or self._heads(block, n)):
            self._titled(block, n, ("bullet", (mark.printed if mark else "")[:1]))
        elif bullet:
            self._bullet(block, label_of(block.text))
        elif is_title(block) and (level := self._level_of(n)):
            self._titled(block, n, ("plain", level))
        elif block.is_sentence and self.stack and not self.actors:
            self.stack[-1].explained = True
        elif self.actors and not self.said and self._tells(block):
            self.prose.append(self._found(block.text, block, "actor-prose", 0.6))

    def _is_term(self, block: Block, n: int) -> bool:
        """Tell whether a line of a glossary names a term, explained behind it or below."""
        below = self.blocks[n + 1] if n + 1 < len(self.blocks) else None
        boxed = block.heading or block.mark or block.text[:1] in OPENED
        told = below is not None and below.is_sentence and not (below.mark or below.cells)
        return not boxed and (block.is_sentence or told)

    def _level_of(self, n: int) -> str:
        """Return which level a plain title opens, as what stands below it tells; or nothing."""
        if self._heads_actors(n):
            return "part" if self._is_part() else "unit"
        if self._heads_bullets(n):
            return "part"
        return "unit" if self._heads_prose(n) else ""

    def _is_in_contents(self, n: int) -> bool:
        """Tell whether a line that names a part of the document stands in its contents too."""
        text = self.blocks[n].text
        if not is_section(text) or function_of(text) or actors_in(text) or not self._in_unit():
            return False
        contents = any_of(table("headings")["contents"]["words"])
        first = self.blocks[: min(n, MOST_CONTENTS)]
        heads = [k for k, b in enumerate(first) if re.fullmatch(contents, unspaced(b.text))]
        return any(b.text == text for k in heads[:1] for b in first[k:])

    def _stands_apart(self, block: Block, n: int) -> bool:
        """Tell whether an actor's heading is one of the document, after the last goal.

        It stands as far from the lines above as goals do, and no measure names who acts.
        """
        last = max(self.goals, default=n)
        gap = self.blocks[last].gap
        plans = [root for root in self.roots if root.units()]
        listed = len(plans) >= LEAST_PLANS and not any(root.all_acts() for root in plans)
        return listed and last < n and 0 < gap <= block.gap and self.blocks[n - 1].gap < gap

    def _count_heads(self, n: int) -> None:
        """Leave bullets without an actor where the headings of all actors stand before them."""
        above = self.blocks[n - 1] if n else None
        again = above is not None and not above.cells and actors_in(_bare(above))
        self.heads = self.heads + 1 if again else 1
        self.unowned = self.unowned or self.heads >= MOST_HEADS
        if self.unowned and self.heads > 1:
            self.actors = ()

    def _states_doer(self, text: str) -> bool:
        """Read 「担当課：福祉課」 below the name of what the department does."""
        head, colon, who = text.translate(COLONS).partition(":")
        doers = pattern("headings", "columns", "doers")
        if not colon or not self._in_unit() or not doers.fullmatch(head.strip(" \u3000【】")):
            return False
        named, open_ = doers_in(who), self.stack[-1]
        above = self.stack[-2] if len(self.stack) > 1 else None
        if self.actors or not named:
            return True
        if open_.items:
            label = open_.items.pop()
            open_.acts += [(actor, label) for actor in named]
        elif above and above.kind in {"unit", "function"} and open_.is_bare:
            above.acts += [(actor, open_.label) for actor in named]
            above.children = [child for child in above.children if child is not open_]
            self.stack.pop()
        return True

    def _inline(self, block: Block, text: str) -> bool:
        """Read a line that begins with an actor and goes on with what it does."""
        if not self._in_unit() or block.heading:
            return False
        named = block.mark is not None and block.mark.shape == "bullet"
        found = INLINE.match(text) or (NAMED.match(text) if named else None)
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
        if not any(root.kind == "goal" for root in self.roots) and self._is_lone_unit(block, n):
            self.stack.clear()
            heading = Heading(Mark("", title=block.text), title_of(block.text), n, n)
            node = self._node("unit", heading, "unnumbered-heading", 0.5)
            node.style = level
            self._attach(node)
            return
        goal = next((node for node in self.stack if node.kind == "goal"), None)
        above = goal is None or goal.style[0] == "heading"
        if above or not self._may_head(block):
            self._reset()
            self.context = "other" if self._inside() else ""
            self.terms = names_glossary(block.text)
            return
        self._titled(block, n, level)

    def _is_lone_unit(self, block: Block, n: int) -> bool:
        """Tell whether a heading without number opens a unit of a goal not in the excerpt."""
        below = [each.text for each in self.blocks[n + 1 : n + 3] if not each.mark]
        heads = any(function_of(text) in {"action", "aim", "issue"} for text in below)
        title = is_title(block) and not is_section(block.text)
        return bool(self.goals) and heads and title and block.heading > 1

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

    def _tells(self, block: Block) -> bool:
        """Tell whether a line below an actor's heading says what the actor does."""
        if block.is_sentence:
            return len(block.text) < LONGEST_TOLD
        short = len(block.text) <= LONGEST_UNIT and not block.heading
        return short and block.gap <= 1 and is_complete(block.text)

    def _heads_actors(self, n: int) -> bool:
        """Tell whether a plain line heads a unit: the first of the actors stands below it."""
        below = self.blocks[n + 1 : n + 3]
        if len(below) > 1 and function_of(below[0].text) == "action":
            below = below[1:]
        first = actors_in(below[0].text, bare=len(below[0].text) <= 14) if below else ()
        title = self.blocks[n].text
        column = pattern("headings", "columns", "units").fullmatch(title.split()[0])
        if not first or below[0].cells or not self._inside() or column or is_section(title):
            return False
        if not self._in_unit():
            return self.context not in SILENT and self._names_others(n + 2, first[0].kind)
        acts = self.stack[-1].acts
        again = bool(acts) and acts[0][0].kind == first[0].kind
        return again and bool(self.actors) and self.actors[0].kind != first[0].kind

    def _names_others(self, n: int, kind: str) -> bool:
        """Tell whether the heading of another actor follows soon."""
        near = [each.text for each in self.blocks[n : n + NEAR] if not each.cells]
        named = [actors_in(text, bare=len(text) <= 14) for text in near]
        return any(actors and actors[0].kind != kind for actors in named)

    def _is_part(self) -> bool:
        units = [node for node in self.stack if node.kind == "unit"]
        return bool(units) and units[0].style != ("plain", "unit")

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
        if any(actor.kind == "government" for actor in self.actors):
            label = without_department(label)
        found = self._found(label, block, "bullet", 0.85)
        if self.actors:
            self.prose = []
            these = self.before if says_same(label) else [found]
            self.said += these
            self.stack[-1].acts += [(actor, one) for one in these for actor in self.actors]
        elif self._in_unit() and (doers := self._doers_after(label)):
            named = self._found(TAIL.sub("", label), block, "actor-after", 0.8)
            self.stack[-1].acts += [(actor, named) for actor in doers]
        elif self._in_unit():
            self.stack[-1].items.append(found)

    def _doers_after(self, label: str) -> tuple[Actor, ...]:
        """Return the actors in brackets at the end of a bullet, if others here do so too."""
        named = TAIL.search(label)
        if not named or not actors_in(named[1]):
            return ()
        if self.tails is None:
            ends = [
                TAIL.search(label_of(block.text)) for block in self.blocks if _listed(block)
            ]
            named_in = [bool(end and actors_in(end[1])) for end in ends]
            self.tails = sum(named_in) >= LEAST_TAILS and 2 * sum(named_in) > len(named_in)
        return actors_in(named[1]) if self.tails else ()


def _bare(block: Block) -> str:
    return without_bullet(block.text)


def _listed(block: Block) -> bool:
    return block.mark is not None and block.mark.shape == "bullet"
