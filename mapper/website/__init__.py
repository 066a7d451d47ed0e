"""The page and the static pages; the only room with folium."""
