"""Who made a camera: keys read, names resolved, the rung of the ladder."""
