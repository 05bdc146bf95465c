"""The outside values of the agreement measures, from packages that have nothing to do with Comity.

In an environment of its own (Python 3.11): pip install scikit-learn krippendorff irrCAC
python make_outside_values.py

It writes outside_values.json beside itself.

scikit-learn gives Cohen's weighted kappa, krippendorff gives alpha, irrCAC gives Scott's weighted pi, Brennan and
Prediger's coefficient, and kappa and alpha once more. None of them knows of tables: each is given the two states'
votes one by one, as yes 1, abstain 2, no 3. Values that a package does not define stand as null.

The measures that are not corrected for chance are written as accuracies, losses and errors of scikit-learn's between
the two states' votes, absences among them. make_r_values.R does the same in R.
"""

from __future__ import annotations

import json
import math
import warnings
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import krippendorff
import numpy as np
import pandas as pd
from irrCAC.raw import CAC
from sklearn.metrics import (
    accuracy_score,
    cohen_kappa_score,
    hamming_loss,
    mean_absolute_error,
    mean_squared_error,
    zero_one_loss,
)

Code = Callable[[int, int], object]

# Tables of the votes both cast, yes, abstain, no: a pair much alike, one opposed, one with a prevalent choice, one
# that never says no, one with different marginals, small and large ones.
TABLES = {
    "balanced": [[20, 5, 1], [6, 18, 4], [2, 3, 15]],
    "opposed": [[2, 9, 40], [3, 4, 12], [25, 8, 1]],
    "prevalent": [[330, 40, 1], [45, 14, 8], [1, 7, 1]],
    "no_no": [[57, 11, 0], [8, 9, 0], [0, 0, 0]],
    "biased": [[10, 30, 25], [0, 12, 20], [0, 1, 9]],
    "small": [[3, 1, 0], [0, 1, 1], [0, 0, 1]],
    "two_votes": [[1, 0, 0], [0, 0, 0], [0, 0, 1]],
    "large": [[2901, 310, 44], [512, 388, 97], [61, 140, 402]],
}


ABSENCES = ([2, 1, 3], [1, 0, 2, 4])  # the second state's on each of the first's choices; the first's on the second's
TEXTS = 10  # adopted without a vote


def votes(table: list[list[int]]) -> tuple[list[int], list[int]]:
    """The two states' votes one by one."""
    pairs = [(i, j) for i in range(3) for j in range(3) for _ in range(table[i][j])]
    return [i + 1 for i, _ in pairs], [j + 1 for _, j in pairs]


def values(table: list[list[int]]) -> dict[str, dict[str, float | None]]:
    """Measure → package → value."""
    a, b = votes(table)
    found: dict[str, dict[str, float | None]] = {}

    def put(measure: str, package: str, value: float) -> None:
        found.setdefault(measure, {})[package] = None if math.isnan(value) else float(value)

    for measure, weights in (("kappa_lin", "linear"), ("kappa_sq", "quadratic")):
        put(measure, "scikit-learn", cohen_kappa_score(a, b, labels=[1, 2, 3], weights=weights))
        cac = CAC(pd.DataFrame({"a": a, "b": b}), weights=weights, categories=[1, 2, 3], digits=12)
        put(measure, "irrCAC", cac.conger()["est"]["coefficient_value"])
    for measure, weights in (("pi_lin", "linear"), ("pi_sq", "quadratic")):
        cac = CAC(pd.DataFrame({"a": a, "b": b}), weights=weights, categories=[1, 2, 3], digits=12)
        put(measure, "irrCAC", cac.fleiss()["est"]["coefficient_value"])
    cac = CAC(pd.DataFrame({"a": a, "b": b}), weights="quadratic", categories=[1, 2, 3], digits=12)
    put("brennan_prediger", "irrCAC", cac.bp()["est"]["coefficient_value"])
    for level in ("nominal", "interval", "ordinal"):
        data = np.array([a, b], dtype=float)
        put(
            f"alpha_{level}",
            "krippendorff",
            krippendorff.alpha(data, level_of_measurement=level, value_domain=[1, 2, 3]),
        )
    cac = CAC(pd.DataFrame({"a": a, "b": b}), weights="identity", categories=[1, 2, 3], digits=12)
    put("alpha_nominal", "irrCAC", cac.krippendorff()["est"]["coefficient_value"])
    return found


