"""Truth, scoring and reports: what every benchmark of readings shares."""
