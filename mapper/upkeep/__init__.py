"""What makes the bundled files: boundaries, land, calibration, sample, docs."""
