"""Looks an installation over for whoever runs it: settings, files, clock, channels; changes nothing."""

from bot.doctor.examination import examine

__all__ = ["examine"]
