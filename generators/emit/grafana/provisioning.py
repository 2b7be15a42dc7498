"""The file that makes Grafana read the dashboards' folder. Data sources are the platform's own business."""

from collections.abc import Iterable

from generators.emit.artifact import yaml_text

DASHBOARDS = "/var/lib/grafana/dashboards"


def provisioning(folders: Iterable[str], *, path: str = DASHBOARDS, provider: str = "tocsin") -> dict[str, str]:
    """Files by path, for dashboards that lie in `path` on Grafana's host, as `<folder>/<uid>.json`.

    Grafana names its folders after the directories, so a folder must be able to be one; ValueError if not.
    """
    for folder in folders:
        _check(folder)
    document = {"apiVersion": 1, "providers": [_provider(provider, path)]}
    return {f"provisioning/dashboards/{provider}.yaml": yaml_text(document)}


def _provider(name: str, path: str) -> dict[str, object]:
    return {
        "name": name,
        "type": "file",
        "allowUiUpdates": False,
        "disableDeletion": False,
        "updateIntervalSeconds": 30,
        "options": {"path": path, "foldersFromFilesStructure": True},
    }


def _check(folder: str) -> None:
    # "General" is where Grafana keeps what is in no folder; it refuses another of that name
    if not folder or folder.startswith(".") or "/" in folder or folder.lower() == "general":
        raise ValueError(f"folder {folder!r} can't be a directory that Grafana makes a folder of")
