"""The shipped packs and exporters: read only where a catalog names them, and each of them good by itself."""

from __future__ import annotations

import pytest

from generators import library, pipeline
from generators.source import load
from tests.helpers import bakery


def needed(text: str) -> list[str]:
    return [next(iter(d.root.values.values())).text for d in library.needed(load("x.yaml", text.encode()))]  # type: ignore[attr-defined]


NEEDED = {
    "nothing": ("service: a\n", []),
    "a name that is not shipped": ("service: a\nuse: nothing-like-it\n", []),
    "a pack and its exporters": ("service: a\nuse: gpu\n", ["dcgm_exporter", "prometheus_scrape", "gpu"]),
    "a list": ("service: a\nuse: [gpu]\n", ["dcgm_exporter", "prometheus_scrape", "gpu"]),
    "a binding": ("service: a\nuse: {gpu: {job: x}}\n", ["dcgm_exporter", "prometheus_scrape", "gpu"]),
    "an exporter": ("pack: a\nexporters: [burrow]\n", ["burrow"]),
    "what an environment uses": ("service: a\nenvironments: {lab: {exporters: [burrow]}}\n", ["burrow"]),
    "a pack of the catalog's own under that name": ("service: a\nuse: gpu\n---\npack: gpu\n", []),
    "a path": ("service: a\nuse: ../packs/gpu\nexporters: [../gpu, /etc/passwd]\n", []),
    "a name longer than any file": (f"service: a\nuse: {'x' * 5000}\n", []),
}


@pytest.mark.parametrize(("text", "names"), NEEDED.values(), ids=NEEDED)
def test_only_what_is_named_is_read(text: str, names: list[str]) -> None:
    assert needed(text) == names


@pytest.mark.parametrize("pack", library.names("pack"))
def test_pack_is_refused_only_for_severities_and_the_like_that_the_bakery_lacks(pack: str) -> None:
    severities = "-severities:\n+severities:\n" + "".join(
        f"+  sev{n}: {{title: S{n}, meaning: M., pager: {'always' if n < 3 else 'never'}}}\n" for n in range(1, 5)
    )
    service = f"+---\n+service: thing\n+title: Thing\n+owner: bakers\n+use: {pack}\n"
    files = bakery(severities + "@ thing.yaml\n" + service)
    thing = next(s for s in pipeline.compile_catalog(files)[0].services if s.name == "thing")
    assert thing.signals
    assert thing.thresholds


@pytest.mark.parametrize("kind", ["pack", "exporter"])
def test_file_of_the_library_holds_the_thing_of_its_name(kind: str) -> None:
    for name in library.names(kind):
        key = "use" if kind == "pack" else "exporters"
        text = f"service: a\n{key}: [{name}]\n"
        assert name in needed(text)
