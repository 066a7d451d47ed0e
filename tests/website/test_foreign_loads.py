"""A page that was built elsewhere and would call a third party is found; one that links is not."""

from pathlib import Path

import pytest

from mapper.errors import UsageError
from mapper.model.progress import NoProgress
from mapper.pipeline.building import build
from mapper.pipeline.own_site import with_documentation
from mapper.settings import Settings
from mapper.website.downloads import copy_documentation
from mapper.website.foreign_loads import foreign_loads, in_markup, in_script, in_style

LOADING_MARKUP = [
    '<script src="https://cdn.example/a.js"></script>',
    "<SCRIPT SRC=//cdn.example/a.js></SCRIPT>",
    '<img src="http://pixel.example/1.gif">',
    '<img srcset="a.png 1x, https://cdn.example/b.png 2x">',
    '<link rel="stylesheet" href="https://fonts.example/css">',
    '<link rel="preconnect" href="https://fonts.example">',
    '<link rel="shortcut icon" href="https://cdn.example/i.png">',
    '<link rel="alternate stylesheet" href="https://cdn.example/i.css">',
    '<link href="https://cdn.example/i.css">',
    '<iframe src="https://video.example/embed/1"></iframe>',
    '<iframe srcdoc="&lt;img src=https://cdn.example/x&gt;"></iframe>',
    '<object data="https://cdn.example/x.pdf"></object>',
    '<video poster="https://cdn.example/x.png"></video>',
    '<body background="https://cdn.example/x.png">',
    '<base href="https://elsewhere.example/">',
    '<meta http-equiv="Refresh" content="0; url=https://elsewhere.example/">',
    '<a href="own.html" ping="https://count.example/">own</a>',
    '<p style="background: url(https://cdn.example/x.png)">x</p>',
    "<style>\n@import 'https://fonts.example/css';\n</style>",
    "<script>fetch('https://count.example/')</script>",
    '<script type="module">import x from "https://cdn.example/x.mjs"</script>',
    '<script type="importmap">{"imports": {"x": "https://cdn.example/x.js"}}</script>',
    "<div onclick=\"fetch('https://count.example/')\">x</div>",
    '<svg><image xlink:href="https://cdn.example/x.png"/></svg>',
    '<svg><use href="https://cdn.example/x.svg#a"/></svg>',
    '<?xml-stylesheet href="https://cdn.example/x.css"?><svg/>',
    '<img src=" \n https:\\\\cdn.example/x.png">',
    '<img src="ht\ntps://cdn.example/x.png">',
    '<img src="&#104;ttps://cdn.example/x.png">',
    '<img src="https://cdn.example/x.png" src="a.png">',
    '<script type="speculationrules">{"prerender": [{"urls": ["//count.example/a"]}]}</script>',
    '<script type="importmap">{"imports": {"x": "https://cdn.example/x"}}</script>',
    "<script>location = 'https://elsewhere.example/'</script>",
]
QUIET_MARKUP = [
    '<a href="https://elsewhere.example/">there</a>',
    '<map><area href="https://elsewhere.example/"></map>',
    '<link rel="canonical" href="https://own.example/docs/">',
    '<link rel="license" href="https://licence.example/">',
    '<meta property="og:image" content="https://own.example/x.png">',
    '<script type="application/ld+json">{"@id": "https://schema.org/x.js"}</script>',
    '<blockquote cite="https://elsewhere.example/">x</blockquote>',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="a.png"/></svg>',
    "<p>&lt;script src=https://cdn.example/a.js&gt;</p>",
    "<code>fetch('https://count.example/')</code>",
    '<img src="data:image/png;base64,AA//BB">',
    '<img src="a.png" src="https://cdn.example/x.png">',
    '<script type="speculationrules">{"prefetch": [{"urls": ["own.html"]}]}</script>',
    '<img src="pictures/a.png" alt="https://elsewhere.example/">',
    "<!-- <script src='https://cdn.example/a.js'></script> -->",
]
LOADING_STYLES = [
    "p { background: url(https://cdn.example/x.png) }",
    'p { background: url( "//cdn.example/x.png" ) }',
    "@import 'https://fonts.example/css';",
    "@IMPORT URL(https://fonts.example/css);",
    '@font-face { src: local("x"), url("https://fonts.example/x.woff2") }',
    'p { background: image-set("a.png" 1x, "https://cdn.example/b.png" 2x) }',
    "p { background: \\75rl(https://cdn.example/x.png) }",
    "p { background: url(http\\73://cdn.example/x.png) }",
    'p { content: "/*" } p { background: url(https://cdn.example/x.png) } p { content: "*/" }',
]
QUIET_STYLES = [
    "/* from https://elsewhere.example/, url(https://cdn.example/x.png) */ p {}",
    '@namespace svg url("http://www.w3.org/2000/svg");',
    'a[href^="https://"] { color: red }',
    'p::after { content: "https://elsewhere.example/" }',
    "p { background: url(../pictures/a.png) }",
    "p { background: url(data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E) }",
]
LOADING_SCRIPTS = [
    'fetch("https://count.example/")',
    "fetch(`https://count.example/${page}`)",
    'import x from "https://cdn.example/x"',
    'import("https://cdn.example/x")',
    "import 'https://cdn.example/x'",
    'x.open("GET", "https://count.example/")',
    'new WebSocket("wss://count.example/")',
    'navigator.sendBeacon("//count.example/")',
    'picture.src = "https://cdn.example/x"',
    'x.setAttribute("src", "https://cdn.example/x")',
    'style.href = "https://cdn.example/x"',
    "document.write('<img src=\"https://count.example/\">')",
    'load("https://unpkg.example/mermaid@11/dist/mermaid.min.js")',
    'load("https://unpkg.example/x.css?v=2")',
    'load("https://unpkg.example/x.woff2")',
    'L.tileLayer("https://tile.example/{z}/{x}/{y}.png").addTo(map)',
    'L.tileLayer("//{s}.tile.example/{z}/{x}/{y}.png")',
    'd3.json("https://count.example/a.json")',
    'axios.get("https://count.example/")',
    'axios("https://count.example/")',
    '$.get("https://count.example/", show)',
    '(fetch)("https://count.example/")',
    'maps[0]("https://count.example/")',
    'fetch(new URL("https://count.example/"))',
    'const u = "https://count.example/"; fetch(u)',
    'fetch($u); var $u = "https://count.example/"',
    'var u="https://count.example/",i=new Image();i.src=u',
    'window.location = "https://elsewhere.example/"',
    'location.href = "https://elsewhere.example/"',
    'location.replace("https://elsewhere.example/")',
]
QUIET_SCRIPTS = [
    "// from https://elsewhere.example/\nvar a = 1",
    "/* see http://elsewhere.example/a.html */",
    'var page = "https://elsewhere.example/a"',
    'var page = "https://elsewhere.example/a"; fetch(pages)',
    'link.setAttribute("title", "https://elsewhere.example/")',
    'if (address.startsWith("https://")) show("//")',
    'text.replace("https://elsewhere.example/", "")',
    'document.createElementNS("http://www.w3.org/2000/svg", "path")',
    'document.evaluate("//a", document)',
    'if (location == "https://elsewhere.example/") stay()',
    'new RegExp("\\\\bhttp")',
    'fetch("searchindex.json")',
    'var namespace = "http://www.w3.org/2000/svg"',
]


