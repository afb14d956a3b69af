"""Who pays which leg of the shipping, how much, and what a late refund costs."""
