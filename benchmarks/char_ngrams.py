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
    texts: Sequence[str],
    groups: Sequence[str],
    *,
    min_cosine: float = MIN_COSINE,
    most: int = 0,
    max_df: float = 1.0,
) -> Iterator[tuple[int, int, float]]:
    """Yield pairs of texts of different groups, and their cosine.

    The cosines are exact: each block of rows is multiplied with all texts. Only what passes
    stays in memory.

    :param groups: of each text its plan; texts of one plan are not compared
    :param most: keeps the pairs that are among the best ``most`` of either text; 0 for all
    :param max_df: share of the texts from which on an n-gram is left out
    """
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(
        analyzer="char", ngram_range=(2, 3), dtype=np.float32, max_df=max_df
    )
    matrix = vectorizer.fit_transform(texts)
    turned = matrix.T.tocsr()
    _, plan = np.unique(np.asarray(groups), return_inverse=True)
    found: set[tuple[int, int]] = set()
    for start in range(0, matrix.shape[0], BLOCK):
        product = matrix[start : start + BLOCK] @ turned
        product.data[product.data < min_cosine] = 0
        product.eliminate_zeros()
        for offset in range(product.shape[0]):
            row = slice(product.indptr[offset], product.indptr[offset + 1])
            others, cosines = product.indices[row], product.data[row]
            index = start + offset
            apart = plan[others] != plan[index]
            others, cosines = others[apart], cosines[apart]
            if most and len(others) > most:
                best = np.lexsort((others, -cosines))[:most]
                others, cosines = others[best], cosines[best]
            for other, cosine in zip(others.tolist(), cosines.tolist(), strict=True):
                pair = (min(index, other), max(index, other))
                if most:
                    if pair in found:
                        continue
                    found.add(pair)
                elif other < index:
                    continue
                yield *pair, cosine
