# The usual jobs. `just --list` shows them.

run := "uv run --all-groups --all-extras"

# Everything CI does.
check:
    bash .ci/run

# Tests on two processes; `just test tests/docs` for a part.
test *paths:
    {{ run }} pytest -n 2 -rsfE {{ paths }}

# Style, unused code, unused or missing dependencies, missing pins.
lint:
    {{ run }} ruff check
    {{ run }} ruff format --check
    {{ run }} vulture
    {{ run }} deptry src
    {{ run }} python tools/pin.py --check

# mypy --strict.
types:
    {{ run }} mypy

# Who may import whom.
imports:
    {{ run }} lint-imports --no-logo

# Every benchmark, and what changed since the last kept run; `just bench NAME…` for some, `--keep` to keep the run.
bench *names:
    PYTHONPATH=benchmarks {{ run }} python -m suite {{ names }}

# The page of what the kept runs measured, and its figures.
performance:
    PYTHONPATH=benchmarks {{ run }} python tools/performance.py

# The site, into site/.
docs:
    {{ run }} mkdocs build --strict
    {{ run }} python tools/check_site.py

# The outputs pasted into README and docs, from real runs.
paste:
    {{ run }} python tools/paste.py

# The README's picture, from a real dossier (needs chromium).
picture:
    {{ run }} python tools/picture.py

# The pinned versions: adds what is new; `just pin --upgrade` takes newer versions. Then run the tests.
pin *how:
    python3 tools/pin.py {{ how }}

# The starter data, from a full release in the store.
starter release:
    {{ run }} comity data build-starter --release {{ release }}
