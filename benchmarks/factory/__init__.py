"""The station at its line: trigger to Busy, the control tick, and memory, alone and under load."""
