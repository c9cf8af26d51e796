"""Skills: what the system can do for a customer, one file each, registered by name.

`catalogue` lists every name there is, `skill` declares and finds those that are implemented, `runner` runs them.
"""
