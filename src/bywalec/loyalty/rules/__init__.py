"""Pure rules of the loyalty area: no Django, no clock, no database; ids, time and chance are arguments."""
