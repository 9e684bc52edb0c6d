"""What the pages of the papers show. All questions to the database stand here."""
