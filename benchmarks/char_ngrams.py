"""Plain scikit-learn, to hold the overlap engine against: char 2–3-gram TF-IDF, cosine.

Nothing is known of themes here; a pair passes if its texts are alike enough. Needs the extra
``bench`` (``pip install 'welfaregraph[bench]'``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

__all__ = ["MIN_COSINE", "alike"]

#: The cosine at which F1 on the judged development pairs is best: kind to this method, which
#: was not to see them.
MIN_COSINE = 0.085
#: Rows multiplied at a time; the whole product of 100,000 measures would not fit in memory.
BLOCK = 500


def alike(
    texts: Sequence[str], groups: Sequence[str], *, min_cosine: float = MIN_COSINE
) -> Iterator[tuple[int, int, float]]:
    """Yield pairs of texts of different groups, and their cosine.

    :param groups: of each text its plan; texts of one plan are not compared
    """
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer

    matrix = TfidfVectorizer(analyzer="char", ngram_range=(2, 3)).fit_transform(texts)
    turned = matrix.T.tocsr()
    names = np.asarray(groups)
    for start in range(0, matrix.shape[0], BLOCK):
        product = (matrix[start : start + BLOCK] @ turned).tocoo()
        left, right, cosine = product.row + start, product.col, product.data
        keep = (cosine >= min_cosine) & (left < right)
        keep[keep] &= names[left[keep]] != names[right[keep]]
        yield from zip(
            left[keep].tolist(), right[keep].tolist(), cosine[keep].tolist(), strict=True
        )
