"""Cited questions and answers on khuyến công, and the search over them."""
