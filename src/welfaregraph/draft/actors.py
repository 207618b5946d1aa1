"""Who acts: headings and cells that name actors, and the five kinds they are counted under."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from welfaregraph.draft.marks import BULLETS, CLOSING, OPENING
from welfaregraph.draft.words import any_of, concepts, table
from welfaregraph.text import search_key

__all__ = [
    "KINDS",
    "Actor",
    "actors_in",
    "is_actor_name",
    "marks_action",
    "says_nothing",
    "says_same",
]

#: The kinds, in the order in which patterns are tried; a council is no citizen.
KINDS = ("council", "community", "business", "citizen", "government")
PARENTHESIS = re.compile(r"[(（\[【〈＜《](.*?)[)）\]】〉＞》]")
EDGES = re.compile(rf"^[\s\u3000{BULLETS}※＊*~～〜]+|[\s\u3000~～〜:：…。．]+$")
#: What a colon or waves part from the name: 自助：自分でできること, 公助～行政の取組～.
ASIDE = re.compile(r"(?<=.)(?:[:：]|[～〜~―]+)([^～〜~:：―]{2,})[～〜~―]*$")
#: Two names with a blank between them: 自助　わたしたちができること, 市 社協.
APART = re.compile(r"(\S{1,10})[\s\u3000]+(\S{1,24})")
#: Dots that fonts of PDF files have for the one between words.
DOTS = str.maketrans("‧･·∙", "・・・・")
#: The principles by which plans part who acts.
PRINCIPLE = re.compile(r"[自互共公]助")
#: What ends a list of actors.
LAST = ("等", "など")
#: So many known names in a list tell that the other one is an actor's too.
LEAST_KNOWN = 2
#: A heading that names actors is no longer than this.
LONGEST = 45


@dataclass(frozen=True)
class Actor:
    """One actor as a heading names it."""

    kind: str  #: citizen, community, business, government or council
    category: str  #: the plan's own words


@cache
def _suffixes() -> re.Pattern[str]:
    words = table("actors")["heading"]["suffixes"]
    return re.compile(f"(?:{'|'.join(words)})$")


@cache
def _prefixes() -> re.Pattern[str]:
    return re.compile(f"^(?:{'|'.join(table('actors')['heading']['prefixes'])})")


@cache
def _names() -> tuple[tuple[str, re.Pattern[str]], ...]:
    heading, labels = table("actors")["heading"], concepts("actor-kind")
    found = []
    for kind in KINDS:
        literal = [label for label, slug in labels.items() if slug == kind]
        forms = [*heading.get(kind, []), any_of(literal)]
        found.append((kind, re.compile("|".join(f"(?:{form})" for form in forms))))
    return tuple(found)


@cache
def _between() -> re.Pattern[str]:
    return re.compile(table("actors")["heading"]["between"])


def is_actor_name(text: str) -> str:
    """Return the kind of a single name, or nothing.

    >>> is_actor_name("自治会"), is_actor_name("町社会福祉協議会"), is_actor_name("拠点")
    ('community', 'council', '')
    """
    for name in (text, re.sub(r"(?:など|等|ら)$", "", text)):
        for kind, names in _names():
            if names.fullmatch(name):
                return kind
    return ""


def actors_in(text: str, *, bare: bool = True) -> tuple[Actor, ...]:
    """Return the actors that a heading or cell names, if it does nothing else.

    :param bare: whether a name alone will do, without 「の取組」 or the like

    >>> [(a.kind, a.category) for a in actors_in("【市民・地域の取組】")]
    [('citizen', '市民'), ('community', '地域')]
    >>> [a.kind for a in actors_in("公助（市・社会福祉協議会）")]
    ['government', 'council']
    >>> actors_in("地域の支え合い活動の推進")
    ()
    """
    text = text.translate(DOTS)
    if apart := APART.fullmatch(EDGES.sub("", text)):
        both = [actors_in(part) for part in apart.groups()]
        if all(both):
            return _merged(*map(list, both))
    plain = re.sub(r"\s+", "", EDGES.sub("", text))
    plain = ASIDE.sub(r"（\1）", plain)
    if not plain or len(plain) > LONGEST:
        return ()
    whole = re.fullmatch(rf"{OPENING}(.*){CLOSING}", plain)
    decorated = whole is not None
    plain = _stripped(whole[1] if whole else plain)
    outer = PARENTHESIS.sub("", plain)
    named = _suffixes().sub("", _stripped(outer)) if outer else ""
    within = PARENTHESIS.findall(plain)
    aside = any(_trimmed(part) != _stripped(part) for part in within)
    suffixed = named != outer or aside or bool(PRINCIPLE.fullmatch(outer))
    if not (bare or decorated or suffixed):
        return ()
    found = _split(named or outer) or _split(outer)
    found = found or (_known(named) if named != outer else [])
    inner = [actor for part in within for actor in _split(_trimmed(part))]
    if outer and not found:
        return _specified(outer, inner)
    return _merged(found, inner)


def _trimmed(text: str) -> str:
    return _suffixes().sub("", _stripped(text))


def _stripped(text: str) -> str:
    return EDGES.sub("", _prefixes().sub("", text)) or text


def _specified(outer: str, inner: list[Actor]) -> tuple[Actor, ...]:
    """Return what stands in brackets after a heading that names nobody: 取組（市民）."""
    from welfaregraph.draft.functions import function_of

    return tuple(inner) if inner and function_of(outer) == "action" else ()


def _merged(outer: list[Actor], inner: list[Actor]) -> tuple[Actor, ...]:
    """Return the actors of a heading: what brackets name tells more than 共助 or 公助."""
    principle = all(PRINCIPLE.fullmatch(actor.category) for actor in outer)
    wanted = inner if inner and principle else [*outer, *inner]
    kinds: dict[str, Actor] = {}
    for actor in wanted:
        kinds.setdefault(actor.kind, actor)
    return tuple(kinds.values())


def _split(text: str) -> list[Actor]:
    """Return the actors between separators; nothing if one part is no actor."""
    return list(_names_between(text))


@lru_cache(maxsize=20_000)
def _names_between(text: str) -> tuple[Actor, ...]:
    """Return the same, each text looked at once: a list of n names has n² parts."""
    for name in (text, _trimmed(text)):
        if kind := is_actor_name(name):
            return (Actor(kind, name),)
    for separator in _between().finditer(text):
        left, right = text[: separator.start()], text[separator.end() :]
        if right in LAST and left:
            return _names_between(left)
        if not (left and right):
            continue
        first = _names_between(left)
        if first and (rest := _names_between(right)):
            return (*first, *rest)
    return ()


def _known(text: str) -> list[Actor]:
    """Return the actors of a list where all but one of its names are known."""
    parts = [part for part in re.split("[・、，,/／]", text) if part]
    known = [actors for part in parts if (actors := _split(part))]
    sure = LEAST_KNOWN <= len(known) >= len(parts) - 1
    return [actor for actors in known for actor in actors] if sure else []


def marks_action(cell: str) -> bool:
    """Tell whether a cell holds only a mark that the actor of its column acts.

    >>> marks_action("○"), marks_action("・相談")
    (True, False)
    """
    plain = search_key(cell)
    return bool(plain) and not plain.strip(search_key(table("actors")["heading"]["marks"]))


def says_nothing(cell: str) -> bool:
    """Tell whether a cell is empty or struck out.

    >>> says_nothing("－"), says_nothing("")
    (True, True)
    """
    return not cell.strip(table("actors")["heading"]["none"] + " \u3000\n")


def says_same(cell: str) -> bool:
    """Tell whether a cell repeats the one above it.

    >>> says_same("〃"), says_same("同上")
    (True, True)
    """
    plain = re.sub(r"[\s()（）]", "", cell)
    return plain in table("actors")["heading"]["same"]
