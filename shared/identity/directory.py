"""This process's copy of the organisation: who works here, in which department, in which role."""

from shared.identity.organisation import Organisation


class Directory:
    """Holds the newest organisation; handlers and pages read it through `organisation`."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
