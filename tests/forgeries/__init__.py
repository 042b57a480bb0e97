"""Ways to put before readers what nobody signed, none of which may work."""
