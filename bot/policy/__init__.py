"""What an editor of the policy asks of it: is it sound, what changed, what is not certain, what went stale."""
