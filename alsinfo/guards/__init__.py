"""Rules that the database itself keeps."""
