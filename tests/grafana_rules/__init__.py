"""What a good Grafana dashboard is, as rules: the dashboard-linter's by behaviour, and our own."""
