"""Documents become lines; what cannot be read is one clear error."""

from __future__ import annotations

import os
import shutil
import subprocess
import time

import pytest

from bad_documents import BAD, BOMB
from building import cell, docx, docx_of, paragraph, pdf, pdf_of, run, table
from conftest import ROOT
from draft_gold import FIXTURES
from welfaregraph.documents import limits, read_document
from welfaregraph.errors import InputError

SOURCES = ROOT.parent / "shared" / "sources"
PLAN = "第３期計画\n\n基本目標１　つながりをつくる①\r\n・声かけ　\n"
HTML = """<!DOCTYPE html><html><head><meta charset="Shift_JIS"><title>計画 | 架空市</title>
<style>p{}</style></head><body><nav><a>ホーム</a></nav><h2>基本目標１
つながる</h2><p>市<ruby>民<rp>(</rp><rt>みん</rt><rp>)</rp></ruby>が<br>支える
<ul><li>声かけ<li>見守り<ol start=3><li>巡回</ol></ul><div hidden>隠す</div>
<table><tr><th>施策<th colspan=2>役割<tr><td rowspan=2>居場所<td>市民<td>通う<br>話す
<tr><td>市<td><ul><li>開く</ul></table><dl><dt>共生<dd>ともに生きること</dl>
<p><img alt="３ すべての人に健康と福祉を" src=a.png></p><script>x</script></body></html>"""
MARKDOWN = """# 架空市計画

施策の一覧
==========

| 施策 | **市民** |
|------|------|
| 居場所 | 通う<br>話す |

<ul style="x"> ◎声かけ

> - 引用の**「見守り」**を
1. 一つめ
   続き

<table>
<tr><td>市</td><td>相談</td></tr>
</table>
"""


@pytest.fixture
def read(tmp_path):
    """Return a reader of bytes under a name."""

    def call(name: str, raw: bytes, **options: object):
        (tmp_path / name).write_bytes(raw)
        return read_document(tmp_path / name, **options)

    return call


def texts(document) -> list[str]:
    return [line.text for line in document.lines]


@pytest.mark.parametrize(
    ("codec", "mark", "named"),
    [
        ("utf-8", b"", "UTF-8"),
        ("utf-8", b"\xef\xbb\xbf", "UTF-8"),
        ("cp932", b"", "CP932"),
        ("euc_jis_2004", b"", "EUC-JP"),
        ("iso2022_jp_2004", b"", "ISO-2022-JP"),
        ("utf-16-le", b"\xff\xfe", "UTF-16"),
        ("utf-16-be", b"\xfe\xff", "UTF-16"),
    ],
)
def test_text_keeps_its_lines_in_every_encoding(read, codec, mark, named):
    document = read("plan.txt", mark + PLAN.encode(codec))
    assert document.encoding == named
    assert texts(document) == ["第３期計画", "", "基本目標１　つながりをつくる①", "・声かけ　"]
    assert [line.number for line in document.lines] == [1, 2, 3, 4]


def test_form_feeds_part_pages_but_not_lines(read):
    document = read("plan.txt", "一\n\f二\n三\n".encode())
    assert [(line.number, line.page) for line in document.lines] == [(1, 1), (2, 2), (3, 2)]


@pytest.mark.shared
@pytest.mark.skipif(not SOURCES.is_dir(), reason="needs ../shared/sources")
def test_the_sources_keep_their_line_numbers():
    paths = sorted(SOURCES.glob("*.txt"))
    assert len(paths) == 5
    for path in paths:
        document = read_document(path)
        assert texts(document) == path.read_text("utf-8").removesuffix("\n").split("\n")


def test_html_reads_as_it_is_seen(read):
    document = read("plan.html", HTML.encode())
    assert document.title == "計画 | 架空市"
    assert document.encoding == "UTF-8"
    found = [(line.text, line.heading, line.cells) for line in document.lines]
    assert found == [
        ("基本目標１ つながる", 2, ()),
        ("市民が", 0, ()),
        ("支える", 0, ()),
        ("・声かけ", 0, ()),
        ("・見守り", 0, ()),
        ("3. 巡回", 0, ()),
        ("施策\t役割\t", 0, ("施策", "役割", "")),
        ("居場所\t市民\t通う 話す", 0, ("居場所", "市民", "通う\n話す")),
        ("居場所\t市\t・開く", 0, ("居場所", "市", "・開く")),
        ("共生\tともに生きること", 0, ("共生", "ともに生きること")),
        ("３ すべての人に健康と福祉を", 0, ()),
    ]


