"""Find pages by their names and by the words of their sections."""
