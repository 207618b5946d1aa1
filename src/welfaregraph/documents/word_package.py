"""The parts of a Word file: unpacked within bounds, as XML without entities."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from welfaregraph.documents import limits
from welfaregraph.errors import InputError

__all__ = ["WordPackage", "local", "value"]

#: Transitional and strict files differ in their namespaces only; local names are compared.
_BLOCK = 1 << 20


def local(name: object) -> str:
    """Return an element's or attribute's name without its namespace.

    >>> local("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p")
    'p'
    """
    return str(name).rpartition("}")[2]


def value(node: Element | None, name: str = "val", otherwise: str = "") -> str:
    """Return an attribute whatever its namespace."""
    if node is not None:
        for key, content in node.items():
            if local(key) == name:
                return content
    return otherwise


class WordPackage:
    """A ``.docx`` file in memory.

    :param where: the file, for errors
    :raises InputError: damaged or encrypted
    """

    def __init__(self, raw: bytes, where: str) -> None:
        self._where = where
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise InputError("word-broken", where=where, part="ZIP") from error
        self._names = {info.filename for info in self._zip.infolist()}

    def main(self) -> tuple[Path, Element]:
        """Return the document itself and the folder its other parts stand in."""
        root = self.part("_rels/.rels")
        targets = (
            []
            if root is None
            else [
                value(node, "Target").lstrip("/")
                for node in root
                if value(node, "Type").endswith("/officeDocument")
            ]
        )
        name = next(
            (target for target in targets if target in self._names), "word/document.xml"
        )
        found = self.part(name)
        if found is None:
            raise InputError("word-broken", where=self._where, part=name)
        return Path(name).parent, found

    def part(self, name: str) -> Element | None:
        """Return one part, or None where the file has none of that name.

        :raises InputError: it is too large unpacked, damaged, or has entities or a DTD
        """
        if name not in self._names:
            return None
        from defusedxml.common import DefusedXmlException
        from defusedxml.ElementTree import fromstring

        where = f"{self._where}!{name}"
        try:
            content: Element = fromstring(self._unpacked(name), forbid_dtd=True)
        except DefusedXmlException as error:
            raise InputError("word-entities", where=where) from error
        except (ParseError, LookupError, ValueError, RecursionError) as error:
            raise InputError("word-broken", where=self._where, part=name) from error
        return content

    def _unpacked(self, name: str) -> bytes:
        """Return a part's bytes; what its header claims about its size is not believed."""
        found = bytearray()
        try:
            with self._zip.open(name) as stream:
                while block := stream.read(_BLOCK):
                    found += block
                    if len(found) > limits.PART_BYTES:
                        limit = limits.PART_BYTES // limits.MEGABYTE
                        where = f"{self._where}!{name}"
                        raise InputError("word-bomb", where=where, limit=limit)
        except RuntimeError as error:  # the ZIP itself is locked with a password
            raise InputError("document-encrypted", where=self._where) from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise InputError("word-broken", where=self._where, part=name) from error
        return bytes(found)
