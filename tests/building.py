"""Word and PDF files made at test time from a few lines: nothing binary is kept."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
#: Lists: 0 the kind most plans use, 1 circled numbers that run through, 2 bullets.
NUMBERING = """
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimalFullWidth"/>
  <w:lvlText w:val="基本目標%1"/><w:suff w:val="space"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
  <w:lvlText w:val="(%2)"/><w:suff w:val="space"/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
  <w:lvlText w:val="%2-%3"/><w:suff w:val="nothing"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimalEnclosedCircle"/>
  <w:lvlText w:val="%1"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2">
 <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="1"/>
 <w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
"""
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>
 <w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="a"/>
 </w:style>
<w:style w:type="paragraph" w:styleId="own"><w:name w:val="目標"/><w:basedOn w:val="1"/>
 <w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
"""


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(
    content: str, *, style: str = "", number: str = "", level: int = 0, raw: bool = False
) -> str:
    """Return one paragraph; ``raw`` content is XML already."""
    told = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        told += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{told}</w:pPr>{content if raw else run(content)}</w:p>"


def cell(
    lines: str | Sequence[str], *, columns: int = 1, merge: str = "", raw: str = ""
) -> str:
    told = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    if merge:
        told += "<w:vMerge/>" if merge == "continue" else '<w:vMerge w:val="restart"/>'
    inside = raw or "".join(map(paragraph, [lines] if isinstance(lines, str) else lines))
    return f"<w:tc><w:tcPr>{told}</w:tcPr>{inside}</w:tc>"


def table(*rows: Iterable[str]) -> str:
    told = "".join(f"<w:tr>{''.join(cells)}</w:tr>" for cells in rows)
    return f"<w:tbl>{told}</w:tbl>"


def docx(*blocks: str, parts: dict[str, str] | None = None, doctype: str = "") -> bytes:
    """Return a Word file with these blocks of XML as its body.

    :param parts: further parts of the package, or other content for those it has
    """
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    names = f'xmlns:w="{WORD}"'
    relation = f'{OFFICE}/officeDocument" Target="word/document.xml'
    content = {
        "[Content_Types].xml": f'{head}<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": f'{head}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{relation}"/></Relationships>',
        "word/document.xml": f"{head}{doctype}<w:document {names}><w:body>{''.join(blocks)}"
        "</w:body></w:document>",
        "word/styles.xml": f"{head}<w:styles {names}>{STYLES}</w:styles>",
        "word/numbering.xml": f"{head}<w:numbering {names}>{NUMBERING}</w:numbering>",
    } | {name: head + part for name, part in (parts or {}).items()}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in content.items():
            package.writestr(name, part)
    return file.getvalue()


def pdf(*pages: Sequence[tuple[float, float, str]], size: float = 10, **options: str) -> bytes:
    """Return a PDF: each page is a list of ``(x, y from the top, text)``, in points.

    ``RULE width height`` draws a box, ``PICTURE`` a picture.

    :param options: ``lock`` is a password, ``title`` the title field
    """
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, encrypt=options.get("lock"))
    canvas.setTitle(options.get("title", ""))
    for page in pages:
        canvas.setFont("HeiseiMin-W3", size)
        for x, y, text in page:
            if text.startswith("RULE "):
                canvas.rect(x, A4[1] - y, *map(float, text.split()[1:]))
            elif text == "PICTURE":
                from PIL import Image
                from reportlab.lib.utils import ImageReader

                picture = ImageReader(Image.new("RGB", (40, 40), "white"))
                canvas.drawImage(picture, x, A4[1] - y)
            else:
                canvas.drawString(x, A4[1] - y, text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()
