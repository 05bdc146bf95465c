"""A state that holds another's votes, its own displaced, or hardly any."""

import numpy as np
from made_up import STATES, release, votes

from comity.ingest.align import align
from comity.ingest.compare import state_faults
from comity.ingest.frames import NO_VOTE

IDS = [str(i) for i in range(80)]
BRA, CHL, DNK = (STATES.index(state) for state in ("BRA", "CHL", "DNK"))


def faults(changed, true=None):
    true = votes(80) if true is None else true
    left, right = release("left", changed, roll_call=IDS), release("right", true, roll_call=IDS)
    return state_faults(left, right, align(left, right))


def test_equal_releases_have_no_fault():
    assert faults(votes(80)) == ()


def test_two_states_exchanged_for_a_session_are_told_once():
    cells = votes(80)
    cells[20:40, [BRA, CHL]] = cells[20:40, [CHL, BRA]]
    (fault,) = faults(cells)
    assert (fault.kind, fault.state, fault.other, fault.session, fault.last_session) == (
        "exchanged",
        "BRA",
        "CHL",
        61,
        61,
    )
    assert (fault.release, fault.against, fault.roll_calls, fault.left_over) == ("left", "right", 20, 0)
    assert fault.cells == int((votes(80)[20:40, BRA] != votes(80)[20:40, CHL]).sum())


def test_a_state_that_carries_the_votes_of_another_while_that_one_keeps_its_own():
    cells = votes(80)
    cells[40:60, DNK] = cells[40:60, CHL]
    (fault,) = faults(cells)
    assert (fault.kind, fault.state, fault.other, fault.session) == ("carries", "DNK", "CHL", 62)


def test_the_same_fault_in_sessions_in_a_row_is_one():
    cells = votes(80)
    cells[20:60, DNK] = cells[20:60, CHL]
    (fault,) = faults(cells)
    assert (fault.session, fault.last_session, fault.roll_calls) == (61, 62, 40)


def test_votes_displaced_by_rows():
    for rows in (1, -1, 3, -7):
        cells = votes(80)
        cells[:, BRA] = np.roll(cells[:, BRA], rows)
        found = [fault for fault in faults(cells) if 60 < fault.session < 63 or fault.last_session > 60]
        assert {(fault.kind, fault.state, fault.rows) for fault in found} == {("displaced", "BRA", rows)}


def test_missing_votes_are_missing_where_they_are_missing():
    cells = votes(80)
    cells[20:40, BRA] = NO_VOTE
    (here,) = faults(cells)
    (there,) = faults(votes(80), true=cells)
    assert (here.kind, here.state, here.release) == ("missing", "BRA", "left")
    assert (there.kind, there.state, there.release, there.against) == ("missing", "BRA", "right", "left")


def test_votes_that_nothing_explains_differ():
    cells = votes(80)
    cells[20:40, BRA] = (cells[20:40, BRA] + 1) % 3
    (fault,) = faults(cells)
    assert (fault.kind, fault.state, fault.other, fault.rows) == ("differs", "BRA", None, None)


def test_a_few_scattered_differences_are_no_fault_of_a_state():
    cells = votes(80)
    cells[[3, 25, 26, 50], BRA] = (cells[[3, 25, 26, 50], BRA] + 1) % 3
    assert faults(cells) == ()
