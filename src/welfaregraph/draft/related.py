"""Other plans that the document names, and how they are related to its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from welfaregraph.draft.blocks import Block
from welfaregraph.draft.found import Found, Related
from welfaregraph.draft.names import Name, names_in
from welfaregraph.draft.reading import Reading
from welfaregraph.draft.words import table
from welfaregraph.text import search_key, unspaced

__all__ = ["contained_plans", "related_plans"]

#: Types that are contained in others rather than beside them.
CONTAINABLE = (
    "adult-guardianship",
    "recidivism-prevention",
    "suicide-prevention",
    "multilayered-support",
    "",
)
WHOLE = re.compile(r"^[（(【〔\[]\s*(.{4,40}計画)\s*[)）】〕\]]$")
IN_TITLE = re.compile(r"[（(]([^（()）]{4,40}計画)[)）]$")


def contained_plans(readings: Sequence[Reading], own: Sequence[str]) -> tuple[Found, ...]:
    """Return the plans that this one contains.

    :param own: the plan's own names
    """
    found: dict[str, Found] = {}
    for reading in readings:
        for block in reading.lines:
            for name in _contained(block):
                key = search_key(name)
                if key not in map(search_key, own):
                    found.setdefault(key, reading.found(name, block, "contained-plan", 0.7))
    kept = [f for key, f in found.items() if not any(key != o and key in o for o in found)]
    return tuple(kept)


def _contained(block: Block) -> list[str]:
    text = unspaced(block.text)
    if whole := WHOLE.match(text) or IN_TITLE.search(text) if len(text) < 60 else None:
        return [n.text for n in names_in(whole[1]) if _containable(n)]
    mark = block.mark
    if (mark and mark.shape in {"chapter", "section"}) or block.heading:
        title = mark.title if mark and mark.numbers else text
        names = [n for n in names_in(title) if _containable(n)]
        return [n.text for n in names if len(n.text) >= len(title.strip()) - 4]
    if not block.is_sentence:
        return []
    found = []
    for sentence in re.split(r"(?<=。)", text):
        cue = max(
            (
                sentence.rfind(word)
                for word in ("包含", "内包", "兼ね", "一体的に策定", "含む", "含み", "盛り込")
            ),
            default=-1,
        )
        for name in names_in(sentence):
            itself = sentence[name.end :].lstrip("」』").startswith("として")
            if _containable(name) and (name.end <= cue or itself):
                found.append(name.text)
    return found


def _containable(name: Name) -> bool:
    return all(kind in CONTAINABLE for kind in name.kinds) and any(name.kinds)


def related_plans(
    readings: Sequence[Reading], own: Sequence[str], contained: Sequence[Found]
) -> tuple[Related, ...]:
    """Return the other plans named, each once, with their relation where words tell it."""
    known = {search_key(name) for name in own} | {search_key(f.text) for f in contained}
    found: dict[str, Related] = {}
    for reading in readings:
        for block in reading.lines:
            text = unspaced(block.text)
            for name in names_in(text):
                key = search_key(name.text)
                if (
                    any(key == k or key in k for k in known)
                    or all(not kind for kind in name.kinds)
                    or any(c in CONTAINABLE[:3] for c in name.kinds)
                ):
                    continue
                if not re.search(r"[市町村区県]|第|」|計画", name.text) or len(name.text) < 5:
                    continue
                relation = _relation(text, name)
                title = reading.found(
                    name.text, block, "related-plan", 0.7 if relation != "related" else 0.5
                )
                if key not in found or found[key].relation == "related" != relation:
                    found[key] = Related(title, relation)
    return tuple(found.values())


def _relation(text: str, name: Name) -> str:
    words = table("facts")["plan"]
    start = text.rfind("。", 0, name.start) + 1
    end = text.find("。", name.end)
    sentence = text[start : end if end >= 0 else len(text)]
    after = sentence[name.end - start :][:12]
    if (
        re.match(r"[」』]?(?:等|など)?(?:を|が|の)?(?:本市の|町の|市の)?(?:最)?上位計画", after)
        or "general" in name.kinds
    ):
        return "upper"
    if "community-welfare-activity" in name.kinds:
        return "council"
    if any(word in sentence for word in words["previous"]):
        return "previous"
    if "個別計画" in sentence or "分野別" in sentence or "上位計画として" in sentence:
        return "lower"
    return "related"
