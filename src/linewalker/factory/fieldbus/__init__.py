"""The image as bytes at fixed places, as PLCs have it, and the wires that carry it: Modbus TCP and S7."""
