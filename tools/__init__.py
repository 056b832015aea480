"""What developers run: made-up provinces and measurements. No plugin imports anything from here."""
