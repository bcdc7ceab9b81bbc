"""Loopback servers that behave as the real channels do, for tests that must run on real protocols."""
