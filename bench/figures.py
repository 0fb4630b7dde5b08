"""Figures beside their baselines: the table, `bench/results.json`, and a plot."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value; `wanted` says what `ratio` (or `value` where there is no baseline) has to be."""

    name: str
    value: float
    unit: str
    baseline: float | None = None
    wanted: str = ""
    holds: bool = True

    @property
    def ratio(self) -> float | None:
        """Value over baseline."""
        return self.value / self.baseline if self.baseline else None


def at_least(name: str, value: float, unit: str, baseline: float, ratio: float) -> Figure:
    """A figure that has to reach so many times its baseline."""
    return Figure(name, value, unit, baseline, f">= {ratio} x baseline", value >= ratio * baseline)


def at_most(name: str, value: float, unit: str, limit: float) -> Figure:
    """A figure that must not exceed a limit."""
    return Figure(name, value, unit, None, f"<= {limit:g} {unit}", value <= limit)


def write(figures: Sequence[Figure]) -> None:
    """Print the table and keep the results."""
    rows = [{**asdict(f), "ratio": round(f.ratio, 3) if f.ratio else None} for f in figures]
    order = ("name", "value", "unit", "baseline", "ratio", "wanted", "holds")
    content = [{key: row[key] for key in order} for row in rows]
    (HERE / "results.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    print(f"{'figure':<46} {'value':>10} {'unit':<12} {'baseline':>10} {'ratio':>6}  wanted")
    for f in figures:
        base = f"{f.baseline:10.1f}" if f.baseline else f"{'':>10}"
        ratio = f"{f.ratio:6.2f}" if f.ratio else f"{'':>6}"
        print(f"{f.name:<46} {f.value:>10.1f} {f.unit:<12} {base} {ratio}  {f.wanted} {'' if f.holds else 'NOT MET'}")
    (HERE / "results.svg").write_text(_plot(figures), encoding="utf-8")


def _plot(figures: Sequence[Figure]) -> str:
    """Bars of each figure against its baseline (1 = the baseline)."""
    compared = [f for f in figures if f.ratio]
    rows = []
    for place, f in enumerate(compared):
        y, width = 24 + 28 * place, min(560, int(120 * (f.ratio or 0)))
        rows.append(f'<text x="0" y="{y}" font-size="12">{f.name}</text>')
        rows.append(f'<rect x="330" y="{y - 11}" width="{width}" height="14" fill="#2563a8"/>')
        rows.append(f'<text x="{336 + width}" y="{y}" font-size="12">{f.ratio:.2f} x</text>')
    height = 28 * len(compared) + 30
    line = f'<line x1="450" y1="6" x2="450" y2="{height}" stroke="#888" stroke-dasharray="4 3"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="980" height="{height}" font-family="sans-serif">'
        f"{line}{''.join(rows)}</svg>\n"
    )
