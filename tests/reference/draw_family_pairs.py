"""How the pairs in family_pairs.csv were drawn: python tests/reference/draw_family_pairs.py OUT.csv [READ.txt]

From the release unvotes-0.3.0 of the store, once the method was settled. Half are links, drawn evenly from the five
fifths of all links by score; half are near misses: for every text the best-scoring partner, one to three sessions on,
that is not of its family, above the score of -6, drawn evenly from fifths in the same way. OUT.csv has the ids, the
band and an empty label; READ.txt shows titles, symbols and dates in shuffled order without score, band or outcome, so
that the reader who labels does not know them. Pairs the reader could not settle are left out of family_pairs.csv.
"""

from __future__ import annotations

import csv
import random
import sys
from pathlib import Path

import numpy as np

from comity.study.release import ReleaseCorpus
from comity.votes import families, family_links
from comity.votes.family_text import title_and_subject

SEED, PER_BAND, BANDS, LOWEST = 20260, 34, 5, -6.0
Pair = tuple[int, int, float]


def near_misses(corpus: ReleaseCorpus, found: families.Families) -> list[Pair]:
    """For every text its best partner of another family, one to three sessions on."""
    calls = families._calls(corpus.roll_calls, corpus.matrix)
    heads = [calls[i] for i in families._heads(calls)[0]]
    texts = families._texts(heads, corpus.matrix)
    rows = np.array([call.row for call in heads])
    family = found.ids[rows]
    pairs: dict[int, Pair] = {}
    for session in np.unique(texts.session):
        earlier = np.flatnonzero(texts.session == session)
        for lag in (1, 2, 3):
            later = np.flatnonzero(texts.session == session + lag)
            if not len(later):
                continue
            score = family_links.scores(texts, earlier, later)
            ours, theirs = family[earlier][:, None], family[later][None, :]
            score[(ours == theirs) & (ours != families.ALONE)] = -np.inf
            for i, j in enumerate(score.argmax(1)):
                a, value = int(rows[earlier[i]]), float(score[i, j])
                if value >= LOWEST and value > pairs.get(a, (0, 0, -np.inf))[2]:
                    pairs[a] = (a, int(rows[later[j]]), value)
    return list(pairs.values())


def draw(pairs: list[Pair], kind: str, rng: random.Random) -> list[tuple[int, int, str]]:
    """The same number from each fifth by score."""
    ordered = sorted(pairs, key=lambda p: p[2])
    drawn = []
    for k in range(BANDS):
        band = ordered[k * len(ordered) // BANDS : (k + 1) * len(ordered) // BANDS]
        name = f"{kind} {k + 1} ({band[0][2]:.1f} to {band[-1][2]:.1f})"
        drawn += [(a, b, name) for a, b, _ in rng.sample(band, PER_BAND)]
    return drawn


def main() -> None:
    """Write the two files."""
    rng = random.Random(SEED)
    corpus = ReleaseCorpus.load("unvotes-0.3.0")
    found = families.recognise(corpus.roll_calls, corpus.matrix)
    drawn = draw(list(found.links), "link", rng) + draw(near_misses(corpus, found), "near miss", rng)
    rng.shuffle(drawn)
    columns = ("roll_call", "symbol", "date", "title", "subjects")
    table = corpus.roll_calls.select(columns).rows()
    with Path(sys.argv[1]).open("w", newline="") as out:
        write = csv.writer(out, lineterminator="\n")
        write.writerow(["earlier", "later", "band", "same_text"])
        write.writerows([table[a][0], table[b][0], band, ""] for a, b, band in drawn)
    if len(sys.argv) > 2:
        lines = []
        for n, (a, b, _) in enumerate(drawn, 1):
            for row in (a, b):
                title, subject = title_and_subject(table[row][3], table[row][4])
                lines.append(f"{n} {table[row][1]} {table[row][2]:%Y} {title[:150]} | {subject[:40]}")
        Path(sys.argv[2]).write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
