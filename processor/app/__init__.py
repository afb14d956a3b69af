"""What the terminal, the page and other programs can ask for: values in, values or typed errors out."""
