"""`python -m deploy.cli`: the same as `ccms`."""

from deploy.cli import main

main()
