"""Who a person is: name, contact points, consents. What can be read of them is ciphertext in the database."""