def test_html_is_known_without_its_suffix_and_nests_without_end(read):
    assert texts(read("page", b"<!doctype html><p>a<p>b")) == ["a", "b"]
    assert texts(read("deep.html", b"<div>" * 50000 + b"x")) == ["x"]
    wide = b"<table><tr><td colspan=999999 rowspan=99999>x<td>y</table>"
    assert len(read("wide.html", wide).lines[0].cells) == 201


def test_markdown_keeps_the_lines_of_the_file(read):
    document = read("plan.md", MARKDOWN.encode())
    found = {line.number: line for line in document.lines}
    assert len(found) == len(document.lines) == MARKDOWN.count("\n")
    assert (found[1].text, found[1].heading) == ("架空市計画", 1)
    assert (found[3].text, found[3].heading, found[4].text) == ("施策の一覧", 1, "")
    assert found[6].cells == ("施策", "市民")
    assert found[7].text == ""
    assert found[8].cells == ("居場所", "通う\n話す")
    assert "◎声かけ" in found[10].text
    assert "ul" not in found[10].text
    assert found[12].text.strip() == "- 引用の「見守り」を"
    assert found[13].text == "1. 一つめ"
    assert found[14].text.strip() == "続き"
    assert found[17].cells == ("市", "相談")
    assert found[16].text == found[18].text == ""


def test_word_reads_as_the_finished_text(read):
    box = "<w:txbxContent>" + paragraph("囲みの文") + "</w:txbxContent>"
    alternative = (
        f"<x:a xmlns:x='urn:x'><x:Choice>{box}</x:Choice><x:Fallback>{box}</x:Fallback></x:a>"
    )
    blocks = [
        paragraph("第１章", style="1"),
        paragraph("計画の方針", style="2"),
        paragraph("つながり", style="own"),
        paragraph("見守り", number="1", level=1),
        paragraph("居場所", number="1", level=1),
        paragraph("安心", style="own"),
        paragraph("防災", number="1", level=1),
        paragraph("訓練", number="1", level=2),
        paragraph("一", number="2"),
        paragraph("二", number="2"),
        paragraph("点", number="3"),
        paragraph("新", number="4"),
        paragraph(
            run("市") + "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
            "<w:ins>" + run("民") + "</w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>隠</w:t></w:r>"
            "<w:r><w:ruby><w:rt>"
            + run("みん")
            + "</w:rt><w:rubyBase>"
            + run("が")
            + "</w:rubyBase></w:ruby></w:r><w:r><w:footnoteReference w:id='2'/></w:r>"
            "<w:r><w:br/></w:r>" + run("担う") + f"<w:r>{alternative}</w:r>",
            raw=True,
        ),
        table(
            [cell("施策", merge="restart"), cell("役割", columns=2)],
            [cell("", merge="continue"), cell(["・声かけ", "・見守り"]), cell("市")],
        ),
    ]
    notes = (
        "<w:footnotes xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
        f"<w:footnote w:id='1'>{paragraph('区切り')}</w:footnote>"
        f"<w:footnote w:id='2'>{paragraph('住民のこと')}</w:footnote></w:footnotes>"
    )
    document = read("plan.docx", docx(*blocks, parts={"word/footnotes.xml": notes}))
    assert texts(document) == [
        "第１章",
        "計画の方針",
        "基本目標１ つながり",
        "(1) 見守り",
        "(2) 居場所",
        "基本目標２ 安心",
        "(1) 防災",
        "1-1訓練",
        "① 一",
        "② 二",
        "・ 点",
        "① 新",
        "市民が※1",
        "担う",
        "囲みの文",
        "施策\t役割\t",
        "施策\t・声かけ ・見守り\t市",
        "※1 住民のこと",
    ]
    assert [line.heading for line in document.lines[:6]] == [1, 2, 1, 0, 0, 1]
    assert document.lines[16].cells == ("施策", "・声かけ\n・見守り", "市")


