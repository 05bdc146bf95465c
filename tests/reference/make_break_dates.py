"""Make break_dates.json: break dates by ruptures, fits of a straight line in the log odds by statsmodels.

Run where numpy, ruptures and statsmodels are installed, from the checkout: python tests/reference/make_break_dates.py
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import ruptures
import ruptures.version
import statsmodels
import statsmodels.api as sm
from ruptures.base import BaseCost

MARGIN = 3


class Binomial(BaseCost):
    """Minus twice the log-likelihood of k of n under one share."""

    model = "binomial"
    min_size = MARGIN

    def fit(self, signal: np.ndarray) -> Binomial:
        self.signal = signal
        return self

    def error(self, start: int, end: int) -> float:
        k, n = self.signal[start:end].sum(axis=0)
        return -2 * sum(x * np.log(x / n) for x in (k, n - k) if x > 0)


def ruptures_date(signal: np.ndarray, **cost: object) -> int:
    return int(ruptures.Dynp(min_size=MARGIN, jump=1, **cost).fit(signal).predict(n_bkps=1)[0])


def one(seed: int) -> dict[str, object]:
    rng = np.random.default_rng(seed)
    size = int(rng.integers(15, 45))
    n = rng.integers(2, 40, size)
    kind = ("level", "step", "ramp")[seed % 3]
    place = {
        "level": np.zeros(size),
        "step": np.arange(size) > rng.integers(4, size - 4),
        "ramp": np.linspace(0, 1, size),
    }
    k = rng.binomial(n, 1 / (1 + np.exp(-(rng.normal(0, 0.7) + 1.5 * place[kind] + rng.normal(0, 0.3, size)))))
    design = sm.add_constant(np.arange(size, dtype=float))
    line = sm.GLM(np.column_stack([k, n - k]), design, family=sm.families.Binomial()).fit(tol=1e-12, maxiter=100)
    return {
        "seed": seed,
        "kind": kind,
        "k": k.tolist(),
        "n": n.tolist(),
        "binomial": ruptures_date(np.column_stack([k, n]).astype(float), custom_cost=Binomial()),
        "l2": ruptures_date((k / n)[:, None], model="l2"),
        "ramp_deviance": float(line.deviance),
        "none_deviance": float(line.null_deviance),
        "ramp_pearson": float(line.pearson_chi2),
    }


def _lines(made: dict[str, object]) -> str:
    """One series a line."""
    series = ",\n  ".join(map(json.dumps, made.pop("series")))
    return json.dumps(made)[:-1] + f', "series": [\n  {series}\n]}}\n'


if __name__ == "__main__":
    made = {
        "ruptures": ruptures.version.__version__,
        "statsmodels": statsmodels.__version__,
        "series": [one(seed) for seed in range(30)],
    }
    Path(__file__).with_name("break_dates.json").write_text(_lines(made), encoding="utf-8")
