"""What is Naver's and not a rule's: the shape of ids, the clock and words in file names, screens and links."""
