"""Factory: the line handshake over OPC UA, build orders and the records of every verdict."""