def plain_values(table: list[list[int]]) -> dict[str, dict[str, float | None]]:
    """Measure → package → value, of a table with absences, by scikit-learn."""
    pairs = [(i, j) for i in range(4) for j in range(4) for _ in range(table[i][j])]
    both = [(i, j) for i, j in pairs if 3 not in (i, j)]
    sides = [(i, j) for i, j in both if 1 not in (i, j)]
    turned = {0: 2, 1: "abstain", 2: 0, 3: "absent"}

    def of(score: Callable[..., float], kept: list[tuple[int, int]], first: Code, second: Code, **more: Any) -> float:
        if not kept:
            return math.nan
        return float(score([str(first(i, j)) for i, j in kept], [str(second(i, j)) for i, j in kept], **more))

    def gap(error: Callable[..., float], kept: list[tuple[int, int]]) -> float:
        far = [(i, j) if 3 not in (i, j) else (0, 1) for i, j in kept]  # an absence is half as far as can be
        return float(error([i for i, _ in far], [j for _, j in far])) if far else math.nan

    def one_abstains(i: int, j: int) -> bool:
        return i == 1 and j != 3

    took_part = 1 - of(zero_one_loss, pairs, lambda i, j: 3 in (i, j), lambda i, j: False)
    found = {
        "same_share": of(accuracy_score, both, lambda i, j: i, lambda i, j: j),
        "ambivalent_share": of(hamming_loss, both, lambda i, j: i == 1, lambda i, j: j == 1),
        "opposite_share": of(accuracy_score, both, lambda i, j: i, lambda i, j: turned[j]),
        "same_share_of_all": of(accuracy_score, pairs, lambda i, j: i, lambda i, j: "absent" if j == 3 else j),
        "ambivalent_share_of_all": of(hamming_loss, pairs, one_abstains, lambda i, j: one_abstains(j, i)),
        "opposite_share_of_all": of(accuracy_score, pairs, lambda i, j: i, lambda i, j: turned[j]),
        "absent_share": 1 - took_part,
        "votes_only": of(accuracy_score, sides, lambda i, j: i, lambda i, j: j),
        "state_incl_consensus": of(
            accuracy_score,
            [*sides, (0, 0)],
            lambda i, j: i,
            lambda i, j: j,
            sample_weight=[1.0] * len(sides) + [took_part * TEXTS],
        ),
        "ia": 1 - gap(mean_absolute_error, both) / 2,
        "voeten": 1 - gap(mean_absolute_error, both) / 2,
        "state_2022": 1 - gap(mean_absolute_error, pairs) / 2,
        "s": 1 - gap(mean_absolute_error, both),
        "s_sq": 1 - gap(mean_squared_error, both) / 2,
    }
    return {name: {"scikit-learn": None if math.isnan(value) else value} for name, value in found.items()}


def with_absences(table: list[list[int]]) -> list[list[int]]:
    """The table with a fourth row and column."""
    return [[*row, absent] for row, absent in zip(table, ABSENCES[0], strict=True)] + [ABSENCES[1]]


def main() -> None:
    warnings.simplefilter("ignore")
    made = {
        "made_with": {name: version(name) for name in ("scikit-learn", "krippendorff", "irrCAC", "numpy", "pandas")},
        "tables": {name: {"table": table, "values": values(table)} for name, table in TABLES.items()},
        "texts": TEXTS,
        "with_absences": {
            name: {"table": full, "values": plain_values(full)}
            for name, full in ((name, with_absences(table)) for name, table in TABLES.items())
        },
    }
    Path(__file__).with_name("outside_values.json").write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
