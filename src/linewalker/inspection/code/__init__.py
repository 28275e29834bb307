"""What does the code say? DataMatrix and QR codes in a picture, against the order."""
