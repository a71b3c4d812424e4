"""Who may ask: signatures, the keys they are made with, and how often an app may ask."""
