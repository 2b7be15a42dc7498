"""The kinds of variable that a dashboard offers above its panels."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DatasourceVariable:
    """Which Prometheus to ask; every query of a dashboard refers to the one named `datasource`."""

    name: str = "datasource"
    label: str = "Data source"
    plugin: str = "prometheus"
    regex: str = ""


@dataclass(frozen=True, slots=True)
class QueryVariable:
    """The values of the label `values_of`, on the series that the selector `series` names, or on all."""

    name: str
    label: str
    values_of: str
    series: str = ""
    multi: bool = False
    include_all: bool = False
    regex: str = ""


@dataclass(frozen=True, slots=True)
class CustomVariable:
    """A fixed list; the first value is chosen unless `default` names another."""

    name: str
    label: str
    values: tuple[str, ...]
    default: str = ""
    multi: bool = False
    include_all: bool = False

    def __post_init__(self) -> None:
        if not self.values or (self.default and self.default not in self.values):
            raise ValueError(f"variable {self.name!r}: the default {self.default!r} is not one of its values")


@dataclass(frozen=True, slots=True)
class TextboxVariable:
    """Free text."""

    name: str
    label: str
    default: str = ""


Variable = DatasourceVariable | QueryVariable | CustomVariable | TextboxVariable
