"""A published table beside ours, as sentences and neutral tables."""

from __future__ import annotations

from comity.measures.catalogue import MEASURES
from comity.model.language import numeral, typeset
from comity.model.words import percent, say
from comity.report import parts
from comity.report.document import Column, Document, Item, Line, Listing, Paragraph, Table, chapter
from comity.study.answers.published import ColumnCompared, Gap, PublishedAnswer, Tried, Way
from comity.study.published_gaps import FEWEST

_DIGITS = 4
_CONSISTENT = 0.9  # a way that leaves more rows apart than this explains little
_FULL = 8  # digits after the point beyond which an export wrote all it had


def title(answer: PublishedAnswer) -> str:
    """The heading."""
    return say("published_title.answer", file=answer.file, release=answer.header.origin.release)


def summary(column: ColumnCompared) -> list[str]:
    """What a column comes to, what its gaps are consistent with, and where they are: the sentence to quote first."""
    return [_lead(column), *_found(column), *_details(column)]


def facts(answer: PublishedAnswer) -> list[str]:
    """How the file was read."""
    told = [
        say(
            "published_title.layout",
            layout=say(f"published_layout.{answer.layout}"),
            scheme=answer.scheme,
            unit=say(f"published_layout.unit_{answer.unit}"),
        ),
        say("published_title.rows", rows=numeral(answer.rows, ","), left=numeral(sum(answer.left_out.values()), ",")),
    ]
    measures = dict.fromkeys(c.own.way.measure for c in answer.columns)
    shifted = dict.fromkeys(c.own.way.clock for c in answer.columns if c.own.way.clock != answer.unit)
    told += [say(f"published_title.shifted_{clock}") for clock in shifted]
    told += [say("published_title.formula", measure=m, formula=MEASURES[m].formula) for m in measures]
    for why in dict.fromkeys(answer.passed_over.values()):
        columns = ", ".join(c for c, w in answer.passed_over.items() if w == why)
        told.append(say("published_title.passed_over", columns=columns, why=say(f"published_over.{why}")))
    if answer.unknown:
        told.append(say("published_title.unknown", scheme=answer.scheme, codes=", ".join(answer.unknown)))
    return told


def _details(column: ColumnCompared) -> list[str]:
    """Where the rows of a column differ, and how far."""
    told = []
    if column.percent:
        told.append(say("published_title.percent_sign", column=column.column))
    if column.roll_calls:
        theirs, ours = (numeral(v, "g") for v in column.roll_calls)
        told.append(say("published_title.roll_calls", theirs=theirs, ours=ours))
    apart = [s for s in column.steps if s.equal < s.compared]
    if apart and len(column.steps) > 1:
        worst = min(apart, key=lambda s: (s.equal / s.compared, s.period))
        told.append(
            say(
                "published_title.steps_all",
                apart=len(apart),
                among=len(column.steps),
                clocks=say(f"published_title.clocks_{column.own.way.clock}"),
                worst=say(f"published_title.worst_{column.own.way.clock}", step=worst.period),
                k=worst.equal,
                n=worst.compared,
            )
        )
    differ = column.own.compared - column.own.equal
    if column.common_state and 2 * column.common_state[2] > differ > 1:
        _, name, k = column.common_state
        told.append(say("published_title.state", apart=numeral(differ, ","), k=numeral(k, ","), name=name))
    if column.zero:
        k = column.not_compared["undefined"]
        told.append(say("published_title.zero", k=numeral(k, ","), zero=numeral(column.zero, ",")))
    return told


def not_compared(answer: PublishedAnswer) -> Table | None:
    """Rows left out, by reason."""
    rows = [(say(f"published_reason.{reason}"), n) for reason, n in answer.left_out.items()]
    for column in answer.columns:
        for reason, n in column.not_compared.items():
            words = say(f"published_reason.{reason}")
            several = len(answer.columns) > 1
            rows.append(
                (say("published_title.columns_reason", column=column.column, reason=words) if several else words, n)
            )
    heads = (Column(say("published_title.reason"), numeric=False), Column(say("published_title.rows_head")))
    lines = tuple(Line((Item(words), Item(numeral(n, ",")))) for words, n in rows)
    return Table(say("published_title.caption_not"), heads, lines) if lines else None


def ways(column: ColumnCompared) -> Table | None:
    """The column as read, then the nearest other ways."""
    if not column.tried:
        return None
    heads = ("compared", "equal_head", "share", "rmse")
    columns = (Column(say("published_title.way"), numeric=False), *(Column(say(f"published_title.{h}")) for h in heads))
    own = _way_line(say("published_title.as_read"), column.own, "median")
    lines = tuple(_way_line(words(t.way, column.own.way), t) for t in column.tried)
    note = say("published_title.screened", ways=column.ways, n=numeral(column.screened, ","))
    return Table(say("published_title.caption_ways", column=column.column), columns, (own, *lines), note=note)


def gaps(column: ColumnCompared) -> list[Table]:
    """The largest gaps as the column is read, where its scale is ours, and those left with the way found."""
    own, found = column.own.way, column.found.way if column.found else None
    tables = []
    if column.largest and not (found and found.scale != "as_is"):
        caption = say("published_title.caption_gaps", column=column.column)
        tables.append(_gaps(caption, own, column.largest, column.decimals))
    if column.still and found:
        caption = say("published_title.caption_still", column=column.column, way=words(found, own))
        tables.append(_gaps(caption, found, column.still, column.decimals + 2 * (found.scale == "percent")))
    return tables


