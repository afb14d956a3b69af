"""`python -m processor`."""

if (
    __name__ == "__main__"
):  # the process that opens files loads this module too: without the rest it is ready 0.05 s sooner
    from processor.cli import main

    main()
