"""Every adapter's releases name a registered source, and each source can be cited."""

from pathlib import Path

import pytest
from pydantic import ValidationError
from vote_files import LONG, PLAIN, WIDE, library, read, trio, write

from comity.sources.registry import Source, source, sources


def test_every_layout_names_a_registered_source(tmp_path: Path) -> None:
    named = {
        read(write(tmp_path, "wide.csv", WIDE)).source,
        read(write(tmp_path, "long.csv", LONG)).source,
        read(write(tmp_path, "library.csv", library())).source,
        read(write(tmp_path, "plain.csv", PLAIN)).source,
        read(*trio(tmp_path)).source,
    }
    assert named <= set(sources())


def test_what_is_certain_of_voeten() -> None:
    data, article, _ = source("voeten").citations
    assert data.doi == "10.7910/DVN/LEJUQZ"
    assert (article.year, article.volume, article.issue, article.pages) == (2017, "61", "2", "430-456")


def test_the_library_forbids_automated_download() -> None:
    assert "forbid automated download" in source("undl").terms
    assert "comity data add" in source("undl").terms


def test_published_sources_have_author_publisher_and_a_dataset_to_cite() -> None:
    for entry in sources().values():
        if not entry.id.startswith("plain"):
            assert entry.publisher and entry.link and entry.as_of
            assert all(work.authors for work in entry.citations)
            assert "dataset" in {work.kind for work in entry.citations}


def test_a_misspelt_field_is_refused() -> None:
    with pytest.raises(ValidationError):
        Source.model_validate(source("plain").model_dump() | {"license": "CC0"})
