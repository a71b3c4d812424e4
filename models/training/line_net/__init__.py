"""The nets that read lines: their recipes, training, export and cards."""
