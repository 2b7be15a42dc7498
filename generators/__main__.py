"""`python -m generators` is `tocsin`."""

from generators.cli import main

main(prog_name="tocsin")
