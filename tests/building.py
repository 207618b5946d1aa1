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
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    rules = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in sides)
    shape = f"<w:tblPr><w:tblBorders>{rules}</w:tblBorders></w:tblPr>"
    return f"<w:tbl>{shape}{told}</w:tbl>"


def docx(*blocks: str, parts: dict[str, str] | None = None, doctype: str = "") -> bytes:
    """Return a Word file with these blocks of XML as its body.

    :param parts: further parts of the package, or other content for those it has
    """
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    names = f'xmlns:w="{WORD}"'
    content = {
        "word/document.xml": f"{doctype}<w:document {names}><w:body>{''.join(blocks)}"
        "</w:body></w:document>",
        "word/styles.xml": f"<w:styles {names}>{STYLES}</w:styles>",
        "word/numbering.xml": f"<w:numbering {names}>{NUMBERING}</w:numbering>",
    } | (parts or {})
    beside = [name[5:-4] for name in content if name != "word/document.xml"]
    content |= {
        "[Content_Types].xml": _content_types(list(content)),
        "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
        "word/_rels/document.xml.rels": _relations({name: f"{name}.xml" for name in beside}),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in content.items():
            package.writestr(name, head + part)
    return file.getvalue()


def _content_types(names: list[str]) -> str:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    told = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}.{part}+xml"/>'
        for name in names
        for part in ["document.main" if name[5:-4] == "document" else name[5:-4]]
    )
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    default = f'<Default Extension="rels" ContentType="{relations}"/>'
    return f'<Types xmlns="{PACKAGE}/content-types">{default}{told}</Types>'


def _relations(targets: dict[str, str]) -> str:
    told = "".join(
        f'<Relationship Id="r{at}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{told}</Relationships>'


def pdf(*pages: Sequence[tuple], turned: bool = False, **options: str) -> bytes:
    """Return a PDF: each page is a list of ``(x, y from the top, text)``, in points.

    A fourth member is the size of the letters; ``RULE width height`` draws a box, ``PICTURE``
    a picture.

    :param turned: the page lies on its side, as pages with wide tables do
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
        if turned:
            canvas.setPageRotation(90)
            canvas.rotate(90)
            canvas.translate(0, -A4[1])
        for x, y, text, *size in page:
            canvas.setFont("HeiseiMin-W3", *(size or [10]))
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


def docx_of(markdown: str) -> bytes:
    """Return a Word file of a Markdown document: headings, lists, tables, paragraphs."""
    blocks, rows = [], []
    for kind, level, text in _blocks(markdown):
        if kind == "row":
            rows.append([cell(part.split("<br>")) for part in text.split("|")])
            continue
        if rows:
            blocks.append(table(*rows))
            rows = []
        style = str(min(level, 2)) if kind == "heading" else ""
        blocks.append(paragraph(text, style=style, number="3" if kind == "item" else ""))
    return docx(*blocks, *([table(*rows)] if rows else []))


def pdf_of(markdown: str) -> bytes:
    """Return a PDF of a Markdown document: wrapped lines, ruled tables, page numbers."""
    from reportlab.lib.pagesizes import A5
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))

    def styled(text: str, size: int = 10) -> Paragraph:
        style = ParagraphStyle(
            "a", fontName="HeiseiMin-W3", fontSize=size, leading=size * 1.5, wordWrap="CJK"
        )
        return Paragraph(text.replace("<br>", "<br/>"), style)

    flow, rows = [], []
    for kind, level, text in [*_blocks(markdown), ("end", 0, "")]:
        if kind == "row":
            rows.append([styled(part, 9) for part in text.split("|")])
            continue
        if rows:
            grid = [("GRID", (0, 0), (-1, -1), 0.5, "black")]
            flow += [Table(rows, style=grid), Spacer(1, 8)]
            rows = []
        marked = f"・{text}" if kind == "item" else text
        flow.append(styled(marked, 16 - 2 * level if kind == "heading" else 10))

    def numbered(canvas, template) -> None:
        canvas.setFont("HeiseiMin-W3", 9)
        canvas.drawCentredString(A5[0] / 2, 20, f"- {template.page} -")

    file = io.BytesIO()
    template = SimpleDocTemplate(file, pagesize=A5)
    template.build(flow, onFirstPage=numbered, onLaterPages=numbered)
    return file.getvalue()


def _blocks(markdown: str) -> Iterable[tuple[str, int, str]]:
    for line in markdown.splitlines():
        text = line.strip().replace("**", "")
        if text.startswith("#"):
            level = len(text) - len(text.lstrip("#"))
            yield "heading", level, text.lstrip("# ")
        elif text.startswith(("- ", "* ")):
            yield "item", 0, text[2:]
        elif text.startswith("|") and set(text) - set("|-: "):
            yield "row", 0, "|".join(part.strip() for part in text.strip("|").split("|"))
        elif text and set(text) - set("|-: "):
            yield "text", 0, text
