"""The country of the nearest place by reverse_geocoder; run by the peers' own Python."""

import json
import sys
import time

import numpy as np
import reverse_geocoder

lon_deg, lat_deg = np.load(sys.argv[1]).T
finder = reverse_geocoder.RGeocoder(mode=1, verbose=False)
begun_s, begun_cpu_s = time.perf_counter(), time.process_time()
places = finder.query(list(zip(lat_deg.tolist(), lon_deg.tolist(), strict=True)))
took = {"wall_s": time.perf_counter() - begun_s, "cpu_s": time.process_time() - begun_cpu_s}
assert len(places) == len(lon_deg)
sys.stdout.write("bench-work " + json.dumps(took) + "\n")
