"""From the claims table to facts: each word of the rules, found for all orders at once."""
