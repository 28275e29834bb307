"""Memory: what was decided and why, kept where nothing takes it away again."""
