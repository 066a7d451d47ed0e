"""
The words around a maker's name: company forms, words for devices, words for "not known".

All words are folded as `vendor_text.fold` folds: small letters, no accents, no
full stops. They name nobody by themselves, so removing them cannot turn one maker into another;
what could is kept out of these lists (``mobility``, ``service``, ``car``, ``hotels``, ``store``).
"""
# ruff: noqa: RUF001 - Cyrillic words are Cyrillic on purpose.


def _phrases(*lines: str) -> frozenset[str]:
    return frozenset(phrase for line in lines for phrase in line.split("|") if phrase)


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


LEGAL_TAILS: frozenset[tuple[str, ...]] = frozenset(
    tuple(form.split())
    for form in _phrases(
        # English
        "inc|incorporated|llc|llp|lp|ltd|limited|co|company|corp|corporation|plc|coltd|",
        "ulc|pllc|dac|cic|pty|pte|pvt|private|sdn|bhd|tbk|jsc|ojsc|pjsc|cjsc|",
        # German, Dutch, Nordic, Baltic
        "gmbh|mbh|gbr|ag|kg|kgaa|ohg|ug|ek|eg|se|bv|nv|ab|hb|kb|abp|as|asa|ans|aps|ivs|oy|oyj|",
        "uab|sia|ou|",
        # French, Italian, Spanish, Portuguese
        "sa|sas|sasu|sarl|eurl|spa|s p a|srl|s r l|sagl|scarl|sl|slu|sau|sa de cv|",
        "lda|ltda|eireli|",
        # Central and South-East Europe, Turkey
        "sro|s r o|spol sro|as|zrt|nyrt|kft|sp z oo|sp zoo|spzoo|doo|d o o|dd|ood|eood|sti|tic|",
        # Cyrillic, and its usual transliteration
        "ооо|оао|ао|пао|зао|нпо|тоо|тов|прат|чп|одо|чуп|ooo|oao|pao|zao|",
        # Japanese and Korean in Latin letters
        "kk|kabushiki kaisha",
    )
)
"""Company forms that stand after a name; Cyrillic ones before it too."""

LEGAL_HEADS: frozenset[str] = frozenset(
    ["ооо", "оао", "ао", "пао", "зао", "нпо", "тоо", "тов", "прат", "чп", "одо", "чуп", "pt"]
)
"""Company forms that stand before a name."""

LEGAL_AFFIXES: tuple[str, ...] = (
    "股份有限公司",
    "有限责任公司",
    "有限公司",
    "株式会社",
    "有限会社",
    "주식회사",
)
"""Company forms written without a space, the longer before the shorter it holds."""

DEVICE_WORDS: frozenset[str] = _words(
    # English
    "camera cameras cam cams cctv ipcam ip network video surveillance alpr anpr lpr plate ",
    "plates license licence number reader readers recognition dome bullet turret ptz fixed ",
    "doorbell bell noise thermal infrared ir poe wifi hd 4k unit device trailer pole solar ",
    "powered automatic automated traffic speed red light intersection sensor sensors detector ",
    "detectors detection enforcement webcam webcams fisheye panoramic multisensor floodlight ",
    "spotlight battery wired wireless outdoor indoor pro plus mini gen ai lens model type by ",
    "wlan lte 4g 5g gsm nvr dvr megapixel multi dual panorama 360 speedcam eyeball domo ",
    # German, Dutch, Nordic, Finnish, Polish, Czech, Hungarian
    "kamera kameras kameror kameraer videokamera kamery uberwachungskamera domekamera ",
    # French, Spanish, Portuguese, Italian, Catalan
    "camara camaras videocamara telecamera telecamere videocamera lapi radar ",
    # Russian, Ukrainian, Chinese, Japanese, Korean
    "камера камеры видеокамера 摄像头 摄像机 カメラ 防犯カメラ 監視カメラ 카메라",
)
"""Words that say what the thing is and not who made it."""

SOFT_WORDS: frozenset[str] = _words(
    "technology technologies systems system group international global digital electronics ",
    "security solutions holding holdings industries usa us uk eu emea apac europe america ",
    "canada australia deutschland germany france italia italy espana spain polska japan india ",
    "tech electronic elektronik technik technologie technologia tecnologia tecnologie teknoloji ",
    "sicherheit sicherheitstechnik sicherheitssysteme securite seguridad seguranca sicurezza ",
    "systeme systemes sistemas sistemi worldwide china korea taiwan turkiye brasil brazil mexico ",
    "nederland benelux belgium osterreich austria schweiz suisse switzerland sverige danmark ",
    "norge suomi polska czech romania hungary russia ukraine asia africa",
)
"""Words of a trade or place; they may stand beside a distinctive name only."""

TRADE_FORMS: tuple[frozenset[str], ...] = (
    _words("tech technology technologies"),
    _words("system systems"),
    _words("solution solutions"),
    _words("electronic electronics"),
    _words("industry industries"),
)
"""Forms of one word at the end of a name, each written for the other."""

ORDINARY_WORDS: frozenset[str] = _words(
    "ajax axis axon blink browning canon condor edge esprit extra falcon flock hive insight ",
    "kasa leonardo luma lupus mesa nest planet raven ring sage scout security center sky ",
    "sparrow spectra star",
)
"""Words and personal names that mean something else too."""

OTHER_TRADE_WORDS: frozenset[str] = _words(
    "mobility service services car cars auto hotel hotels restaurant ristorante cafe bar store ",
    "stores shop shops center centre mobile phone phones tools appliances home bank insurance ",
    "school police department city museum foundation academy university club studio",
)
"""Words beside a maker's name that make it somebody else: "Motorola Mobility", "Bosch Car"."""

NOT_KNOWN: frozenset[str] = _phrases(
    "unknown|unknow|unknwn|unkown|unkwn|unkn|unk|not known|not sure|unsure|unclear|other|",
    "others|generic|none|no|no name|noname|unbranded|unmarked|na|n a|null|nil|tbd|todo|fixme|",
    "various|misc|yes|x|xx|xxx|brand|manufacturer|",
    "unbekannt|inconnu|inconnue|desconocido|desconocida|desconhecido|sconosciuto|onbekend|",
    "okand|ukjent|ukendt|tuntematon|nieznany|nieznane|neznamy|nezname|ismeretlen|necunoscut|",
    "неизвестно|неизвестный|неизвестен|невідомо|невідомий|нет информации|нет|不明|未知",
)
"""Whole values that say that nobody knows, or nothing."""

DOUBT_WORDS: frozenset[str] = _words(
    "possibly probably maybe perhaps likely presumably vermutlich wahrscheinlich vielleicht ",
    "probablement posiblemente probablemente provavelmente probabilmente возможно вероятно",
)
"""Words in front of a name by which a mapper says that it is a guess."""

JOINING_WORDS: frozenset[str] = frozenset(["and", "und", "et", "y", "и", "або", "или"])
"""Words between two names."""