def _gaps(caption: str, way: Way, shown: tuple[Gap, ...], decimals: int) -> Table:
    heads = (
        say(f"published_title.{way.clock}"),
        *(say(f"published_title.{h}") for h in ("file_value", "ours", "gap", "n")),
    )
    columns = (Column(say("published_title.pair"), numeric=False), *map(Column, heads))
    lines = tuple(_gap_line(g, min(max(decimals, 2), _DIGITS)) for g in shown)
    return Table(caption, columns, lines)


def words(way: Way, own: Way) -> str:
    """How a way differs from the column as read."""
    told = []
    for field in way.apart(own):
        value = getattr(way, field)
        if field == "measure":
            told.append(say("published_way.measure", measure=value, formula=MEASURES[value].formula))
        else:
            told.append(say(f"published_way.{value}"))
    return ", ".join(told)


def published_document(answer: PublishedAnswer) -> Document:
    """The answer as a document."""
    lead, *others = (sentence for c in answer.columns for sentence in summary(c))
    first, second = [ways(c) for c in answer.columns], [t for c in answer.columns for t in gaps(c)]
    chapters = [chapter("published", Listing((*others, *facts(answer))), not_compared(answer))]
    if any(first):
        chapters.append(chapter("published_ways", *first))
    if second:
        chapters.append(chapter("published_gaps", *second))
    notes = Listing(tuple(n.text for n in answer.notes), numbered=True)
    chapters.append(chapter("blind", notes, Paragraph(parts.dropped_line(answer.dropped))))
    subtitle, source = parts.subject(answer.header), parts.source_line(answer.header)
    return Document(title(answer), subtitle, lead, tuple(chapters), source)


def _lead(column: ColumnCompared) -> str:
    own = column.own
    clock = say(f"published_title.by_{own.way.clock}")
    if own.rmse is None or column.bias is None:
        return say("published_title.lead_none", column=column.column, measure=own.way.measure, clock=clock)
    return say(
        "published_title.lead",
        column=column.column,
        measure=own.way.measure,
        clock=clock,
        rows=_rows(own),
        hundredths=_hundredths(column),
        decimals=_decimals(column.decimals - 2 * (column.percent or column.hundredths)),
        correlation=_correlation(column),
        rmse=_number(own.rmse, _DIGITS),
        bias=_number(column.bias, _DIGITS),
    )


def _hundredths(column: ColumnCompared) -> str:
    if not column.hundredths:
        return ""
    measure = MEASURES[column.own.way.measure]
    return say("published_title.hundredths", low=numeral(measure.low, "g"), high=numeral(measure.high, "g"))


def _correlation(column: ColumnCompared) -> str:
    if column.correlation is not None:
        return say("published_title.correlation", value=_number(column.correlation, _DIGITS))
    few = column.own.compared < FEWEST
    return say(f"published_title.correlation_{'few' if few else 'flat'}", least=FEWEST)


def _decimals(k: int) -> str:
    key = "full" if k > _FULL else "some" if k > 1 else "one" if k else "none"
    return say(f"published_title.decimals_{key}", k=k)


def _found(column: ColumnCompared) -> list[str]:
    if column.own.equal == column.own.compared:
        return []
    elsewhere = say("published_title.elsewhere")
    if not column.tried:
        return [say("published_title.no_way_at_all", elsewhere=elsewhere)]
    if column.found is None:
        way, rows = words(column.tried[0].way, column.own.way), _rows(column.tried[0])
        return [say("published_title.no_way", way=way, rows=rows, elsewhere=elsewhere)]
    found = column.found
    key = "consistent" if found.share >= _CONSISTENT else "nearer"
    return [
        say(
            f"published_title.{key}",
            way=words(found.way, column.own.way),
            rows=_rows(found),
            left=numeral(found.compared - found.equal, ","),
            own=_share(column.own),
        )
    ]


def _rows(tried: Tried) -> str:
    """ "894 of 1,000 rows (89.4 %)"; counts alone where they are few."""
    k, n = numeral(tried.equal, ","), numeral(tried.compared, ",")
    key = "rows_few" if tried.compared < parts.SMALL else "rows_of"
    return say(f"published_title.{key}", k=k, n=n, share=_share(tried))


def _share(tried: Tried) -> str:
    """A share of rows; one that is not whole is never printed as 100 %."""
    if tried.equal < tried.compared and tried.share > 0.9995:
        return say("published_title.nearly_all")
    return percent(tried.equal, tried.compared)


def _way_line(text: str, tried: Tried, kind: str = "") -> Line:
    rmse = parts.NO_VALUE if tried.rmse is None else _number(tried.rmse, _DIGITS)
    cells = (text, numeral(tried.compared, ","), numeral(tried.equal, ","), _share(tried), rmse)
    return Line(tuple(map(Item, cells)), kind)


def _gap_line(gap: Gap, digits: int) -> Line:
    """The file's value as it prints it; ours and the gap with a digit more, for they are not rounded."""
    finer = min(digits + 1, _DIGITS)
    values = (_number(gap.published, digits), _number(gap.ours, finer), _number(gap.gap, finer))
    return Line(tuple(map(Item, (f"{gap.name_a} – {gap.name_b}", str(gap.period), *values, numeral(gap.n, ",")))))


def _number(value: float, digits: int) -> str:
    return typeset(value, f".{digits}f")
