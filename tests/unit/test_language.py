"""The language spoken: who hears it, what follows it, and what does not."""

from __future__ import annotations

import re
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import date
from pathlib import Path

import altair as alt
import pytest
import vl_convert
from babel import Locale

from comity import pair
from comity.errors import ComityError
from comity.ingest.add import add_files
from comity.model import words
from comity.model.language import ENGLISH, LANGUAGES, language, numeral, speaking, typeset
from comity.model.period import Period
from comity.model.words import again, day_words, during, ordinal, percent, points, possessive, rate, say, span
from comity.report import parts, terminal
from comity.report.figures.style import drawing, finish
from comity.report.text_formats import as_csv, as_markdown
from comity.states.groups import groups
from comity.states.names import in_order, read_table
from comity.states.registry import registry
from comity.states.resolve import resolve

# Where Vietnamese diplomatic usage, or today's name of the state, is followed rather than CLDR.
NOT_AS_CLDR = {
    *("CIV", "COD", "COG", "CPV", "ESH", "ITA", "KNA", "LBN", "LCA", "MAR", "MMR", "PSE", "SAU", "TWN", "VAT", "VCT"),
}


def test_english_is_spoken_where_nothing_is_set_and_after_a_stretch_of_another() -> None:
    assert language() == ENGLISH
    with speaking("vi"):
        assert language() == "vi"
        with speaking("en"):
            assert say("choice.yes") == "yes"
        assert say("choice.yes") == "thuận"
    assert language() == ENGLISH
    with pytest.raises(RuntimeError), speaking("vi"):
        raise RuntimeError
    assert language() == ENGLISH


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(ValueError, match="en, vi"), speaking("fr"):
        pass


def test_threads_do_not_hear_one_another() -> None:
    def said(tongue: str) -> set[str]:
        with speaking(tongue):
            return {say("choice.yes") for _ in range(2000)}

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(said, ["vi", "en"] * 4))
    assert found == [{"thuận"}, {"yes"}] * 4


def test_a_thread_speaks_the_language_of_the_context_it_is_given() -> None:
    with ThreadPoolExecutor(1) as pool, speaking("vi"):
        assert pool.submit(language).result() == ENGLISH
        assert pool.submit(copy_context().run, language).result() == "vi"


def test_numbers_have_the_marks_of_the_language() -> None:
    assert (numeral(1234567.891, ",.2f"), typeset(-0.004, "+.2f"), percent(345, 460)) == (
        "1,234,567.89",
        "0.00",
        "75.0 %",
    )
    with speaking("vi"):
        assert (numeral(1234567.891, ",.2f"), typeset(-3.25, "+.1f")) == ("1.234.567,89", "−3,2")
        assert (typeset(-0.004, "+.2f"), percent(345, 460), percent(40, 124)) == ("0,00", "75,0 %", "32 %")
        assert (percent(3, 12), percent(0, 0), rate(None, 5)) == ("3 trên 12", "không có", "không có")
        assert points(0.3226, 0.75, 400) == "+42,7 điểm phần trăm"
        assert say("source.mixed_numbers", count=12345).endswith("12.345")
        assert (parts.p_value(0.0341), parts.minimum(0.125), parts.signed(42.72, 460)) == (
            "p = 0,034",
            "12,5 %",
            "+42,7",
        )


def test_dates_ordinals_and_periods_follow_too() -> None:
    with speaking("vi"):
        assert day_words(date(2024, 6, 4)) == "4/6/2024"
        assert day_words(date(1992, 12, 1), "month") == "tháng 12/1992"
        assert (ordinal(15), ordinal(101), possessive("Nga")) == ("thứ 15", "thứ 101", "Nga")
        assert during(Period(2000, 2020)) == "Trong giai đoạn 2000–2020"
        assert during(Period(47, 54, "session")) == "Trong các khoá họp 47–54"
        days = Period.parse("1992-09-20..1999-12-31", "day")
        assert during(days) == "Từ ngày 20/9/1992 đến ngày 31/12/1999"
        assert span("1992-01-01..1999-12-31") == "1992-01-01 đến 1999-12-31"


def test_english_stands_in_for_a_sentence_that_a_translation_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = words.catalogue
    monkeypatch.setattr(words, "catalogue", lambda of=ENGLISH: whole() if of == ENGLISH else {})
    with speaking("vi"):
        assert say("choice.yes") == "yes"


