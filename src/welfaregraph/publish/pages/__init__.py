"""The pages of a publication: one for each document and language, linked both ways."""
