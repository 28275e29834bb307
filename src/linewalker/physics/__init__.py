"""What robot and car share in MuJoCo: contact bits, solver options, geom groups, printed sheets."""
