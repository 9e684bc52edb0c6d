"""What the pages show: read from the models, put into words, nothing written."""
