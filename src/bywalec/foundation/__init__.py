"""What every area stands on: tenants, events, clock, money, ids, errors, encryption, audit, registries."""
