"""Measures against values that others printed: their examples, and real votes through the whole of Comity.

measures/published_values.json says where each was read.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import comity
from comity.measures import agreement, chance, groups
from comity.study.answers.measured import Measured

PRINTED = json.loads((Path(__file__).parent / "measures" / "published_values.json").read_text(encoding="utf-8"))
FPSIM, KOREA = PRINTED["fpsim"], PRINTED["rok_unga"]
FILES = {"voeten-2024-wide": "votes_wide_1946_2024.csv", "voeten-2016": "UNVotesPublished.RData"}
EIGHT_DECIMALS = 0.5e-8
THREE_DECIMALS = 0.5e-3 + 1e-9  # of the printed number, whose last decimal is rounded


@pytest.fixture(scope="module")
def store(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two of Voeten's releases."""
    folder = tmp_path_factory.mktemp("store")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMITY_HOME", str(folder))
        added = [comity.add(shared_data / "unga" / name).manifest.release for name in FILES.values()]
    assert added == list(FILES)
    return folder


@pytest.fixture
def releases(store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COMITY_HOME", str(store))
    return store


def measured(a: str, b: str, periods: str, clock: str, release: str, ids: str) -> list[dict[str, Measured]]:
    answer = comity.pair(a, b, periods=periods, clock=clock, release=release, measures=ids)
    return [{m.id: m for m in cell.measures} for cell in answer.lead.cells]


@pytest.mark.usefixtures("releases")
@pytest.mark.parametrize("release", FILES)
def test_the_documented_example_of_fpsim(release: str) -> None:
    """The example is of nominal pi, which alpha is but for drawing without replacement: a factor of (2n − 1)/2n."""
    (found,) = measured("USA", "MEX", str(FPSIM["year"]), "year", release, "kappa_sq,alpha_nominal")
    n = FPSIM["n"]
    assert found["kappa_sq"].n == n
    assert found["kappa_sq"].value == pytest.approx(FPSIM["kappa_sq"], abs=EIGHT_DECIMALS)
    alpha = 1 - (1 - FPSIM["pi_nominal"]) * (2 * n - 1) / (2 * n)
    assert found["alpha_nominal"].value == pytest.approx(alpha, abs=EIGHT_DECIMALS)


@pytest.mark.usefixtures("releases")
def test_shares_and_kappa_of_stevedata() -> None:
    """From the older file: the later ones hold more votes of 1997 to 2000."""
    years = ",".join(str(row[0]) for row in KOREA["rows"])
    found = measured("KOR", "USA", years, "year", "voeten-2016", "same_share,kappa_sq")
    for here, (year, agree, _, kappa) in zip(found, KOREA["rows"], strict=True):
        assert here["same_share"].value == pytest.approx(agree, abs=THREE_DECIMALS), year
        printed = THREE_DECIMALS if kappa >= 0.1 else THREE_DECIMALS / 10  # three figures
        assert here["kappa_sq"].value == pytest.approx(kappa, abs=printed), year


@pytest.mark.usefixtures("releases")
def test_voetens_own_agreement_scores() -> None:
    """As published in June 2024, from the wide matrix of 2024: by session, without unanimous roll calls."""
    sessions = ",".join(str(row[0] - 1945) for row in KOREA["rows"])
    found = measured("KOR", "USA", sessions, "session", "voeten-2024-wide", "voeten")
    for here, (year, _, agree, _) in zip(found, KOREA["rows"], strict=True):
        assert here["voeten"].value == pytest.approx(agree, abs=THREE_DECIMALS), year


@pytest.mark.parametrize("case", PRINTED["signorino_ritter_table_5"]["cases"], ids=lambda c: c["case"])
def test_the_table_of_signorino_and_ritter(case: dict[str, float]) -> None:
    """Where all differences are as large as can be, squared distances say the same."""
    table = np.zeros((4, 4))
    table[0, 0], table[0, 2] = case["alike"], case["opposed"]
    assert float(agreement.s(table)) == pytest.approx(case["s"])
    assert float(agreement.s_sq(table)) == pytest.approx(case["s"])
    a, b = np.repeat([0, 0], [case["alike"], case["opposed"]]), np.repeat([0, 2], [case["alike"], case["opposed"]])
    assert agreement.s_weighted(a, b, np.full(len(a), 0.3)) == pytest.approx(case["s"])


@pytest.mark.parametrize(("yes", "no", "value"), PRINTED["rice"]["cases"])
def test_rice(yes: int, no: int, value: float | None) -> None:
    expected = np.nan if value is None else value
    assert float(groups.rice([yes, 3, no])) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(("yes", "abstain", "no", "value"), PRINTED["agreement_index"]["cases"])
def test_agreement_index(yes: int, abstain: int, no: int, value: float) -> None:
    assert float(groups.agreement_index([yes, abstain, no])) == pytest.approx(value, abs=1e-12)


def test_nominal_pi_and_alpha_differ_by_the_factor_used_here() -> None:
    table = np.diag([5.0, 3.0, 2.0, 0.0]) + np.eye(4, k=1) * [[2], [1], [0], [0]]
    cast = table[:3, :3]
    n, pooled = cast.sum(), cast.sum(axis=0) + cast.sum(axis=1)
    pi = 1 - (1 - np.trace(cast) / n) / (1 - ((pooled / (2 * n)) ** 2).sum())
    assert float(chance.alpha_nominal(table)) == pytest.approx(1 - (1 - pi) * (2 * n - 1) / (2 * n))
