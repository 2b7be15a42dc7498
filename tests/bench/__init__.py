"""What rendering costs: `python -m tests.bench` prints a table of figures beside what they should be."""
