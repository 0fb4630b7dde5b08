"""Files that people send: read within limits, never trusted for what they say they are."""
