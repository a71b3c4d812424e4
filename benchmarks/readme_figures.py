"""Write the figures of README and docs from ``benchmarks/results``: ``python -m benchmarks.readme_figures``.

Pages say where a figure belongs by ``<!-- figure zone -->…<!-- end -->``; ``benchmarks.figures.compute`` says what
each is. The plots in ``docs/pictures`` are drawn as well.
"""

from pathlib import Path
from typing import Final

import typer

from benchmarks.figures.compute import Language, Results, figures
from benchmarks.figures.peers_plot import draw_plot
from benchmarks.figures.write import write_figures
from engine.measure.results import load_result

ROOT: Final = Path(__file__).resolve().parents[1]
PAGES: Final = ("README.md", "README.zh.md", "docs/**/*.md")


def pages() -> list[Path]:
    """Every page that may have figures."""
    return sorted(path for pattern in PAGES for path in ROOT.glob(pattern))


def language_of(page: Path) -> Language:
    """Chinese for ``README.zh.md`` and ``docs/zh``, else English."""
    return "zh" if "zh" in (*page.relative_to(ROOT).parts, *page.name.split(".")) else "en"


def load_results() -> Results:
    """Return the committed results by name."""
    return {path.stem: load_result(path) for path in sorted((ROOT / "benchmarks" / "results").glob("*.json"))}


def write_all() -> dict[Path, str]:
    """Return every page and plot as it ought to be; nothing is written."""
    results = load_results()
    texts = {
        page: write_figures(page.read_text(encoding="utf-8"), figures(results, language_of(page))) for page in pages()
    }
    plots = {"peers.svg": "en", "peers.zh.svg": "zh"}
    folder = ROOT / "docs" / "pictures"
    return texts | {folder / name: draw_plot(results["compare_samples"], lang) for name, lang in plots.items()}


def main() -> None:
    """Write the figures of README and docs anew, and the plots."""
    for path, text in write_all().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            typer.echo(f"written: {path.relative_to(ROOT)}")


if __name__ == "__main__":
    typer.run(main)
