"""The command line. Every command is imported only when it is run, so that `--help` is quick."""

from __future__ import annotations

import gc
import io
import sys
from pathlib import Path
from typing import Any

import click

_FOLDER = click.Path(path_type=Path)


def _catalog(command: Any) -> Any:
    option = click.option("--catalog", type=_FOLDER, default=Path("catalog"), show_default=True, help="Catalog folder.")
    return option(command)


def _environments(command: Any) -> Any:
    text = "Only this environment (can be repeated); all of them otherwise."
    return click.option("--environment", "-e", "environments", multiple=True, metavar="NAME", help=text)(command)


def _output(command: Any) -> Any:
    option = click.option("--output", type=_FOLDER, default=Path("output"), show_default=True, help="Output folder.")
    return option(command)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tocsin")
@click.pass_context
def main(context: click.Context) -> None:
    """Monitoring as code that proves itself: one YAML catalog in, dashboards, rules, routes and their tests out.

    Exit status: 0 fine, 1 findings, 2 wrong usage or a catalog that can't be read.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a character that the terminal can't show is no reason to stop
            stream.reconfigure(errors="backslashreplace")
    # A run builds one large structure with next to no cycles, and ends: looking for them would cost a third of it.
    gc.disable()
    context.call_on_close(gc.enable)


@main.command()
@_catalog
@_output
@_environments
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if the output is not what the catalog says.")
def render(catalog: Path, output: Path, environments: tuple[str, ...], check: bool) -> None:
    """Compile the catalog and write the output folder."""
    from generators.cache import unchanged

    if not check and (files := unchanged(catalog, output, environments)) is not None:
        click.echo(f"{output.absolute()}: {files} files (0 new, 0 changed, 0 removed)")
        return
    from generators.commands.render import render as run

    sys.exit(run(catalog, output, environments, check=check))


@main.command()
@_catalog
@_environments
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
def check(catalog: Path, environments: tuple[str, ...], form: str) -> None:
    """Say everything about the catalog that can be known without a server."""
    from generators.commands.check import check as run

    sys.exit(run(catalog, environments, form))


@main.command()
@_output
@_environments
def test(output: Path, environments: tuple[str, ...]) -> None:
    """Run the generated rule and routing tests on the rendered output, with promtool and amtool."""
    from generators.commands.test import test as run

    sys.exit(run(output, environments))


@main.command()
@_catalog
@_environments
@click.argument("name")
def explain(catalog: Path, environments: tuple[str, ...], name: str) -> None:
    """Explain an alert, a signal, a threshold or SLO (service.name), a service, or the code of a check."""
    from generators.commands.explain import explain as run

    sys.exit(run(catalog, environments, name))


@main.command()
@_catalog
@_environments
@click.option("--at", metavar="TIME", help="When, such as 2026-03-01T03:00 (the platform's time zone); now otherwise.")
@click.argument("labels", nargs=-1, required=True, metavar="LABEL=VALUE...")
def route(catalog: Path, environments: tuple[str, ...], at: str | None, labels: tuple[str, ...]) -> None:
    """Say who is told of an alert with these labels at that time, and what is muted."""
    from generators.commands.route import route as run

    sys.exit(run(catalog, environments, labels, at))


@main.command()
@click.argument("what", type=click.Choice(["catalog", "service"]))
@click.argument("name", default="")
@_catalog
def new(what: str, name: str, catalog: Path) -> None:
    """Start a catalog of your own, or add a service to one."""
    from generators.commands.new import new as run

    sys.exit(run(what, name, catalog))


@main.command()
@click.option("--format", "form", type=click.Choice(["json", "markdown"]), default="json", show_default=True)
def schema(form: str) -> None:
    """Print the JSON Schema of catalog files for editors, or their reference for people."""
    from generators.commands.schema import schema as run

    sys.exit(run(form))


@main.command(name="import")
@click.argument("form", type=click.Choice(["sloth", "openslo", "pyrra"]), metavar="sloth|openslo|pyrra")
@click.argument("files", nargs=-1, required=True, type=_FOLDER, metavar="FILE...")
@click.option("--owner", default="", metavar="TEAM", help="The team that owns services whose files don't say it.")
def import_(form: str, files: tuple[Path, ...], owner: str) -> None:
    """Print SLOs of another tool as documents of the catalog; what has no equivalent stands there as a comment.

    Exit status: 1 if an SLO can't be expressed, 2 if a file can't be read.
    """
    from generators.commands.import_ import import_ as run

    sys.exit(run(form, files, owner))


@main.command()
@click.argument("form", type=click.Choice(["openslo"]), metavar="openslo")
@_catalog
@_environments
def export(form: str, catalog: Path, environments: tuple[str, ...]) -> None:
    """Print the SLOs of an environment in the form of another tool."""
    from generators.commands.export import export as run

    sys.exit(run(form, catalog, environments))


if __name__ == "__main__":
    main()
