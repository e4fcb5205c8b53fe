"""What the app answers on each of its routes."""
