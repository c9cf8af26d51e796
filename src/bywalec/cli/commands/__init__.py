"""One file per command of ``bywalec``; `bywalec.cli.main` lists them."""
