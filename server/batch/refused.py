"""What ends a batch before or while it runs: a sentence for the person who started it."""


class SourceRefused(Exception):
    """A source cannot be gone through; the text says why and what to do."""


class ResultsRefused(Exception):
    """The results cannot be written, or gone on with; the text says why and what to do."""
