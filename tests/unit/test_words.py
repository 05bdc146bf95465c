"""The wording standard, held against every sentence: all message templates, all page templates, all printed answers."""

import ast
import re
import string
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from importlib import resources
from itertools import product
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "report"))

import bloc_factory
import change_factory
import factory
import ideal_factory
import outlier_factory
import published_factory

import comity.report
from comity.model.language import LANGUAGES, speaking
from comity.model.words import catalogue, percent, say
from comity.report import html, terminal
from comity.report.dossier.chapters import document
from comity.report.markdown import render
from comity.report.text_formats import as_html, as_markdown
from page_checks import Page

MESSAGES = resources.files("comity.data") / "messages"
REPORT = Path(comity.report.__file__).parent

ENGLISH = {
    "reads more into voting alike": r"\ball(y|ies|ied)\b|\bfollowed\b|\bsupport(s|ed|ers?)\b|\bsided with\b",
    "names a government, not a state": r"\bregimes?\b",
    "suspended is not expelled": r"\bexpel(s|led)?\b|\bexpulsion\b",
    "hides what a share leaves out": r"\bthe (remaining|rest)\b|\bremainder\b",
    "judges a vote without the meeting record": r"\bslips?\b|\bmistakes?\b|\bmistaken(ly)?\b|\bdefect(s|ed|ion)?\b",
    "recorded votes in the General Assembly": r"\bUN votes?\b|\bUN voting\b",
    "TIV is not money": r"\bworth\b",
    "an abstention is not neutrality": r"\bneutral\b|\bstayed away\b",
    "a reading does not tell what an author did": r"\bthe author (used|did|meant|counted)\b",
    "a date is not a cause": r"\bbecause of the\b|\bcaused by\b|\bled to\b",
    "shares of readings are not probabilities": r"\bprobab(le|ly|ility)\b|\blikely\b",
}
VIETNAMESE = {
    "reads more into voting alike": r"\bđồng (minh|loã)\b|\b(về phe|đứng về phía|theo đuôi|ủng hộ|hậu thuẫn)\b",
    "names a government, not a state": r"\bchế độ\b|\bchính quyền\b",
    "suspended is not expelled": r"\bkhai trừ\b|\btrục xuất\b",
    "hides what a share leaves out": r"\bcòn lại\b",
    "judges a vote without the meeting record": r"\bsơ suất\b|\bnhầm\b|\bphản bội\b|\bquay lưng\b|\bđào ngũ\b",
    "recorded votes in the General Assembly": r"\bphiếu (ở |tại )?(Liên hợp quốc|LHQ)\b|\bLHQ\b",
    "TIV is not money": r"\btrị giá\b",
    "an abstention is not neutrality": r"\btrung lập\b",
    "a reading does not tell what an author did": r"\btác giả (đã )?(dùng|làm|tính|đếm|muốn)\b",
    "a date is not a cause": r"\bgây ra\b|\bdẫn đến\b|\bkhiến\b",
    "shares of readings are not probabilities": r"\bxác suất\b|\b(có|nhiều) khả năng\b|\bkhả năng cao\b|\bcó lẽ\b",
    "one spelling throughout": r"\b(khóa|hóa|hòa|thỏa|tòa|tùy|thủy|ủy|(?-i:Liên H(ợp|iệp) Quốc))\b",
}
BANNED = {"en": ENGLISH, "vi": VIETNAMESE}

# English words that no Vietnamese sentence needs. Titles of books and names of data sets keep theirs.
LEFT_OVER = r"\b(the|of|and|is|are|was|were|by|with|from|not|which|votes?|states?|roll calls?|has|have|its|their)\b"
TITLES = r"Voting Practices in the United Nations|Correlates of War|(Journal|Educational) (of|and) [\w ]+"

