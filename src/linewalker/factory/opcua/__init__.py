"""The handshake on the wire: OPC UA server, client, certificates."""
