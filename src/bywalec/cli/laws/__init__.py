"""The laws of the house as functions over what they judge, so that a test can hand them a violation.

Every law returns a `Report` that says how much it looked at: a law that looked at nothing does not hold.
"""
