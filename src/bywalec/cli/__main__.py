"""Entry of ``python -m bywalec.cli``."""

from bywalec.cli.main import main

main()