ANSWERS = {
    "pair": factory.pair_answer(),
    "small": factory.small_answer(),
    "trend": factory.trend_answer(),
    "splits": factory.splits_answer(),
    "rank": factory.rank_answer(),
    "vote": factory.vote_answer(),
    "blocs": bloc_factory.blocs_answer(),
    "cohesion": bloc_factory.cohesion_answer(),
    **{f"breaks, {m}": change_factory.breaks_answer(m) for m in ("none", "ramp", "step")},
    "moved": change_factory.moved_answer(),
    "moved, no text": change_factory.moved_answer(0),
    "decompose": change_factory.decompose_answer(),
    "outliers": outlier_factory.outliers_answer(),
    "outliers, none": outlier_factory.outliers_answer(0),
    **{f"published, {share}": published_factory.published_answer(share) for share in (0.99, 0.6, None)},
}
IDEAL = replace(factory.dossier_answer(), ideal=ideal_factory.paths_answer(), apart=ideal_factory.distance_answer())
PRINTED = {
    **{f"{name} on the terminal": terminal.text(a, 80) for name, a in ANSWERS.items()},
    **{f"{name} in Markdown": as_markdown(a) for name, a in ANSWERS.items()},
    "dossier in Markdown": render(document(factory.dossier_answer())),
    "dossier with ideal points in Markdown": render(document(IDEAL)),
    "starter dossier in Markdown": render(document(factory.dossier_answer(starter=True))),
}
PAGES = {
    **{f"{name} page": as_html(a) for name, a in ANSWERS.items()},
    "dossier page": html.render(document(factory.dossier_answer()), "dossier"),
    "dossier page with ideal points": html.render(document(IDEAL), "dossier"),
    "starter dossier page": html.render(document(factory.dossier_answer(starter=True)), "dossier"),
}


with speaking("vi"):
    IN_VIETNAMESE = {
        **{f"{name} on the terminal": terminal.text(a, 80) for name, a in ANSWERS.items()},
        **{f"{name} in Markdown": as_markdown(a) for name, a in ANSWERS.items()},
        "dossier in Markdown": render(document(factory.dossier_answer())),
        "starter dossier in Markdown": render(document(factory.dossier_answer(starter=True))),
    }


def templates() -> Iterator[tuple[str, str, str]]:
    for language in LANGUAGES:
        for key, template in catalogue(language).items():
            yield language, key, template


def faults(text: str, language: str = "en") -> list[str]:
    return [why for why, pattern in BANNED[language].items() if re.search(pattern, text, re.IGNORECASE)]


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("The two voted alike on 3 of 12 recorded votes in the General Assembly.", False),
        ("An abstention is neither neutrality nor support.", False),
        ("Viet Nam supports Russia.", True),
        ("The two are allied.", True),
        ("Russia was expelled from the council.", True),
        ("The remaining 24 % were absent.", True),
        ("UN votes, 1992–1999", True),
        ("A slip of the delegate.", True),
        ("Transfers worth 3 billion.", True),
    ],
)
def test_the_check_itself_tells_good_from_bad(sentence: str, wrong: bool) -> None:
    assert bool(faults(sentence)) is wrong


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("Hai bên bỏ phiếu giống nhau ở 3 trên 12 cuộc bỏ phiếu ghi danh tại Đại hội đồng.", False),
        ("Phiếu trắng không phải phiếu thuận, cũng không phải phiếu chống.", False),
        ("hiệp ước liên minh", False),
        ("Việt Nam ủng hộ Nga.", True),
        ("Hai nước là đồng minh.", True),
        ("Nga bị khai trừ khỏi hội đồng.", True),
        ("24 % còn lại vắng mặt.", True),
        ("Bỏ phiếu tại Liên hợp quốc, 1992–1999", True),
        ("Phiếu trắng là trung lập.", True),
        ("khóa họp 68", True),
    ],
)
def test_the_check_tells_good_from_bad_in_vietnamese(sentence: str, wrong: bool) -> None:
    assert bool(faults(sentence, "vi")) is wrong


def test_each_reason_to_ban_a_word_holds_in_every_language() -> None:
    assert set(BANNED) == set(LANGUAGES)
    assert VIETNAMESE.keys() - ENGLISH.keys() == {"one spelling throughout"}
    assert ENGLISH.keys() <= VIETNAMESE.keys()


def test_all_templates_obey_the_standard() -> None:
    seen = list(templates())
    assert len(seen) > 600
    assert {key: found for language, key, text in seen if (found := faults(text, language))} == {}


def test_no_english_is_left_over_in_a_translation() -> None:
    """By words that only English has, and by sentences that are the same in both."""
    english = catalogue("en")
    for key, template in catalogue("vi").items():
        bare = re.sub(TITLES, "", re.sub(r"\{[^}]*\}|“[^”]*”|\bcomity [a-z -]+", "", template))
        assert not re.search(LEFT_OVER, bare), (key, template)
        same = template == english[key] and "hint" not in key  # an example of what may be typed
        assert not same or not re.search(r"[a-z]{3,} [a-z]{3,}", bare), (key, template)


