"""The demo: Marek's grocery in Praga, its people and a year of its receipts, loaded through the areas' own actions.

``world/`` holds what the shop is (YAML), the modules beside this one invent what happened in it from a seed, and
``loading/`` brings it into the database.
"""
