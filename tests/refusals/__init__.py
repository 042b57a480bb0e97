"""What the database refuses, proved rule by rule: one attempt for each trigger and each constraint."""