def test_pdf_reads_its_pages_and_tells_of_each(read):
    told = []
    raw = pdf(
        [(50, 50, "第３期架空市地域福祉計画"), (50, 80, "基本目標１　つながる")],
        [(50, 50, "PICTURE")],
        [(50, 50, "・声かけ（令和６年度）")],
        title="計画",
    )
    document = read("plan.bin", raw, step=lambda done, of: told.append((done, of)))
    assert [(line.page, line.text) for line in document.lines] == [
        (1, "第３期架空市地域福祉計画"),
        (1, "基本目標１　つながる"),
        (3, "・声かけ（令和６年度）"),
    ]
    assert (document.title, document.unread) == ("計画", (2,))
    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize(("name", "raw", "key"), BAD.values(), ids=BAD.keys())
def test_what_cannot_be_read_is_one_clear_error(read, tmp_path, name, raw, key):
    with pytest.raises(InputError) as caught:
        read(name, raw)
    assert caught.value.key == key
    assert caught.value.exit_code == 3
    assert str(tmp_path / name) in caught.value.where
    for language in ("ja", "en"):
        assert "→" in caught.value.render(language)
    assert (tmp_path / name).read_bytes() == raw
    assert os.listdir(tmp_path) == [name]


def test_places_are_lines_and_parts(read):
    with pytest.raises(InputError) as caught:
        read("plan.txt", "計画\n".encode() + b"\xff\xfe\xfd\x80")
    assert caught.value.where.endswith("plan.txt:2")
    with pytest.raises(InputError) as caught:
        read("plan.docx", docx(parts={"word/styles.xml": BOMB + "<a/>"}))
    assert caught.value.where.endswith("plan.docx!word/styles.xml")


def test_a_scan_says_how_many_pages_have_text(read):
    pages = [[(50, 50, "表紙")]] + [[(50, 50, "PICTURE")]] * 9
    with pytest.raises(InputError) as caught:
        read("plan.pdf", pdf(*pages))
    assert "10 ページ中 1 ページ" in caught.value.render("ja")
    assert "1 of 10" in caught.value.render("en")