def test_shares_are_printed_by_percent_only() -> None:
    """A template never formats a share itself: it would print decimals that its N does not carry."""
    steps_of_a_map = {"world.under", "world.between", "world.over"}
    for _, key, template in templates():
        assert key in steps_of_a_map or not re.search(r"\}\s*(%|per ?cent)", template), key
        for _, name, spec, _ in string.Formatter().parse(template):
            assert name is None or not re.search("[%efg]", spec or ""), f"{key}: {{{name}:{spec}}}"


def test_all_languages_say_the_same_things_with_the_same_fields() -> None:
    def fields(template: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(template) if name}

    for language in LANGUAGES:
        assert catalogue("en").keys() - catalogue(language).keys() == set(), "not translated"
        assert catalogue(language).keys() - catalogue("en").keys() == set(), "of no sentence"
        for key, template in catalogue(language).items():
            assert fields(template) == fields(catalogue("en")[key]), (language, key)


def test_every_catalogue_has_its_language_and_the_other_way_round() -> None:
    assert {entry.name for entry in MESSAGES.iterdir() if entry.is_dir()} == set(LANGUAGES)


def test_no_key_is_written_twice() -> None:
    """Files of a language are merged; a second file must not silently replace a sentence of the first."""
    for language in LANGUAGES:
        owner: dict[str, str] = {}
        for file in (MESSAGES / language).iterdir():
            for section, held in tomllib.loads(file.read_text(encoding="utf-8")).items():
                for key in held:
                    assert owner.setdefault(f"{section}.{key}", file.name) == file.name, f"{section}.{key}"


def test_page_templates_hold_no_words_of_their_own() -> None:
    found = [p for p in (REPORT / "templates").iterdir() if p.suffix == ".j2"]
    assert len(found) == 3
    for path in found:
        text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", " ", text, flags=re.DOTALL)
        assert not re.search(r"[^\W\d_]{2,}", text), path.name


# Modules of the report that print sentences to readers; the others write files for machines, or draw.
PRINTING = [
    *("bloc_tables", "bloc_words", "terminal_blocs", "break_tables", "change_tables", "terminal_change"),
    *("situation_tables", "situation_words", "terminal_situations"),
    *("interval_words", "terminal_rank"),
    *("answers", "document", "markdown", "parts", "tables", "terminal", "terminal_bars", "terminal_page"),
    *("terminal_vote", "vote_words", "dossier/chapters", "figures/alt_text", "figures/periods", "figures/strip"),
    *("figures/years", "figures/sessions", "figures/ideal_alt", "figures/ideal_paths", "figures/ideal_distance"),
    *("figures/ideal_map", "dossier/ideal", "pictures", "notebook", "html", "measures_terminal", "measure_tables"),
]


