"""Landing page: it asks for little, says what for, and its form works."""
