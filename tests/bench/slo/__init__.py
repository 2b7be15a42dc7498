"""What SLO rules cost, how exact and how prompt they are, beside sloth's and pyrra's, in a real Prometheus.

`python -m tests.bench.slo` writes counters of a fixed seed into blocks, starts a server over them, and prints tables.
"""