@pytest.mark.parametrize("module", PRINTING)
def test_code_holds_no_sentence(module: str) -> None:
    """Three words in a row in a string that is not a docstring are a sentence that belongs in the catalogue."""
    tree = ast.parse((REPORT / f"{module}.py").read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docs = {ast.get_docstring(n, clean=False) for n in ast.walk(tree) if isinstance(n, documented)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in docs:
            assert not re.search(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}", node.value), node.value


@pytest.mark.parametrize("name", PRINTED)
def test_printed_text_obeys_the_standard(name: str) -> None:
    assert faults(PRINTED[name]) == []


@pytest.mark.parametrize("name", PAGES)
def test_pages_obey_the_standard(name: str) -> None:
    page = Page(PAGES[name])
    assert faults(" ".join(text for tag, text in page.texts if tag != "style")) == []


# Two percentages are no result of votes: the level of an interval, and the rule of the ranking.
NO_RESULT = re.compile(r"\b9[05] % interval|at least \d+(\.\d+)? %")


def unaccompanied(passage: str) -> list[str]:
    """The percentages of a passage beside which no N stands that could have given them.

    A share is accompanied if the same passage (a sentence's paragraph, a table's line, a figure) holds a whole
    number N for which ``percent`` prints that many decimals: none from 20 to 199, one from 200. That a number which
    merely stands nearby is taken for N can happen (a rank, a count); what cannot pass is a share without any number
    beside it, a share with decimals its N does not carry, or a share of fewer than 20 votes. A median of partners'
    shares is not k of N, so no stricter rule (that some k gives the share) holds for all.
    """
    text = NO_RESULT.sub("", passage.replace("\u00a0", " ").replace("\u2060", ""))
    shares = re.findall(r"(?<![\d.])(\d+(?:\.\d+)?) %", text)
    rest = re.sub(r"\d+(?:\.\d+)? %|\d{4}–\d{4}", " ", text)
    numbers = [int(n) for n in re.findall(r"(?<![\d.–−+*-])\d+(?![\d.]*\d)", rest)]
    return [s for s in shares if not any(n >= 20 and ("." in s) == ("." in percent(1, n)) for n in numbers)]


def test_the_check_of_percentages_tells_good_from_bad() -> None:
    assert unaccompanied("345 of 460 (75.0 %)") == []
    assert unaccompanied("the two voted alike on 75.0 %") == ["75.0"]
    assert unaccompanied("in 2000–2020 75.0 %") == ["75.0"]
    assert unaccompanied("40 of 124 (32.3 %)") == ["32.3"]
    assert unaccompanied("345 of 460 (75 %)") == ["75"]
    assert unaccompanied("3 of 12 (25 %)") == ["25"]
    assert unaccompanied("a partner needs at least 50 % of the votes") == []


def passages(text: str) -> Iterator[str]:
    """Table lines one by one; prose by paragraph, for a sentence may run over several lines."""
    for block in re.split(r"\n\s*\n", text):
        lines = block.splitlines()
        tabular = any(line.startswith("|") for line in lines) or sum(line.count(" %") for line in lines) > 6
        yield from lines if tabular else [" ".join(lines)]


@pytest.mark.parametrize("name", PRINTED)
def test_every_percentage_stands_beside_an_n(name: str) -> None:
    text = PRINTED[name]
    assert {p: found for p in passages(text) if (found := unaccompanied(p))} == {}


@pytest.mark.parametrize("name", IN_VIETNAMESE)
def test_the_same_holds_in_vietnamese(name: str) -> None:
    """The words, and an N beside every share; a decimal comma is read as the point that the check looks for."""
    text = IN_VIETNAMESE[name]
    assert faults(text, "vi") == []
    ruled = re.sub(r"(?i)\bkhoảng\s9[05]\s%|ít\snhất\s\d+(,\d+)?\s%", "", text)
    pointed = re.sub(r"(\d),(\d+ %)", r"\1.\2", ruled)
    assert {p: found for p in passages(pointed) if (found := unaccompanied(p))} == {}


def test_a_translation_is_marked_as_a_draft_once_in_every_answer() -> None:
    for name, text in IN_VIETNAMESE.items():
        assert len(re.findall("bản dịch nháp", text, re.IGNORECASE)) == 1, name


def test_there_are_percentages_to_check() -> None:
    assert sum(text.count(" %") for text in PRINTED.values()) > 300
    small = PRINTED["small on the terminal"] + PRINTED["small in Markdown"]
    assert "%" not in NO_RESULT.sub("", small)


@pytest.mark.parametrize("name", PAGES)
def test_every_percentage_of_a_page_stands_beside_an_n(name: str) -> None:
    page = Page(PAGES[name])
    for passage in page.text_of("tr", "p", "li", "dd", "desc", "summary", "h1", "h2"):
        assert unaccompanied(passage) == [], passage
    # Ticks of an axis are quarters; all other percentages of a figure stand with the N at its bars.
    for figure in page.text_of("svg"):
        ticks = re.sub(r"(?<!\S)(0|25|50|75|100) %", " ", figure) if "0 % 25 % 50 %" in figure else figure
        assert unaccompanied(ticks) == [], name


def test_a_share_by_percent_has_the_decimals_its_n_carries() -> None:
    for k, n in product((0, 1, 7), (19, 20, 199, 200)):
        text = percent(k, n)
        assert ("%" in text) is (n >= 20)
        assert ("." in text) is (n >= 200)


def test_a_missing_field_or_key_is_an_error_not_a_gap() -> None:
    with pytest.raises(KeyError):
        say("heading.pair", a="Viet Nam")
    with pytest.raises(KeyError):
        say("heading.nothing")
