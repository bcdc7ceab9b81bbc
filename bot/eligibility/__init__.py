"""The engine: dated parameters, criteria, findings, assessments. Pure, and knows no programme."""
