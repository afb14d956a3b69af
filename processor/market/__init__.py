"""Facts about Naver that are not rules: the shape of order numbers, names of downloads, addresses of pages.

It imports nothing of ours and no library, because the process that opens files needs it before pandas is loaded. The
names of the screens are in `model.kinds`, and the headers of each screen's file are in rules.yaml.
"""
