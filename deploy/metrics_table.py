"""The table of metrics for people: `python -m deploy.metrics_table` writes `docs/metrics.md`."""

from pathlib import Path
from typing import Final

from prometheus_client.metrics import MetricWrapperBase

from shared.obs import metrics

PAGE: Final = Path(__file__).parent.parent / "docs" / "metrics.md"
_HEAD: Final = """# Metrics

What every process tells at `/metrics`, for Prometheus. A process tells of the services and roles that it has; what is
measured for a whole service (outbox, dead letters, parked records, timers, calls, clocks) is told by the one that holds
the lease. Beside these stand the library's own figures of the process: `process_resident_memory_bytes`,
`process_cpu_seconds_total`, `process_open_fds`, `process_start_time_seconds`. This page is made by
`python -m deploy.metrics_table`; what to make of the figures says [operations.md](operations.md#seeing-inside).

| metric | kind | by | tells |
|---|---|---|---|
"""


def all_metrics() -> dict[str, MetricWrapperBase]:
    """Every metric of `shared/obs/metrics.py`, by the name that it is asked for by."""
    named = [each for each in vars(metrics).values() if isinstance(each, MetricWrapperBase)]
    return {f"{each._name}_total" if each._type == "counter" else each._name: each for each in named}


def metrics_page() -> str:
    """The page as Markdown."""
    return _HEAD + "".join(_row(name, each) for name, each in all_metrics().items())


def _row(name: str, each: MetricWrapperBase) -> str:
    by = ", ".join(f"`{label}`" for label in each._labelnames)
    return f"| `{name}` | {each._type} | {by} | {each._documentation} |\n"


if __name__ == "__main__":
    PAGE.write_text(metrics_page(), encoding="utf-8")
