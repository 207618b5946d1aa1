"""Every message in every language, with the same places."""

from __future__ import annotations

import re
import tomllib
from string import Formatter

import pytest

from conftest import ROOT
from welfaregraph import MisuseError, speech

FOLDER = ROOT / "src/welfaregraph/messages"
SOURCE = "\n".join(p.read_text("utf-8") for p in (ROOT / "src/welfaregraph").rglob("*.py"))


def flat(node: dict, at: str = "") -> dict[str, str]:
    found = {}
    for key, value in node.items():
        name = f"{at}.{key}" if at else key
        found |= flat(value, name) if isinstance(value, dict) else {name: value}
    return found


MESSAGES = {
    folder.name: {
        key: text
        for file in sorted(folder.glob("*.toml"))
        for key, text in flat(
            tomllib.loads(file.read_text("utf-8")), "" if file.stem == "output" else file.stem
        ).items()
    }
    for folder in FOLDER.iterdir()
}


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_languages_are_the_files():
    assert set(MESSAGES) == set(speech.languages()) == {"en", "ja"}


@pytest.mark.parametrize("language", sorted(set(MESSAGES) - {"ja"}))
def test_a_language_has_every_message_with_the_same_places(language):
    assert set(MESSAGES[language]) == set(MESSAGES["ja"])
    for key, text in MESSAGES["ja"].items():
        assert places(MESSAGES[language][key]) <= places(text) | {"first"}, key


def test_english_has_english_marks():
    marks = re.compile("[、。「」：；（）]")
    assert marks.search(MESSAGES["ja"]["list.separator"])
    assert {key: text for key, text in MESSAGES["en"].items() if marks.search(text)} == {}


def test_an_error_joins_its_lists_as_the_language_does():
    error = MisuseError("unknown-parameter", where="q", name=("a", "b"), known=())
    assert "a、b" in error.render("ja")
    assert "a, b. It has: –" in error.render("en")


def test_every_error_raised_has_words():
    raised = set(re.findall(r'(?:Input|Misuse|Store)Error\(\s*"([a-z0-9-]+)"', SOURCE))
    raised |= set(re.findall(r'"((?:workbook|draft)-[a-z-]+)"', SOURCE))
    worded = {k.split(".")[1] for k in MESSAGES["ja"] if k.startswith("error.")}
    assert raised
    assert worded - raised == {"problems"}
    assert raised <= worded


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"WELFAREGRAPH_LANG": "en", "LANG": "ja_JP.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LC_ALL": "ja_JP.UTF-8", "LANG": "en_GB.UTF-8"}, "ja"),
        ({"LANG": "C.UTF-8"}, "ja"),
        ({"LANG": "fr_FR.UTF-8"}, "ja"),
        ({}, "ja"),
    ],
)
def test_the_language_is_chosen_from_the_environment(monkeypatch, environment, language):
    for name in ("WELFAREGRAPH_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert speech.preferred_language() == language
