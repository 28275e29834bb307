"""The station as a server of the Model Context Protocol: whatever client connects may propose, ask and stop."""
