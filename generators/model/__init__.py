"""The catalog as the program knows it: linked, complete, immutable."""
