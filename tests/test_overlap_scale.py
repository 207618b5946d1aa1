"""What measures the benchmarks: processes of their own, plain n-grams, growth."""

from __future__ import annotations

import sys

import pytest

import overlap_scale
from char_ngrams import alike
from measuring import Limits, measured


def python(code: str, **limits: float):
    return measured([sys.executable, "-c", code], limits=Limits(**limits))


def test_a_job_says_its_figures_on_its_last_line():
    taken = python("print('…'); print('{\"pairs\": 3}')")
    assert taken.is_done
    assert taken.said == {"pairs": 3}
    assert taken.seconds > 0
    assert taken.peak_mib > 1


def test_memory_is_that_of_the_job():
    small, large = (
        python("x = b''"),
        python("x = b'x' * 100 * 1024 ** 2; import time; time.sleep(0.1)"),
    )
    assert 90 < large.peak_mib - small.peak_mib < 130


def test_a_job_that_fails_says_why():
    assert python("raise KeyError('role')").failure == "KeyError: 'role'"
    assert python("import sys; sys.exit('no such plan')").failure == "no such plan"


def test_a_job_is_given_up_over_time_and_over_memory():
    assert python("import time; time.sleep(9)", seconds=0.3).failure == "over time"
    assert python("x = b'x' * 3 * 1024 ** 3", gibibytes=1.0).failure == "out of memory"


def test_plain_n_grams_compare_texts_of_different_plans_only():
    pytest.importorskip("sklearn", reason="needs the extra “bench”")
    texts = ["除雪の支援", "除雪の支援", "除雪の支援", "税の収納"]
    found = {(a, b): cosine for a, b, cosine in alike(texts, ["p", "p", "q", "q"])}
    assert set(found) == {(0, 2), (1, 2)}
    assert found[0, 2] == pytest.approx(1.0)


@pytest.mark.parametrize(("seconds", "exponent"), [(10.0, "n^1.00"), (100.0, "n^2.00")])
def test_growth_is_an_exponent(seconds, exponent, capsys):
    overlap_scale.growth("engine", (60, 1.0), (600, seconds))
    assert exponent in capsys.readouterr().out


def test_plain_n_grams_keep_the_best_of_either():
    pytest.importorskip("sklearn", reason="needs the extra “bench”")
    texts = ["除雪の支援", "除雪の支援", "除雪の支度", "除雪", "除雪の支援"]
    groups = list("pqrst")
    every = {(a, b): cosine for a, b, cosine in alike(texts, groups)}
    assert len(every) == 10
    best = list(alike(texts, groups, most=1))
    assert len(best) == len({pair[:2] for pair in best})
    wanted = set()
    for index in range(len(texts)):
        own = {pair: c for pair, c in every.items() if index in pair}
        wanted.add(min(own, key=lambda pair: (-round(own[pair], 5), sum(pair) - index)))
    assert {pair[:2] for pair in best} == wanted
    assert all(cosine == pytest.approx(every[a, b]) for a, b, cosine in best)
