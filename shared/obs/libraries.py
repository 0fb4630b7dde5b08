"""What the loggers of libraries may say: warnings, and nothing that our own log tells better or must not tell."""

import logging
import re
import sys
from traceback import extract_tb


def limit_libraries() -> None:
    """Let the libraries' own loggers speak from warning on; calling it again changes nothing."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
    for noisy in ("faststream", "pymongo", "python_multipart"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # what it retries it calls an error; ours tell what stays
    logging.getLogger("asyncio").addFilter(_in_a_line)


def _in_a_line(record: logging.LogRecord) -> bool:
    """An exception that nobody has waited for: its kind and its place, but not its text nor what it was called with.

    Those of Kafka's client are left out: it tells each to whoever has called it, and to futures of its own besides.
    """
    error = record.exc_info[1] if record.exc_info else None
    if error is None:
        return True
    what, frames = re.split(r"[\n(:]", record.getMessage())[0], extract_tb(error.__traceback__)
    place = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    record.msg, record.args, record.exc_info = f"{what}: {type(error).__name__}{place}", (), None
    return not type(error).__module__.startswith("aiokafka.")
