"""What became of a file, where it is not a picture's fault: it was read, or could not be opened."""

from typing import Final

from ..contract.faults import Fault

READ: Final = Fault(200, 0, "OK")
NO_SUCH_FILE: Final = Fault(404, 404, "there is no such file: check the path")
NOT_ALLOWED: Final = Fault(403, 403, "the file may not be read: check its permissions")
NOT_OPENED: Final = Fault(400, 400, "the file cannot be opened")


def fault_of_file(error: OSError) -> tuple[Fault, str]:
    """Why a file could not be opened, and what the system says where the fault does not say all."""
    if isinstance(error, FileNotFoundError):
        return NO_SUCH_FILE, ""
    if isinstance(error, PermissionError):
        return NOT_ALLOWED, ""
    return NOT_OPENED, error.strerror or str(error)
