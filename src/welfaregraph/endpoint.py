"""A SPARQL 1.1 endpoint elsewhere, asked through SPARQLWrapper.

Queries go as POST forms without credentials. An endpoint that is busy (429, 502, 503, 504) is
asked again, at most three times in all, after the time it names; an answer that is cut off or
too large is an error and never a shorter answer.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from email.message import Message
from itertools import dropwhile
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

import pyoxigraph as ox

from welfaregraph.errors import InputError, MisuseError, StoreError
from welfaregraph.store import Answer, Result, refuse_federation

__all__ = ["Endpoint"]

BUSY = (429, 502, 503, 504)
ATTEMPTS = 3
#: Seconds waited before another attempt where the endpoint names none, and at most.
PAUSE, LONGEST_PAUSE = 1.0, 20.0
LARGEST_BYTES = 200 * 1024 * 1024
BAD_REQUEST = 400
EVERYTHING = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


class Endpoint:
    """One SPARQL endpoint.

    :param url: http or https
    :param timeout_seconds: for each attempt
    :param sleep: waits between attempts
    :raises MisuseError: not such a URL
    """

    def __init__(
        self,
        url: str,
        *,
        timeout_seconds: int = 60,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise MisuseError("bad-endpoint", where="--endpoint", value=url)
        self.url = url
        self._timeout_seconds = timeout_seconds
        self._sleep = sleep

    def query(self, text: str, *, where: str = "") -> Answer:
        """Return the endpoint's answer, read whole.

        :raises InputError: the query does not parse
        :raises StoreError: the endpoint is out of reach, refuses, is busy or too slow, or its
            answer cannot be read
        """
        refuse_federation(text, where)
        body, is_graph = self._fetch(text, where)
        return Answer(lambda: self._parse(body, is_graph=is_graph), where)

    def _fetch(self, text: str, where: str) -> tuple[bytes, bool]:
        from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper
        from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

        wrapper = SPARQLWrapper(self.url, agent="welfaregraph")
        wrapper.setQuery(_without_comments(text))
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        wrapper.setTimeout(self._timeout_seconds)
        is_graph = wrapper.queryType in ("CONSTRUCT", "DESCRIBE")
        wrapper.setReturnFormat(TURTLE if is_graph else JSON)
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with closing(wrapper.query().response) as response:
                    body = response.read(LARGEST_BYTES + 1)
            except HTTPError as error:
                error.close()
                if error.code not in BUSY or attempt == ATTEMPTS:
                    raise self._refused(error.code, error.reason) from error
                self._sleep(_pause(error.headers))
            except SPARQLWrapperException as error:
                if isinstance(error.__context__, HTTPError):
                    error.__context__.close()
                raise self._from_wrapper(error, text, where) from error
            except (URLError, OSError) as error:
                why = str(getattr(error, "reason", error))
                raise StoreError("endpoint-unreachable", where=self.url, reason=why) from error
            else:
                if len(body) > LARGEST_BYTES:
                    raise StoreError("endpoint-too-large", where=self.url)
                return body, is_graph
        raise AssertionError  # pragma: no cover (the last attempt returns or raises)

    def _from_wrapper(self, error: Exception, text: str, where: str) -> Exception:
        """Tell a query that does not parse from an endpoint that refuses."""
        if type(error).__name__ != "QueryBadFormed":
            return self._refused(0, type(error).__name__)
        try:
            ox.Store().query(text)
        except SyntaxError as wrong:
            return InputError("sparql-syntax", where=where, reason=str(wrong))
        return self._refused(BAD_REQUEST, "Bad Request")

    def _refused(self, code: int, reason: object) -> StoreError:
        return StoreError("endpoint-refused", where=self.url, code=code, reason=str(reason))

    def _parse(self, body: bytes, *, is_graph: bool) -> Result:
        try:
            if is_graph:
                store = ox.Store()
                store.load(body, format=ox.RdfFormat.TURTLE)
                return store.query(EVERYTHING)
            read = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
            if isinstance(read, ox.QuerySolutions):
                for _ in read:  # an answer cut off in the middle must not pass for a short one
                    pass
            return ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError, OSError) as error:
            raise StoreError("endpoint-unread", where=self.url, reason=str(error)) from error


def _without_comments(text: str) -> str:
    r"""Take off the comments that open a query: SPARQLWrapper reads words like ADD in them.

    >>> _without_comments("#+ empty: nothing is addressed\n\nASK {}")
    'ASK {}'
    """
    lines = text.splitlines(keepends=True)
    return "".join(dropwhile(lambda line: line.lstrip()[:1] in ("", "#"), lines))


def _pause(headers: Message) -> float:
    named = headers.get("Retry-After", "")
    return min(float(named), LONGEST_PAUSE) if named.isdigit() else PAUSE
