"""Writes uncertainty_cases.json: outside values of intervals, tests, ranks and adjusted p-values.

Run by hand where SciPy, statsmodels and R are installed: python tests/reference/make_uncertainty_cases.py
Made with SciPy 1.17.1, statsmodels 0.15.0 and R's p.adjust. The families are made up: votes cast alike and votes cast
by both, in two periods.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import numpy as np

TARGET = Path(__file__).with_name("uncertainty_cases.json")
P = [0.001, 0.0101, 0.02, 0.02, 0.04, 0.0412, 0.3, 0.5, 0.79, 1.0]
VALUES = [0.71, 0.84, 0.71, 0.33, 0.9, 0.84, 0.84, 0.12]


def families() -> tuple[np.ndarray, np.ndarray]:
    """Votes cast alike and cast, shape (18, 2)."""
    rng = np.random.default_rng(57222)
    cast = rng.integers(0, 12, (18, 2))
    cast[:, 1] += 1
    return rng.binomial(cast, rng.beta(3, 2, (18, 1))), cast


def two_sided(difference: float, null: np.ndarray) -> dict[str, float]:
    """SciPy doubles the smaller tail; ours counts both, so the p-value is taken from its null distribution."""
    return {"difference": float(difference), "p": float((np.abs(null) >= abs(difference) - 1e-12).mean())}


def main() -> None:
    from scipy import stats
    from statsmodels.stats.multitest import multipletests

    same, cast = families()
    at = np.arange(len(same))

    def change(index: np.ndarray, axis: int) -> np.ndarray:
        s, c = same[index].sum(axis=axis), cast[index].sum(axis=axis)
        return s[..., 1] / c[..., 1] - s[..., 0] / c[..., 0]

    def share(index: np.ndarray, axis: int) -> np.ndarray:
        return same[index, 1].sum(axis=axis) / cast[index, 1].sum(axis=axis)

    found: dict[str, object] = {"same": same.tolist(), "cast": cast.tolist(), "p": P, "values": VALUES}
    for name, statistic in (("change", change), ("share", share)):
        for method in ("percentile", "basic"):
            made = stats.bootstrap(
                (at,),
                lambda index, axis, of=statistic: of(index, axis if axis >= 0 else index.ndim - 1),
                n_resamples=400_000,
                batch=20_000,
                confidence_level=0.9,
                method=method,
                rng=np.random.default_rng(1),
            )
            found[f"{name} {method}"] = list(made.confidence_interval)

    def gap(x: np.ndarray, y: np.ndarray) -> float:
        return same.ravel()[y].sum() / cast.ravel()[y].sum() - same.ravel()[x].sum() / cast.ravel()[x].sum()

    # All 2^18 exchanges of a family's two cells, which are numbered; then all splits of 18 sessions into 5 and 13.
    exact = {"permutation_type": "samples", "n_resamples": np.inf}
    swapped = stats.permutation_test((2 * at, 2 * at + 1), gap, vectorized=False, **exact)
    found["exchange"] = two_sided(swapped.statistic, swapped.null_distribution)
    whole_same, whole_cast = same.sum(axis=1), cast.sum(axis=1)

    def sides(x: np.ndarray, y: np.ndarray) -> float:
        return whole_same[y].sum() / whole_cast[y].sum() - whole_same[x].sum() / whole_cast[x].sum()

    split = stats.permutation_test((at[:5], at[5:]), sides, vectorized=False, n_resamples=np.inf)
    found["reorder"] = two_sided(split.statistic, split.null_distribution)
    found["fdr_bh"] = multipletests(P, method="fdr_bh")[1].tolist()
    code = f"cat(format(p.adjust(c({','.join(map(str, P))}), 'BH'), digits=15))"
    text = subprocess.run(["Rscript", "-e", code], capture_output=True, text=True, check=True).stdout
    found["p.adjust"] = [float(x) for x in text.split()]
    found["rankdata"] = stats.rankdata([-v for v in VALUES], method="min").tolist()
    others = [np.delete(VALUES, i) for i in range(len(VALUES))]
    found["percentileofscore"] = [
        float(stats.percentileofscore(o, v, kind="strict")) for o, v in zip(others, VALUES, strict=True)
    ]
    TARGET.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
