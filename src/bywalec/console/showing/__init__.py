"""What pages show, put together from areas' queries into small frozen values: templates only lay them out."""
