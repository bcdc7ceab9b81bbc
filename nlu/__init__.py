"""What people say (*.yml) and the Rasa components that read it."""
