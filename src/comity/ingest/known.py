"""Keep with each release the faults that the others show, so that an answer can say them."""

from __future__ import annotations

from comity.ingest.compare import StateFault
from comity.ingest.diff import diff_releases
from comity.model.fault import KnownFault
from comity.store.releases import list_releases, note_faults

_TOLD = ("exchanged", "carries", "displaced", "missing")


def compare_with_others(label: str) -> None:
    """Compare a release with every other in the store and note the faults of both sides with both."""
    for other in [m.release for m in list_releases() if m.release != label]:
        faults = [fault for fault in diff_releases(label, other).faults if fault.kind in _TOLD]
        for release, against in ((label, other), (other, label)):
            note_faults(release, against, [_known(f, against) for f in faults if _concerns(f, release)])


def forget(label: str) -> None:
    """Drop what a release that is gone showed of the others."""
    for manifest in list_releases():
        note_faults(manifest.release, label, [])


def _concerns(fault: StateFault, release: str) -> bool:
    """Whether a fault is said of this release: of both in an exchange, only of the one that lacks a missing state."""
    return fault.kind != "missing" or fault.release == release


def _known(fault: StateFault, against: str) -> KnownFault:
    return KnownFault(
        kind=fault.kind,
        state=fault.state,
        session=fault.session,
        last_session=fault.last_session,
        against=against,
        cells=fault.cells,
        roll_calls=fault.roll_calls,
        other=fault.other,
    )
