"""Why a backup cannot be made or restored: one class a cause, each a sentence that says what to do."""

from deploy.local.errors import LocalError


class NoInstallation(LocalError):
    text = "There is no installation in {folder}: name its folder with --data, or a MongoDB with CCMS_MONGO."


class HoldsBackup(LocalError):
    text = "The folder {folder} holds the backup of {taken_at}: name another folder."


class HoldsUnfinished(LocalError):
    text = "The folder {folder} holds a backup that was cut off: remove it, or name another folder."


class HoldsOther(LocalError):
    text = "The folder {folder} is not empty: name another folder."


class NotWritten(LocalError):
    text = "The backup cannot be written to {folder} ({reason}): make room, or name another folder."


class NothingToBackUp(LocalError):
    text = "There is nothing to back up: none of the databases {databases} is there."


class TooSlow(LocalError):
    text = (
        "MongoDB no longer has what was there when the backup began: raise its parameter "
        "minSnapshotHistoryWindowInSeconds above the time that a backup takes, then try again."
    )


class NoBackup(LocalError):
    text = "There is no backup in {folder}: manifest.json is missing. A backup that was cut off has none either."


class BrokenManifest(LocalError):
    text = "The backup in {folder} cannot be read ({reason}): restore another one."


class NewerBackup(LocalError):
    text = (
        "The backup in {folder} was made by a newer version of CCMS ({version}; {what} {found}, this one knows "
        "{known}): install that version."
    )


class BrokenBackup(LocalError):
    text = "The backup in {folder} is not whole: {file} is missing or was changed. Restore another one."


class NotEmpty(LocalError):
    text = (
        "There are data already ({databases}): restore into another folder, or add --replace to give up what is there."
    )


class OtherKey(LocalError):
    text = (
        "The backup was made with another master key than the one in {file}, which could not read its contact data: "
        "put the key of that time there."
    )


class NoKey(LocalError):
    text = "The backup was made without its master key, and {file} has none: put the key of that time there."


class StillRunning(LocalError):
    text = "{service} is running: stop every process of it, then try again."
