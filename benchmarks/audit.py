"""How long the audit of the shipped ledger takes, whole and by the claim: uv run python benchmarks/audit.py [FILE].

Limits: the whole ledger 20 s from a new process' first import; one claim 1 s with the sources open. Uses the store of
COMITY_HOME and writes nothing to its log.
"""

import json
import subprocess
import sys
import time

WHOLE, ONE = 20.0, 1.0


def run(code: str) -> dict[str, float]:
    """The JSON that a new process prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def whole(source: str) -> dict[str, float]:
    return run(
        "import time; t = time.perf_counter()\n"
        "from comity.audit.audit import audit\n"
        f"a = audit({source!r}, log=False)\n"
        "import json; print(json.dumps({'seconds': time.perf_counter() - t, 'claims': len(a.claims), **a.counts}))"
    )


def single(source: str, claim: str) -> float:
    return run(
        "import time; t = time.perf_counter()\n"
        "from comity.audit.audit import audit\n"
        f"audit({source!r}, claim={claim!r}, log=False)\n"
        "import json; print(json.dumps({'seconds': time.perf_counter() - t}))"
    )["seconds"]


def each(source: str) -> list[tuple[float, str, str]]:
    """Seconds of each claim with the sources open and nothing worked out."""
    from comity.audit.audit import Court
    from comity.audit.claim import read_claims
    from comity.audit.context import Context

    made = read_claims(source)
    timed = []
    for claim in made.claims:
        context = Context()
        context.corpora  # noqa: B018 - opened before the clock starts
        court = Court(made, context)
        begun = time.perf_counter()
        court.verdict(claim)
        timed.append((time.perf_counter() - begun, claim.id, claim.test.kind))
    return sorted(timed, reverse=True)


def main() -> None:
    source = sys.argv[1] if len(sys.argv) > 1 else "vietnam-russia"
    total = whole(source)
    slow = each(source)[:8]
    cold = {claim: round(single(source, claim), 2) for _, claim, _ in slow[:3]}
    told = {
        "whole ledger": total,
        "within 20 s": total["seconds"] <= WHOLE,
        "slowest claims, sources open": [{"claim": c, "kind": k, "seconds": round(s, 3)} for s, c, k in slow],
        "within 1 s, sources open": slow[0][0] <= ONE,
        "the same in a new process": cold,
    }
    print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
