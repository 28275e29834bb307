"""What people read, in Chinese and English: one catalogue of sentences, and the language that is spoken."""
