"""What all pages of a publication share: head, navigation, words, links, one way to render."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from welfaregraph.pages import environment, in_japanese
from welfaregraph.publish.pages.naming import Naming, shortened
from welfaregraph.publish.paths import href, is_file, is_ours, page, relative, stem
from welfaregraph.speech import phrase, phrase_or
from welfaregraph.text import legible
from welfaregraph.vocab import BASE

if TYPE_CHECKING:
    from jinja2 import Template

    from welfaregraph.publish.model import Thing
    from welfaregraph.publish.site import Site

__all__ = [
    "BROWSE",
    "NAVIGATION",
    "QUESTIONS",
    "SCRIPT",
    "SEARCH",
    "SHAPES",
    "STYLE",
    "Frame",
    "Head",
    "Link",
]

FOLDER = "publish/"
STYLE, SCRIPT = "static/site.css", "static/search.js"
#: Pages on no thing of the data, as IRIs below the base.
SEARCH, BROWSE, QUESTIONS, SHAPES = (
    BASE + name for name in ("search", "browse", "query", "shapes")
)
#: What the navigation leads to: word → IRI.
NAVIGATION = {
    "front": BASE,
    "browse": BROWSE,
    "vocabulary": BASE + "ns",
    "queries": QUESTIONS,
    "shapes": SHAPES,
    "changes": BASE + "changes",
    "search": SEARCH,
}


@dataclass(frozen=True)
class Link:
    """A name that leads somewhere, or a text that does not."""

    text: str
    href: str = ""
    language: str = ""  #: of the text, where it is not that of the page
    details: Markup | str = ""  #: words that stand behind it

    def __html__(self) -> Markup:
        """Return it as templates put it, without its details."""
        return self._html

    @cached_property
    def _html(self) -> Markup:
        text = str(escape(legible(self.text)))
        spoken = f' lang="{escape(self.language)}"' if self.language else ""
        if self.href:
            text = f'<a href="{escape(self.href)}"{spoken}>{text}</a>'
        elif spoken:
            text = f"<span{spoken}>{text}</span>"
        return Markup(text)  # noqa: S704 (each part is escaped)


@dataclass(frozen=True)
class Head:
    """Where a page stands and what it is called."""

    iri: str  #: of the document
    language: str
    title: str
    title_language: str = ""
    has_data: bool = True  #: whether Turtle and JSON-LD of the same stand beside it
    has_script: bool = False

    @property
    def path(self) -> str:
        """Where the page is."""
        return page(self.iri, self.language)


class Frame:
    """Renders pages of one publication.

    :param site: what is published
    """

    def __init__(self, site: Site) -> None:
        self.site = site
        self.naming = Naming(site.model)
        self._templates: dict[str, Template] = {}

    @cached_property
    def _environment(self) -> Any:
        return environment()

    def say(self, key: str, language: str, /, **values: object) -> str:
        """Return words of the pages."""
        return phrase(f"page.{key}", language, **values)

    def to(self, path: str, head: Head) -> str:
        """Return the link from a page to a file of the publication."""
        return relative(path, head.path)

    def link(self, thing: Thing, head: Head) -> Link:
        """Return a thing's name, leading to its page in the same language."""
        name = self.naming.name(thing, head.language)
        if not name.language:
            text = self.property_name(thing, head.language)
            return Link(text, self.target(thing.iri, head))
        other = name.language if name.language != head.language else ""
        details = in_japanese(name.details, head.language) if name.details else ""
        return Link(name.text, self.target(thing.iri, head), other, details)

    def target(self, iri: str, head: Head) -> str:
        """Return the link to what an IRI names; nothing where no file of ours shows it."""
        if not is_ours(iri):
            return iri if iri.startswith(("http://", "https://")) else ""
        if is_file(iri):
            return self.to(iri.removeprefix(BASE), head)
        return href(iri, head.path, head.language)

    def property_name(self, thing: Thing, language: str) -> str:
        """Return what a term is called: by its vocabulary, or by our words for others'."""
        if thing.names:
            return thing.name(language)
        short = shortened(thing.iri)
        return phrase_or(f"page.property.{short.replace(':', '-')}", language, short)

    def render(self, template: str, head: Head, /, **values: Any) -> bytes:
        """Return a page, UTF-8.

        :param template: name below ``templates/publish/``, without its endings
        :param values: what it shows
        """
        found = self._templates.get(template)
        if found is None:
            found = self._environment.get_template(f"{FOLDER}{template}.html.j2")
            self._templates[template] = found
        return found.render(values | self._common(head)).encode()

    def _languages(self, head: Head) -> list[tuple[str, str, str]]:
        """Return the languages of a page: code, name, and the link to the page in it."""
        return [
            (other, self.say(f"language.{other}", other), self.to(page(head.iri, other), head))
            for other in self.site.languages
        ]

    def _common(self, head: Head) -> dict[str, Any]:
        language, name = head.language, stem(head.iri)
        return {
            "head": head,
            "language": language,
            "say": lambda key, **values: self.say(key, language, **values),
            "in_japanese": lambda text: in_japanese(text, language),
            "style": self.to(STYLE, head),
            "script": self.to(SCRIPT, head),
            "languages": self._languages(head),
            "data": [
                (ending, self.to(f"{name}.{ending}", head))
                for ending in ("ttl", "jsonld")
                if head.has_data
            ],
            "navigation": [
                (word, self.target(iri, head), iri == head.iri)
                for word, iri in NAVIGATION.items()
            ],
            "site": self.site,
            "licence": self.site.licence,
        }
