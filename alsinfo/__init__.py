"""The site and what every app stands on."""
