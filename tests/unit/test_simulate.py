"""The simulated assembly has the laws it is given."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from comity.model.choice import Choice
from comity.simulate import World, assembly, expected_same, ideal_points

WORLD = World(states=6, sessions=12, families=30.0)


def test_shapes_and_codes():
    made = assembly(WORLD, np.random.default_rng(1))
    roll_calls = len(made.session)
    assert made.cells.shape == (roll_calls, 6) and made.family.shape == (roll_calls,)
    assert made.ideal.shape == (12, 6) and made.cells.max() <= Choice.ABSENT
    assert (np.diff(made.session) >= 0).all() and set(made.session) == set(range(12))


def test_the_same_seed_gives_the_same_assembly():
    one, two, other = (assembly(WORLD, np.random.default_rng(s)) for s in (1, 1, 2))
    assert (one.cells == two.cells).all() and one.cells.shape != other.cells.shape


def test_states_move_slowly_from_a_standard_normal_start():
    path = ideal_points(replace(WORLD, states=20_000, drift=0.1), np.random.default_rng(2))
    assert path[0].std() == pytest.approx(1, abs=0.03)
    assert np.diff(path, axis=0).std() == pytest.approx(0.1, abs=0.002)
    still = ideal_points(replace(WORLD, drift=0.0), np.random.default_rng(2))
    assert (still == still[0]).all()


def test_as_many_roll_calls_a_session_as_the_world_says():
    """families × recurrence × (1 + extra_votes) = 30 × 0.8 × 1.4 = 33.6, from the first session to the last."""
    rng = np.random.default_rng(3)
    made = [np.bincount(assembly(WORLD, rng).session, minlength=12) for _ in range(200)]
    # Sd of a session's count is about 7: over 200 assemblies 0.5, and four of these are allowed for.
    assert np.mean(made, axis=0) == pytest.approx([33.6] * 12, abs=2.0)


def test_texts_return():
    made = assembly(WORLD, np.random.default_rng(4))
    lives = [len(set(made.session[made.family == f])) for f in set(made.family)]
    assert max(lives) > 5 and np.mean(lives) > 2


def test_a_family_is_one_text():
    """Without chance in single votes, without wobble and without moves, a state votes on a family one way only."""
    sure = replace(WORLD, noise=0.0, wobble=0.0, drift=0.0, absence=0.001)
    made = assembly(sure, np.random.default_rng(5))
    for family in set(made.family):
        for column in made.cells[made.family == family].T:
            assert len(set(column) - {Choice.ABSENT}) <= 1


def test_absences_are_as_frequent_as_said():
    made = [assembly(replace(WORLD, absence=0.2), np.random.default_rng(s)) for s in range(60)]
    # States differ: Beta(1.6, 6.4) has sd 0.13, over 360 states 0.007, four of which are allowed for.
    assert np.mean([(m.cells == Choice.ABSENT).mean() for m in made]) == pytest.approx(0.2, abs=0.03)


def test_expected_share_is_that_of_many_assemblies():
    path = ideal_points(WORLD, np.random.default_rng(6))
    rng = np.random.default_rng(7)
    truth = expected_same(WORLD, path, rng, texts=20_000)
    assert truth.shape == (12, 5)
    same = cast = np.zeros(5)
    for _ in range(150):
        cells = assembly(WORLD, rng, path).cells
        both = (cells[:, :1] < Choice.ABSENT) & (cells[:, 1:] < Choice.ABSENT)
        same = same + ((cells[:, :1] == cells[:, 1:]) & both).sum(axis=0)
        cast = cast + both.sum(axis=0)
    # About 12,000 families: the sd of a share is below 0.006, four of which are allowed for.
    assert same / cast == pytest.approx(truth.mean(axis=0), abs=0.025)


def test_two_states_at_one_place_vote_alike_more_often_than_two_apart():
    path = np.tile([0.0, 0.0, 2.5], (12, 1))
    near, far = expected_same(replace(WORLD, stance=0.1), path, np.random.default_rng(8)).mean(axis=0)
    assert near > far + 0.1


def test_moods_last_one_session():
    """With nothing left to chance a family is voted on one way within a session, and not always over sessions."""
    moody = replace(WORLD, noise=0.0, wobble=0.0, drift=0.0, absence=0.001, mood=1.0)
    made = assembly(moody, np.random.default_rng(6))
    changed = 0
    for family in set(made.family):
        for column in made.cells.T:
            over = set()
            for session in set(made.session[made.family == family]):
                held = set(column[(made.family == family) & (made.session == session)]) - {Choice.ABSENT}
                assert len(held) <= 1
                over |= held
            changed += len(over) > 1
    assert changed > 50
    assert (made.ideal == made.ideal[0]).all()


def test_expected_alike_falls_with_moods():
    """Two states at one place, one stance towards nothing: moods alone set them apart."""
    still = replace(WORLD, noise=0.0, stance=0.0)
    path = np.zeros((1, 2))
    alike, moody = (expected_same(w, path, np.random.default_rng(7)).item() for w in (still, replace(still, mood=1.0)))
    assert alike == 1.0 and moody < 0.8
