"""Finding texts by what stands in them, and texts that are like one another (docs/adr/0015-search.md)."""