def test_an_answer_made_in_one_language_leaves_nothing_behind_in_the_next() -> None:
    """Whatever is kept between questions is kept by language, or holds no words."""
    ask = {"issue": "hr", "periods": "1992-1999,2000-2020", "vs": ["USA"]}
    before = terminal.text(pair("VNM", "RUS", **ask), 90)
    with speaking("vi"):
        spoken = pair("VNM", "RUS", **ask)
        first = terminal.text(spoken, 90)
    assert terminal.text(pair("VNM", "RUS", **ask), 90) == before
    with speaking("vi"):
        assert terminal.text(pair("VNM", "RUS", **ask), 90) == first
    assert "Việt Nam và Nga bỏ phiếu giống nhau" in " ".join(first.split())
    assert "Bản dịch nháp" in first
    assert "nháp" not in before


def test_fields_and_ids_are_the_same_in_every_language_and_numbers_are_numbers() -> None:
    def shape(held: object) -> object:
        if isinstance(held, dict):
            return {key: shape(value) for key, value in held.items()}
        if isinstance(held, list):
            return [shape(value) for value in held]
        return type(held).__name__ if isinstance(held, str) else held

    english = pair("VNM", "RUS", issue="hr")
    with speaking("vi"):
        spoken = pair("VNM", "RUS", issue="hr")
        told = spoken.to_dict()
        table = as_csv(spoken)
    assert shape(told) == shape(english.to_dict())
    assert told != english.to_dict()
    assert table.splitlines()[0] == as_csv(english).splitlines()[0]
    assert re.findall(r"\d+\.\d+", table) == re.findall(r"\d+\.\d+", as_csv(english))


def test_markdown_is_in_the_language_asked_for() -> None:
    with speaking("vi"):
        text = as_markdown(pair("VNM", "RUS", issue="hr"))
    assert text.startswith("# Việt Nam và Nga")


# Names


def test_every_state_group_and_former_name_has_a_vietnamese_name() -> None:
    rows = {row["english"]: row for row in read_table("states/names_vi.csv")}
    current = {row["name"] for row in read_table("states/names.csv") if row["use"] != "read"}
    assert rows.keys() == {s.english for s in registry().states()} | current
    assert all(registry().by_id[row["id"]] and row["name"] for row in rows.values())
    assert {row["checked"] for row in rows.values()} <= {"yes", "no"}
    assert [row["id"] for row in read_table("groups/names_vi.csv")] == [g.id for g in groups()]
    with speaking("vi"):
        assert registry().name("RUS", date(1985, 1, 1)) == "Liên Xô"
        assert registry().name("VNM") == "Việt Nam"
        assert next(g for g in groups() if g.id == "southeast_asia").name == "Đông Nam Á"


def test_today_s_names_are_those_of_cldr_but_for_a_list() -> None:
    def plain(name: str) -> str:
        """Without marks, so that the two places of a tone mark ("hoà", "hòa") are one."""
        return "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))

    cldr, iso2 = Locale("vi").territories, {row["id"]: row["iso2"] for row in read_table("states/states.csv")}
    today = {s.id: s.english for s in registry().states() if s.existence[-1].end is None}
    names = {row["english"]: row["name"] for row in read_table("states/names_vi.csv")}
    apart = {i for i, name in today.items() if plain(names[name]) != plain(cldr.get(iso2[i], ""))}
    assert apart <= NOT_AS_CLDR | {i for i in apart if iso2[i] not in cldr}
    assert apart >= NOT_AS_CLDR


def test_no_two_states_share_a_vietnamese_name_today() -> None:
    with speaking("vi"):
        names = [state.name for state in registry().states()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("text", "state"),
    [
        *(("Hoa Kỳ", "USA"), ("Mỹ", "USA"), ("Trung Quốc", "CHN"), ("trung quốc", "CHN"), ("Trung Quoc", "CHN")),
        *(("Việt Nam", "VNM"), ("Đức", "DEU"), ("Áo", "AUT"), ("Bỉ", "BEL"), ("Liên Xô", "RUS"), ("Triều Tiên", "PRK")),
    ],
)
@pytest.mark.parametrize("tongue", LANGUAGES)
def test_vietnamese_names_are_understood(text: str, state: str, tongue: str) -> None:
    with speaking(tongue):
        assert resolve(text).id == state
        assert resolve(unicodedata.normalize("NFD", text)).id == state


