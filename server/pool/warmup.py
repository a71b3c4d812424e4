"""The picture that is read when the service starts, before the first client's: an invented passport."""

from importlib import resources


def warm_up_picture() -> bytes:
    """A JPEG of a passport page that the project's generator drew, installed with the service."""
    return resources.files(__package__).joinpath("warmup.jpg").read_bytes()
