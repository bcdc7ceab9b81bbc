"""What the law says about each support kind: one folder a programme; figures and provisions in YAML, conditions in Python."""
