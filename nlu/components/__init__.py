"""Rasa graph components for Vietnamese as it is typed; named in `config.yml`."""
