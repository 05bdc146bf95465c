"""A page with few chapters has no contents list, and then no column for one."""

import factory

from comity.report.text_formats import as_html


def test_a_short_page_keeps_its_whole_width() -> None:
    page = as_html(factory.rank_answer())
    assert '<div class="frame">' in page
    assert '<nav class="contents"' not in page


def test_a_long_page_lists_its_chapters() -> None:
    page = as_html(factory.vote_answer())
    assert '<div class="frame listed">' in page
    assert '<nav class="contents"' in page
