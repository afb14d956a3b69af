"""The terminal: arguments in, sentences and exit codes out. `commands` holds them; `start` works where no library is installed."""
