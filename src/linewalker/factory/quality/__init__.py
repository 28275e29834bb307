"""Results handed to a quality department: Q-DAS, Excel, JSON."""
