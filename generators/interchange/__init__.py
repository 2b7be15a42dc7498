"""Reading and writing what other SLO tools write: sloth, OpenSLO and pyrra.

A format's reader makes `Objective`s of its files; from there on nothing knows where they came from.
"""
