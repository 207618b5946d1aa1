"""Rules for servers: which file answers for an IRI, by what the client accepts.

``.htaccess`` at the root and ``server/nginx-*.conf`` are for the server that holds the files;
``server/w3id/`` is what the w3id project takes, and is made where it is known where the files
will be (``--host-url``). All answer 303, as an IRI names a thing and a file describes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from welfaregraph.publish.media import KINDS
from welfaregraph.publish.paths import FILES, INDEX, stem
from welfaregraph.speech import FALLBACK
from welfaregraph.vocab import BASE

if TYPE_CHECKING:
    from welfaregraph.publish.site import Site
    from welfaregraph.publish.tree import File, Written

__all__ = ["make"]

#: Ending → media types for which it is sent; pages are sent for anything else.
ACCEPTED = {
    ".ttl": ("text/turtle", "application/x-turtle", "application/n-triples", "text/n3",
             "application/rdf+xml", "application/trig"),
    ".jsonld": ("application/ld+json", "application/json"),
}  # fmt: skip
#: Endings of files, whose absence is no reason to look for another.
ENDINGS = rf"\.({'|'.join(FILES)})$"


def make(site: Site, _: Written) -> Iterator[File]:
    """Yield the rules."""
    home = site.host or site.base
    yield ".htaccess", _apache(site, home).encode()
    yield "server/nginx-http.conf", _nginx_maps(site).encode()
    yield "server/nginx-server.conf", _nginx_location(home).encode()
    if site.host and site.host != site.base:
        yield "server/w3id/.htaccess", _w3id(site).encode()
        yield "server/w3id/README.md", _readme(site).encode()


def _types(ending: str) -> str:
    return "|".join(re.escape(media) for media in ACCEPTED[ending])


def _others(site: Site) -> list[str]:
    return [language for language in site.languages if language != FALLBACK]


def _negotiation(site: Site, target: str) -> str:
    """Return rewrite rules that send a path on to one of its files."""
    lines = [f"RewriteRule ^(.*/|)$ $1{INDEX}"]
    for ending in ACCEPTED:
        lines += [
            f"RewriteCond %{{HTTP_ACCEPT}} ({_types(ending)}) [NC]",
            f"RewriteRule ^(.*)$ {target}$1{ending} [R=303,L]",
        ]
    for language in _others(site):
        lines += [
            f"RewriteCond %{{HTTP:Accept-Language}} ^{language} [NC,OR]",
            f"RewriteCond %{{HTTP:Accept-Language}} !(^|[,\\s]){FALLBACK} [NC]",
            f"RewriteCond %{{HTTP:Accept-Language}} (^|[,\\s]){language} [NC]",
            f"RewriteRule ^(.*)$ {target}$1.{language}.html [R=303,L]",
        ]
    lines.append(f"RewriteRule ^(.*)$ {target}$1.html [R=303,L]")
    return "\n".join(lines) + "\n"


def _escaped(site: Site, target: str) -> str:
    """Return rules for the few IRIs whose file has another name."""
    lines = []
    for iri in site.documents:
        if "~" in stem(iri):
            path = re.escape(unquote(iri.removeprefix(BASE)))
            lines.append(f'RewriteRule "^{path}$" "{target}{stem(iri)}.html" [R=303,L,NE]')
    return "".join(f"{line}\n" for line in lines)


def _apache(site: Site, home: str) -> str:
    path = urlsplit(home).path
    types = "".join(
        f"AddType {media.type} {ending}\n" for ending, media in KINDS.items() if _plain(ending)
    )
    return (
        "# Apache httpd: content negotiation for the IRIs of this publication.\n"
        "# Needs AllowOverride FileInfo Indexes Options, mod_rewrite and mod_mime.\n"
        "Options -MultiViews\n"
        "DirectorySlash Off\n"
        "AddDefaultCharset UTF-8\n"
        f"{types}"
        '<FilesMatch "^void$">\n  ForceType text/turtle\n</FilesMatch>\n'
        "<IfModule mod_headers.c>\n"
        "  Header merge Vary Accept\n"
        "  Header merge Vary Accept-Language\n"
        '  Header set Access-Control-Allow-Origin "*"\n'
        "</IfModule>\n"
        "RewriteEngine On\n"
        f"RewriteBase {path}\n"
        "RewriteCond %{REQUEST_FILENAME} -f\n"
        "RewriteRule ^ - [L]\n"
        f"RewriteRule {ENDINGS} - [L]\n" + _escaped(site, "") + _negotiation(site, "")
    )


def _plain(ending: str) -> bool:
    return re.fullmatch(r"\.[a-z]+", ending) is not None


def _nginx_maps(site: Site) -> str:
    endings = "".join(f'    "~*({_types(ending)})" "{ending}";\n' for ending in ACCEPTED)
    languages = "".join(f'    "~*^{language}" ".{language}";\n' for language in _others(site))
    return (
        "# nginx, in http { }: what a client accepts.\n"
        "map $http_accept_language $welfaregraph_language {\n"
        f'    default "";\n{languages}}}\n'
        "map $http_accept $welfaregraph_ending {\n"
        f'    default "${{welfaregraph_language}}.html";\n{endings}}}\n'
    )


def _nginx_location(home: str) -> str:
    path = urlsplit(home).path
    types = "".join(
        f"        {media.type} {ending[1:]};\n"
        for ending, media in KINDS.items()
        if _plain(ending)
    )
    return (
        "# nginx, in server { }: content negotiation for the IRIs of this publication.\n"
        f"# The files stand in the folder {path} below root.\n"
        f"location {path} {{\n"
        "    charset utf-8;\n"
        "    charset_types text/html text/turtle application/ld+json application/json;\n"
        "    types {\n"
        "        text/html html;\n        text/css css;\n        text/javascript js;\n"
        "        image/svg+xml svg;\n        text/plain txt rq;\n        text/csv csv;\n"
        "        application/json json;\n        application/gzip gz;\n"
        "        application/xml xml;\n        text/tab-separated-values tsv;\n"
        f"{types}"
        "    }\n"
        '    add_header Vary "Accept, Accept-Language" always;\n'
        '    add_header Access-Control-Allow-Origin "*" always;\n'
        f"    rewrite ^(.*/)$ $1{INDEX};\n"
        "    try_files $uri @welfaregraph;\n"
        "}\n"
        f"location = {path}.well-known/void {{\n"
        "    default_type text/turtle;\n    types { }\n}\n"
        "location @welfaregraph {\n"
        f'    if ($uri ~ "{ENDINGS}") {{ return 404; }}\n'
        "    return 303 $uri$welfaregraph_ending;\n"
        "}\n"
    )


def _w3id(site: Site) -> str:
    return (
        f"# {site.base} → {site.host}\n"
        "Options +FollowSymLinks\n"
        "RewriteEngine On\n"
        f"RewriteRule ^(.*{ENDINGS[:-1]})$ {site.host}$1 [R=302,L]\n"
        f"RewriteRule ^(\\.well-known/void)$ {site.host}$1 [R=302,L]\n"
        + _escaped(site, site.host)
        + _negotiation(site, site.host)
    )


def _readme(site: Site) -> str:
    title = site.model.thing(site.dataset).name("en")
    return (
        f"# {urlsplit(site.base).path.strip('/')}\n\n{title}\n\n"
        f"- IRIs: {site.base}\n- files: {site.host}\n"
    )
