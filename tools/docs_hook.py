"""MkDocs hook: add the generated reference, the changelog and the package's own font to the site."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from reference.pages import PAGES

ROOT = Path(__file__).resolve().parents[1]
FONTS = ROOT / "src" / "comity" / "data" / "fonts"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Before MkDocs reads its pages."""
    for name, page in PAGES.items():
        files.append(File.generated(config, name, content=page()))
    files.append(File.generated(config, "changelog.md", abs_src_path=str(ROOT / "CHANGELOG.md")))
    for font in sorted(FONTS.glob("Inter-*.ttf")):
        files.append(File.generated(config, f"assets/fonts/{font.name}", abs_src_path=str(font)))
    return files
