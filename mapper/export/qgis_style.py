"""The style that travels inside the GeoPackage: one marker for each device type, as QML."""

import xml.etree.ElementTree as ET
from typing import Final

from mapper.model.enums import DeviceType

# Okabe and Ito's palette, which stays apart for colour-blind eyes; shapes differ as well.
_MARKERS: Final = {
    DeviceType.CAMERA: ("circle", "0,114,178,255", "Camera"),
    DeviceType.PLATE_READER: ("square", "213,94,0,255", "Plate reader"),
    DeviceType.ENFORCEMENT_CAMERA: ("triangle", "0,158,115,255", "Speed or red-light camera"),
    DeviceType.GUARD: ("star", "204,121,167,255", "Guard"),
    DeviceType.GUNSHOT_DETECTOR: ("diamond", "230,159,0,255", "Gunshot detector"),
    DeviceType.SENSOR: ("pentagon", "86,180,233,255", "Sensor"),
}


def style_qml() -> str:
    """Return the style as a QML document that QGIS 3 reads."""
    root = ET.Element("qgis", {"version": "3.28.0", "styleCategories": "Symbology"})
    renderer = ET.SubElement(
        root,
        "renderer-v2",
        {"type": "categorizedSymbol", "attr": "device_type", "forceraster": "0"},
    )
    categories = ET.SubElement(renderer, "categories")
    symbols = ET.SubElement(renderer, "symbols")
    for number, (device_type, (shape, color, label)) in enumerate(_MARKERS.items()):
        ET.SubElement(
            categories,
            "category",
            {"value": str(device_type), "symbol": str(number), "label": label, "render": "true"},
        )
        _add_symbol(symbols, str(number), shape, color)
    ET.indent(root)
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + ET.tostring(
        root, encoding="unicode"
    )


def _add_symbol(symbols: ET.Element, name: str, shape: str, color: str) -> None:
    """Add one marker symbol: shape, fill and a white outline."""
    symbol = ET.SubElement(symbols, "symbol", {"type": "marker", "name": name, "alpha": "1"})
    layer = ET.SubElement(symbol, "layer", {"class": "SimpleMarker", "enabled": "1", "pass": "0"})
    options = ET.SubElement(layer, "Option", {"type": "Map"})
    values = {
        "name": shape,
        "color": color,
        "outline_color": "255,255,255,255",
        "outline_width": "0.2",
        "size": "2.4",
        "size_unit": "MM",
    }
    for key, value in values.items():
        ET.SubElement(options, "Option", {"name": key, "value": value, "type": "QString"})
