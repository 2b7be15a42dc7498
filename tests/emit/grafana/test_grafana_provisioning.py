"""The file that tells Grafana where the dashboards are."""

import pytest
import yaml

from generators.emit.grafana import provisioning


def test_one_provider_makes_folders_of_directories() -> None:
    files = provisioning(["Platform", "Data"])
    assert list(files) == ["provisioning/dashboards/tocsin.yaml"]
    assert yaml.safe_load(files["provisioning/dashboards/tocsin.yaml"]) == {
        "apiVersion": 1,
        "providers": [
            {
                "name": "tocsin",
                "type": "file",
                "allowUiUpdates": False,
                "disableDeletion": False,
                "updateIntervalSeconds": 30,
                "options": {"path": "/var/lib/grafana/dashboards", "foldersFromFilesStructure": True},
            }
        ],
    }


def test_path_and_name_are_the_platforms_own() -> None:
    ((name, text),) = provisioning([], path="/srv/boards", provider="aion").items()
    (provider,) = yaml.safe_load(text)["providers"]
    assert (name, provider["name"], provider["options"]["path"]) == (
        "provisioning/dashboards/aion.yaml",
        "aion",
        "/srv/boards",
    )


@pytest.mark.parametrize("folder", ["", "a/b", ".hidden", "General"])
def test_a_folder_that_can_be_no_directory_is_refused(folder: str) -> None:
    with pytest.raises(ValueError, match="can't be a directory"):
        provisioning([folder])
