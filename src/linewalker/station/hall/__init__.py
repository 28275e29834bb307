"""A station without cars: a guide in a hall, made of a file with its exhibits, questions, skills and visitors."""
