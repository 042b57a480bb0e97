"""The site's own settings, with one more address: a bare view of the same bytes."""

from alsinfo.settings import *  # noqa: F403

ROOT_URLCONF = "tests.benchmarks.urls"
