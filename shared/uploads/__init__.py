"""Files that people attach: what they really are, within which limits, under which name."""
