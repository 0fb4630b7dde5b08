"""`ccms-health`: whether the process in this container is live and ready; for the image's health check.

It runs every few seconds beside every process, so it loads next to nothing.
"""

import sys
from http.client import HTTPConnection, HTTPException

PORT = 8000
PATIENCE = 4.0


def main() -> None:
    """Exit code 0 when both `/live` and `/ready` say so; otherwise 1, and what they say on standard output."""
    sys.exit(max(_ask("/live"), _ask("/ready")))


def _ask(path: str) -> int:
    connection = HTTPConnection("127.0.0.1", PORT, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        said = answer.read(2000).decode(errors="replace")
        if answer.status == 200:
            return 0
        print(path, said)
    except (OSError, HTTPException) as error:
        print(path, type(error).__name__)
    finally:
        connection.close()
    return 1
