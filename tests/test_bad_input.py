"""Bad input: one clear error with place and remedy, the right exit code, nothing lost."""

from __future__ import annotations

import pytest

from conftest import ROOT

TURTLE = "@prefix wg: <https://w3id.org/welfaregraph/ns#> .\n"
PLAN = "plans/999997/community-welfare/1/stated.ttl"


@pytest.fixture
def folder(tmp_path):
    """Return a maker of folders with one file in the place of a plan."""

    def make(raw: bytes):
        file = tmp_path / PLAN
        file.parent.mkdir(parents=True)
        file.write_bytes(raw)
        return tmp_path, file

    return make


def test_broken_turtle_is_named_with_file_and_line(run, folder):
    data, file = folder((TURTLE + "wg:a wg:b \n  wg:c wg:d .\n").encode())
    done = run("check", "--data", data)
    assert done.code == 3
    assert f"{file}:3" in done.err
    assert "→" in done.err
    assert done.out == ""


def test_an_iri_with_a_blank_is_named_with_its_line(run, folder):
    data, file = folder((TURTLE + "wg:a wg:b <https://example.org/a b> .\n").encode())
    done = run("query", "summary", "--data", data)
    assert done.code == 3
    assert f"{file}:2" in done.err
    assert done.out == ""


def test_shift_jis_is_recognised(run, folder):
    raw = (TURTLE + '# 計画\nwg:a wg:b "地域福祉計画"@ja .\n').encode("cp932")
    data, file = folder(raw)
    done = run("check", "--data", data)
    assert done.code == 3
    assert f"{file}:2" in done.err
    assert "Shift_JIS" in done.err
    assert file.read_bytes() == raw


def test_all_broken_files_are_named_at_once(run, tmp_path):
    for name in ("one", "two"):
        (tmp_path / f"{name}.ttl").write_text("broken", "utf-8")
    done = run("check", "--data", tmp_path)
    assert done.code == 3
    assert "one.ttl:1" in done.err
    assert "two.ttl:1" in done.err


def test_an_empty_folder_and_none_at_all(run, tmp_path):
    assert run("gaps", "--data", tmp_path).code == 3
    assert str(tmp_path) in run("gaps", "--data", tmp_path).err
    assert run("gaps", "--data", tmp_path / "absent").code == 3


def test_a_broken_query_is_named_with_line_and_column(run, tmp_path):
    file = tmp_path / "broken.rq"
    file.write_text("SELECT ?a\nWHERE { ?a ?b }", "utf-8")
    done = run("query", file)
    assert done.code == 3
    assert f"{file}:2:" in done.err


def test_a_broken_header_is_named_with_its_line(run, tmp_path):
    file = tmp_path / "broken.rq"
    file.write_text("#+ summary: a\n#+ tags: [a\nASK {}", "utf-8")
    done = run("query", file)
    assert done.code == 3
    assert f"{file}:2" in done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["query", "philosofy"], "philosophy"),
        (["query", "CQ-99"], "CQ-99"),
        (["query", "CQ-05", "--set", "nummer=1"], "number"),
        (["query", "CQ-05", "--set", "number"], "number"),
        (["query", "CQ-05", "--set", "kind=a b"], "a b"),
        (["query", "search"], "--set text="),
        (["query", "CQ-18", "--on", "2026-02-30"], "2026-02-30"),
        (["overlaps", "012033/nothing"], "012033/community-welfare-integrated/1"),
        (["overlaps", "--min-score", "2"], "2"),
        (["overlaps", "--format", "xlsx"], "-o"),
        (["overlaps", "--only-data"], "--data"),
        (["gaps", "なし"], "きずな計画"),
        (["query", "基本理念"], "philosophy"),
        (["nonsense"], "nonsense"),
    ],
)
def test_misuse_is_told_and_ends_with_2(run, arguments, said):
    done = run(*arguments)
    assert done.code == 2
    assert said in done.err
    assert done.out == ""


def test_a_missing_query_file_ends_with_3(run, tmp_path):
    done = run("query", tmp_path / "absent.rq")
    assert done.code == 3
    assert "absent.rq" in done.err


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * WHERE { OPTIONAL { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } } }",
        "SELECT * WHERE { { SELECT ?s WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } } }",
    ],
)
def test_service_is_refused(run, tmp_path, text):
    file = tmp_path / "federated.rq"
    file.write_text(text, "utf-8")
    done = run("query", file)
    assert done.code == 2
    assert "SERVICE" in done.err


def test_the_word_service_in_a_string_is_not_refused(run, tmp_path):
    file = tmp_path / "word.rq"
    file.write_text('SELECT ("service" AS ?word) WHERE { } # SERVICE', "utf-8")
    assert run("query", file, "--format", "csv").out == "word\r\nservice\r\n"


def test_from_reads_no_file(run, tmp_path):
    secret = tmp_path / "secret.ttl"
    secret.write_text("<urn:a> <urn:b> <urn:c> .", "utf-8")
    file = tmp_path / "from.rq"
    file.write_text(f"SELECT * FROM <{secret.as_uri()}> WHERE {{ ?s ?p ?o }}", "utf-8")
    assert run("query", file, "--format", "csv").out.count("\r\n") == 1


def test_fmt_loses_no_comment_and_touches_nothing_on_error(run, tmp_path):
    stray, plain = tmp_path / "a.ttl", tmp_path / "b.ttl"
    stray.write_text("<urn:a> <urn:b> <urn:c> . # why\n", "utf-8")
    plain.write_text("<urn:a>   <urn:b> <urn:c> .\n", "utf-8")
    done = run("fmt", stray, plain)
    assert done.code == 3
    assert f"{stray}:1" in done.err
    assert stray.read_text("utf-8").endswith("# why\n")
    assert plain.read_text("utf-8").startswith("<urn:a>   ")


def test_fmt_check_writes_nothing_and_fmt_then_mends(run, tmp_path):
    file = tmp_path / "b.ttl"
    file.write_text("<urn:a>   <urn:b> <urn:c> .\n", "utf-8")
    before = file.read_text("utf-8")
    assert run("fmt", "--check", file).code == 1
    assert file.read_text("utf-8") == before
    assert run("fmt", file).code == 0
    assert run("fmt", "--check", file).code == 0


def test_our_own_fault_ends_with_5(run, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("broken inside")

    monkeypatch.setattr("welfaregraph.plangraph.load", fail)
    done = run("gaps")
    assert done.code == 5
    assert "broken inside" in done.err


def test_an_interruption_ends_with_130(run, monkeypatch):
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("welfaregraph.plangraph.load", interrupt)
    assert run("gaps").code == 130


def test_the_bundled_data_reads_without_error(run):
    assert (ROOT / "graphs").is_dir()
    assert run("query", "summary", "--format", "csv").code == 0


def test_a_folder_that_is_not_there_to_write_to(run, tmp_path):
    for command in (["query", "CQ-02"], ["overlaps"], ["gaps"], ["check"]):
        done = run(*command, "--format", "csv", "-o", tmp_path / "absent" / "x.csv")
        assert done.code == 3
        assert "absent" in done.err


def test_an_unwritable_place_loses_nothing(run, tmp_path):
    folder = tmp_path / "x.csv"
    folder.mkdir()
    assert run("query", "CQ-02", "--format", "csv", "-o", folder).code == 3
    assert list(tmp_path.iterdir()) == [folder]
