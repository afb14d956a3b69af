"""The command line: arguments in, sentences and exit codes out. `start` also works where no library is installed."""
