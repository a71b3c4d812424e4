"""What passes between the stages: frozen values."""