def test_folders_missing_files_and_rights(tmp_path):
    for path, key in ((tmp_path, "document-folder"), (tmp_path / "no.pdf", "no-such-file")):
        with pytest.raises(InputError) as caught:
            read_document(path)
        assert caught.value.key == key


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows has other rights")
def test_a_file_without_rights(tmp_path, monkeypatch):
    path = tmp_path / "plan.txt"
    path.write_bytes(b"a")
    path.chmod(0)
    if os.geteuid() == 0:  # root may read everything: what open() then raises is put in

        def refuse(*_: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("pathlib.Path.open", refuse)
    with pytest.raises(InputError) as caught:
        read_document(path)
    assert caught.value.key == "unreadable"


def test_300_megabytes_are_not_read(tmp_path):
    path = tmp_path / "plan.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(300 << 20)
    start = time.process_time()
    with pytest.raises(InputError) as caught:
        read_document(path)
    assert caught.value.key == "document-too-large"
    assert time.process_time() - start < 20


def test_a_text_above_the_limit_is_refused(read, monkeypatch):
    monkeypatch.setattr(limits, "TEXT_BYTES", 100)
    assert read("plan.txt", b"a" * 100)
    with pytest.raises(InputError) as caught:
        read("plan.txt", b"a" * 101)
    assert caught.value.key == "document-too-large"


def test_a_pdf_that_takes_too_long_or_too_much_is_stopped(read, monkeypatch):
    raw = pdf([(50, 50, "計画")], [(50, 50, "計画")])
    monkeypatch.setattr(limits, "PDF_SECONDS", 0.0)
    with pytest.raises(InputError) as caught:
        read("plan.pdf", raw)
    assert caught.value.key == "document-too-slow"
    monkeypatch.setattr(limits, "PDF_SECONDS", 60.0)
    monkeypatch.setattr(limits, "PAGES", 1)
    with pytest.raises(InputError) as caught:
        read("plan.pdf", raw)
    assert caught.value.key == "pdf-too-long"
    monkeypatch.setattr(limits, "PAGES", 99)
    monkeypatch.setattr(limits, "PDF_MEMORY_BYTES", 1 << 20)
    page = [(50.0, 50.0 + 12 * n, "地域福祉計画" * 5) for n in range(60)]
    large = pdf(*[page] * 40)  # more than the process may have left over from its start
    with pytest.raises(InputError) as caught:
        read("plan.pdf", large)
    assert caught.value.key == "pdf-broken"


@pytest.mark.parametrize("turned", [False, True], ids=["upright", "on its side"])
def test_a_pdf_keeps_ruled_tables_and_tells_columns_and_readings(read, turned):
    left = "左の段の文章は行の終わりまで続いて次の行へ行く"
    right = "右の段の文章"
    page = [(50, 60 + 15 * n, left) for n in range(5)]
    page = [x for at in page for x in (at, (330, at[1], f"{right}{int(at[1])}"))]
    down = [(500, 300 + 10 * n, letter) for n, letter in enumerate("支え合いのまち")]
    boxes = [
        (50, 440, "RULE 100 20"), (150, 440, "RULE 100 20"), (60, 435, "市民"),
        (160, 435, "地域"),
        (50, 480, "RULE 100 40"), (150, 460, "RULE 100 20"), (150, 480, "RULE 100 20"),
        (60, 465, "・通う"), (60, 477, "・話す"), (160, 455, "・開く"), (160, 475, "・招く"),
    ]  # fmt: skip
    word = [(50, 600, "灯のまち"), (50, 590, "ともしび", 4)]
    lines = read("plan.pdf", pdf([*page, *down, *boxes, *word], turned=turned)).lines
    assert [line.text for line in lines[:5]] == [left] * 5
    assert [line.text for line in lines[5:10]] == [f"{right}{60 + 15 * n}" for n in range(5)]
    assert lines[10].text == "支え合いのまち"
    assert [line.cells for line in lines[11:14]] == [
        ("市民", "地域"),
        ("・通う\n・話す", "・開く"),
        ("・通う\n・話す", "・招く"),
    ]
    assert [line.text for line in lines[14:]] == ["灯のまち"]


def test_two_entries_a_line_are_no_columns_of_prose(read):
    page = [(x, 60 + 15 * n, f"項目{n}") for n in range(6) for x in (50, 300)]
    lines = read("plan.pdf", pdf(page)).lines
    assert [line.text for line in lines] == [f"項目{n}\t項目{n}" for n in range(6)]


@pytest.mark.parametrize("name", ["kirisawa", "wakabadai"])
def test_word_and_pdf_of_one_document_say_the_same(read, name):
    markdown = (FIXTURES / f"{name}.md").read_text("utf-8")
    plain = read(f"{name}.md", markdown.encode())
    word = read(f"{name}.docx", docx_of(markdown))
    printed = read(f"{name}.pdf", pdf_of(markdown))
    table_rows = [line.cells for line in plain.lines if line.cells]
    assert len(table_rows) > 5
    for other in (word, printed):
        assert [line.cells for line in other.lines if line.cells] == table_rows
        joined = "".join(line.text for line in other.lines)
        for line in plain.lines:
            assert line.text.strip("- ") in joined or line.cells
    assert [line.text for line in word.lines if line.heading == 1] == [plain.lines[0].text]


@pytest.mark.writer
def test_a_pdf_that_libreoffice_makes_of_a_word_file(read, tmp_path):
    """Fonts are embedded in part there, bullets are symbols, rules are drawn as bars."""
    office = shutil.which("lowriter")
    if not office:
        pytest.skip("LibreOffice Writer is not here")
    markdown = (FIXTURES / "kirisawa.md").read_text("utf-8")
    (tmp_path / "kirisawa.docx").write_bytes(docx_of(markdown))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    convert = ("--headless", "--convert-to", "pdf", "--outdir", tmp_path)
    subprocess.run(
        [office, profile, *convert, tmp_path / "kirisawa.docx"],
        check=True,
        capture_output=True,
        timeout=180,
    )
    printed = read_document(tmp_path / "kirisawa.pdf")
    plain = read("kirisawa.md", markdown.encode())
    rows = [line.cells for line in plain.lines if line.cells]
    assert [line.cells for line in printed.lines if line.cells] == rows
    assert "・ 水道検針員による見守り" in texts(printed)
    assert "基本施策1-1 早期の気づき" in texts(printed)
