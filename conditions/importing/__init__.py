"""What comes in from files, one module per source."""
