"""What developers run: made-up provinces and measurements. Of the plugins the command line alone imports from here."""