@pytest.mark.parametrize("text", LOADING_MARKUP)
def test_an_element_that_loads_from_another_host_is_found(text: str) -> None:
    assert len(in_markup(f"<p>\n</p>{text}")) == 1
    assert in_markup(f"<p>\n</p>{text}")[0][0] in {2, 3}


@pytest.mark.parametrize("text", QUIET_MARKUP)
def test_an_element_that_links_or_names_is_left_alone(text: str) -> None:
    assert in_markup(text) == []


@pytest.mark.parametrize("text", LOADING_STYLES)
def test_a_style_that_loads_from_another_host_is_found(text: str) -> None:
    assert [line for line, _ in in_style(f"q {{}}\n{text}")] == [2]


@pytest.mark.parametrize("text", QUIET_STYLES)
def test_a_style_that_only_speaks_of_an_address_is_left_alone(text: str) -> None:
    assert in_style(text) == []


@pytest.mark.parametrize("text", LOADING_SCRIPTS)
def test_a_script_that_names_what_it_loads_from_another_host_is_found(text: str) -> None:
    assert {line for line, _ in in_script(f"var b\n{text}")} == {2}


@pytest.mark.parametrize("text", QUIET_SCRIPTS)
def test_a_script_that_only_speaks_of_an_address_is_left_alone(text: str) -> None:
    assert in_script(text) == []


def test_documentation_that_would_call_a_third_party_is_refused_by_file_and_line(
    tmp_path: Path,
) -> None:
    pages = tmp_path / "pages"
    (pages / "_static").mkdir(parents=True)
    (pages / ".cache").mkdir()
    (pages / "index.html").write_text('<p>\n<a href="https://own.example/">x</a></p>', "utf-8")
    (pages / ".cache" / "x.js").write_text('fetch("https://count.example/")', "utf-8")
    (pages / "notes.txt").write_text('fetch("https://count.example/")', "utf-8")
    assert list(foreign_loads(pages)) == []
    copy_documentation(pages, tmp_path / "quiet")
    (pages / "_static" / "theme.css").write_text("p {}\n@import '//fonts.example/a'", "utf-8")
    page = "<p>\n\n<script src='https://cdn.example/a.js'>"
    (pages / "other.HTM").write_bytes(page.encode("utf-16"))
    with pytest.raises(UsageError) as refused:
        copy_documentation(pages, tmp_path / "site")
    assert "_static/theme.css, line 2: '//fonts.example/a'" in str(refused.value)
    assert "other.HTM, line 3: 'https://cdn.example/a.js'" in str(refused.value)
    assert not (tmp_path / "site").exists()
    settings = with_documentation(Settings(out_dir=tmp_path / "out"), pages)
    # Before an input is even looked for.
    with pytest.raises(UsageError, match="would load from other hosts"):
        build(["nowhere.osm.pbf"], settings=settings, progress=NoProgress())
