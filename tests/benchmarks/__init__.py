"""Measurements, as ratios within one run; not tests."""
