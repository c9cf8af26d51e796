"""Pure rules about people: forms of contact points, search tokens, current state of consents."""
