"""From a drawing to meshes: curves, skins, panels, rims, fittings."""
