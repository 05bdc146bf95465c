"""The outside values of the agreement measures, from packages that have nothing to do with Comity.

In an environment of its own (Python 3.11): pip install scikit-learn krippendorff irrCAC
python make_outside_values.py

It writes outside_values.json beside itself.

scikit-learn gives Cohen's weighted kappa, krippendorff gives alpha, irrCAC gives Scott's weighted pi, Brennan and
Prediger's coefficient, and kappa and alpha once more. None of them knows of tables: each is given the two states'
votes one by one, as yes 1, abstain 2, no 3. Values that a package does not define stand as null.
"""

from __future__ import annotations

import json
import math
import warnings
from importlib.metadata import version
from pathlib import Path

import krippendorff
import numpy as np
import pandas as pd
from irrCAC.raw import CAC
from sklearn.metrics import cohen_kappa_score

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


def main() -> None:
    warnings.simplefilter("ignore")
    made = {
        "made_with": {name: version(name) for name in ("scikit-learn", "krippendorff", "irrCAC", "numpy", "pandas")},
        "tables": {name: {"table": table, "values": values(table)} for name, table in TABLES.items()},
    }
    Path(__file__).with_name("outside_values.json").write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
