"""Around every request: HTTP below the application, log lines, metrics."""
