"""What is Naver's and not a rule's: the shape of order numbers, the names of downloads, the Seller Center's addresses.

It imports nothing of ours and no library, because the process that opens files needs it before pandas is loaded. The
names of the screens stand with the kinds of exports (`model`), and what a file of each looks like in rules.yaml.
"""
