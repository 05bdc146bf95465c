"""Every shape of symbol met in the files, and how people write them, against its one normal form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.model.symbol import link_of, normalise_symbol

SAME = {
    "A/RES/68/262": [
        "A/RES/68/262",
        "R/68/262",
        "a/res/68/262",
        "68/262",
        " A/RES/68/262. ",
        "A / RES / 68 / 262",
        "A-RES-68-262",
        "A_RES_68_262",
        "GA resolution 68/262",
        "Resolution 68/262",
        "https://undocs.org/en/A/RES/68/262",
    ],
    "A/RES/47/116E": ["R/47/116E", "A/RES/47/116E", "A/RES/47/116 E", "A/RES/47/116[E]", "R/47/116/E"],
    "A/RES/53/77AA": ["R/53/77AA", "A/RES/53/77[AA]"],
    "A/RES/75/254A-C": ["A/RES/75/254A-C", "A/RES/75/254[A-C]", "A/RES/75/254 A to C"],
    "A/RES/42/209C": ["R/42/209/C"],
    "A/RES/34/233/I": ["R/34/233/I"],
    "A/RES/34/233/XII": ["R/34/233/XII"],
    "A/RES/50/38B/VII": ["R/50/38B/VII", "A/RES/50/38B/VII"],
    "A/RES/ES-11/1": ["A/RES/ES-11/1", "ES-11/1", "ES‑11/1", "a/res/es-11/1"],
    "A/RES/S-10/2": ["A/RES/S-10/2", "S-10/2"],
    "A/RES/3379(XXX)": ["A/RES/3379(XXX)", "A/RES/3379 (XXX)", "R/30/3379", "3379 (XXX)", "resolution 3379 (XXX)"],
    "A/RES/2758A(XXVI)": ["R/26/2758A"],
    "A/RES/217A(III)": ["217 A (III)", "A/RES/217(III)[A]", "A/RES/217A(III)", "A/RES/217(III)A"],
    "A/RES/3201(S-VI)": ["A/RES/3201(S-VI)", "3201 (S-VI)"],
    "A/RES/2252(ES-V)": ["2252(ES-V)"],
    "A/47/L.60": ["A/47/L.60", "a/47/l.60"],
    "A/C.3/47/L.60/Rev.1": ["A/C.3/47/L.60/Rev.1", "a/c.3/47/l.60/rev.1"],
    "S/RES/1244(1999)": ["S/RES/1244 (1999)"],
    # Pages of the meeting records (sessions 1-17, special sessions): other documents than the resolutions so numbered.
    "R/1/66": ["R/1/66"],
    "R/1/1287A": ["R/1/1287/A", "R/1/1287A"],
    "R/16/1349B": ["R/16/1349B"],
    "ESS/2/79D": ["ESS/2/79/D", "ESS/2/79D"],
    "ESS/5/70": ["ESS/5/70"],
    "SS/5": ["SS/5"],
    "GOAR/1/1288B": ["GOAR/1/1288B"],
    # Slips of the source, and decisions: kept, because the resolution they seem to name is another text or none.
    "R/6444A": ["R/6444A"],
    "R/10 65": ["R/10 65"],
    "R/16/2/1069B": ["R/16/2/1069B"],
    "R/677/46": ["R/677/46"],
    "R/29/3396": ["R/29/3396"],
    "R/30/3586": ["R/30/3586"],
    "R/39/423": ["R/39/423"],
}


@pytest.mark.parametrize(("form", "text"), [(form, text) for form, texts in SAME.items() for text in texts])
def test_spellings_of_one_symbol_have_one_form(form: str, text: str) -> None:
    assert normalise_symbol(text) == form


@pytest.mark.parametrize("text", [None, "", "  ", "NA", "nan", "."])
def test_blank_is_no_symbol(text: str | None) -> None:
    assert normalise_symbol(text) is None


@given(
    st.one_of(st.text(max_size=30), st.from_regex(r"(A/RES/|R/|)[0-9]{1,3}/[0-9]{1,4}[A-Z]?(/[A-Z]+)?", fullmatch=True))
)
def test_a_normal_form_is_its_own_normal_form(text: str) -> None:
    form = normalise_symbol(text)
    assert normalise_symbol(form) == form


@pytest.mark.parametrize(
    ("symbol", "link"),
    [
        ("A/RES/68/262", "https://undocs.org/A/RES/68/262"),
        ("A/RES/ES-11/1", "https://undocs.org/A/RES/ES-11/1"),
        ("A/RES/3379(XXX)", "https://undocs.org/A/RES/3379(XXX)"),
        ("A/RES/217A(III)", "https://undocs.org/A/RES/217(III)"),
        ("A/RES/47/116E", "https://undocs.org/A/RES/47/116"),
        ("A/RES/50/38B/VII", "https://undocs.org/A/RES/50/38"),
        ("R/1/66", None),
        ("A/RES/1/66", None),
        ("A/RES/39/423", None),
        ("A/RES/3379", None),
        ("A/47/L.60", None),
        (None, None),
    ],
)
def test_only_resolutions_have_a_link(symbol: str | None, link: str | None) -> None:
    assert link_of(symbol) == link