def test_a_name_that_is_also_a_code_is_read_as_the_language_has_it() -> None:
    assert (resolve("Nga").id, resolve("NGA").id, resolve("nga").id) == ("NGA", "NGA", "NGA")
    with speaking("vi"):
        assert (resolve("Nga").id, resolve("NGA").id, resolve("nga").id) == ("RUS", "NGA", "NGA")


def test_every_vietnamese_name_of_today_leads_back_to_its_state() -> None:
    with speaking("vi"):
        wrong = {s.id: resolve(s.name).id for s in registry().states() if resolve(s.name).id != s.id}
    assert wrong == {}


def test_names_stand_in_the_order_of_their_letters() -> None:
    names = ["Đức", "Áo", "Zambia", "Ấn Độ", "Dominica", "Ai Cập"]
    with speaking("vi"):
        assert sorted(names, key=in_order) == ["Ai Cập", "Ấn Độ", "Áo", "Dominica", "Đức", "Zambia"]
    assert sorted(names, key=in_order) == sorted(names)


# What is kept in the store


def test_a_warning_kept_in_english_is_said_again_in_the_language_spoken() -> None:
    kept = {
        key: say(key, **fields)
        for key, fields in {
            "source.mixed_numbers": {"count": 4694},
            "source.repeated_ids": {"count": 12, "shown": "1 (twice), 2"},
            "source.recoded": {},
            "trade_file.rounded": {},
            "datasets.unresolved": {"k": 2, "names": "300, 730"},
        }.items()
    }
    with speaking("vi"):
        said = {key: again(sentence) for key, sentence in kept.items()}
        assert said["source.mixed_numbers"] == say("source.mixed_numbers", count=4694)
        assert said["source.repeated_ids"] == say("source.repeated_ids", count=12, shown="1 (twice), 2")
        assert said["source.recoded"] == say("source.recoded")
        assert said["datasets.unresolved"] == say("datasets.unresolved", k=2, names="300, 730")
        assert again("a sentence of nobody") == "a sentence of nobody"
    assert {key: again(sentence) for key, sentence in kept.items()} == kept
    assert not set(said.values()) & set(kept.values())


def test_what_is_added_to_the_store_is_kept_in_one_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def warnings(tongue: str) -> tuple[str, ...]:
        monkeypatch.setenv("COMITY_HOME", str(tmp_path / tongue))
        with speaking(tongue):
            return add_files([file], label="mine").manifest.warnings

    file = tmp_path / "votes.csv"
    rows = [f"A/RES/70/{i},2015-12-0{i},Text,{state},Y" for i in (1, 2, 3) for state in ("VNM", "RUS", "USA")]
    file.write_text("\n".join(["symbol,date,title,iso3,vote", *rows, rows[-1]]) + "\n")
    assert warnings("vi") == warnings("en") == (say("source.repeated_rows", count=1),)


def test_what_is_noted_of_states_and_seats_follows_the_language() -> None:
    seats = [seat for held in registry().seats.values() for seat in held]
    written = {text for seat in seats for text in [seat.footnote]} | {s.note for s in registry().states() if s.note}
    written |= {g.note for g in groups() if g.note}
    assert {row["english"] for row in read_table("states/notes_vi.csv")} == written
    with speaking("vi"):
        for seat in seats:
            assert seat.footnote not in written
        assert all(g.note not in written for g in groups() if g.note)
        assert "Liên Xô" in registry().state("RUS").note


def test_figures_write_numbers_as_the_language_does() -> None:
    def labels() -> list[str]:
        axis = alt.Axis(values=[0, 2500.5], format=",.1f")
        dots = drawing([{"x": 0}, {"x": 3000}]).mark_point().encode(x=alt.X("x:Q", axis=axis))
        return re.findall(r">([\d.,]+)<", vl_convert.vegalite_to_svg(finish(dots, "dots").to_json()))

    assert labels() == ["0.0", "2,500.5"]
    with speaking("vi"):
        assert labels() == ["0,0", "2.500,5"]


def test_what_an_error_means_is_the_first_sentence_of_its_class() -> None:
    def classes(root: type[ComityError]) -> list[type[ComityError]]:
        return [root, *(each for child in root.__subclasses__() for each in classes(child))]

    shipped = [c for c in classes(ComityError) if c.__module__ == "comity.errors"]
    assert len(shipped) > 20
    for each in shipped:
        first = " ".join((each.__doc__ or "").split("\n\n")[0].split())
        assert say(f"error_meaning.{each.__name__}") == first
