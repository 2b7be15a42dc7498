"""Recorded ratios against counted events: random traffic, and how far the two may differ."""
