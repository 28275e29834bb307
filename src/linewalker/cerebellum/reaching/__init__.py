"""A sensor brought to a pose by the whole body, on a way that touches nothing."""
