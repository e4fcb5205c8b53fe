"""What each feature of caniemail.com looks like in a mail: the names by which it is recognised.

Tables only; `declarations`, `selectors` and `elements` look things up in them.
"""

#: CSS properties whose feature has another name than they have
PROPERTIES = {
    **{
        name: f"css-{name}"
        for name in (
            *("accent-color", "align-items", "animation", "aspect-ratio", "backdrop-filter"),
            *("background-blend-mode", "background-clip", "background-color", "background-image"),
            *("background-origin", "background-position", "background-repeat", "background-size"),
            *("background", "border-collapse", "border-image", "border-spacing", "border", "box-shadow"),
            *("box-sizing", "caption-side", "clear", "clip-path", "color-scheme", "column-count", "cursor"),
            *("direction", "display", "empty-cells", "filter", "float", "font-kerning", "font-size-adjust"),
            *("font-size", "font-stretch", "font-weight", "font", "height", "hyphenate-character"),
            *("hyphenate-limit-chars", "hyphens", "inline-size", "inset", "justify-content"),
            *("letter-spacing", "line-height", "list-style-image", "list-style-position"),
            *("list-style-type", "list-style", "mask-image", "max-block-size", "max-height"),
            *("max-inline-size", "max-width", "min-block-size", "min-height", "min-inline-size"),
            *("min-width", "mix-blend-mode", "object-fit", "object-position", "opacity", "orphans"),
            *("outline-offset", "outline", "overflow-wrap", "overflow", "position", "resize"),
            *("shape-margin", "shape-outside", "tab-size", "table-layout", "text-align-last", "text-align"),
            *("text-decoration-color", "text-decoration-line", "text-decoration-skip-ink"),
            *("text-decoration-style", "text-decoration-thickness", "text-decoration"),
            *("text-emphasis-position", "text-emphasis", "text-indent", "text-justify"),
            *("text-orientation", "text-overflow", "text-shadow", "text-transform"),
            *("text-underline-offset", "text-underline-position", "text-wrap", "transform", "transition"),
            *("user-select", "vertical-align", "visibility", "white-space-collapse", "white-space"),
            *("widows", "width", "word-break", "word-spacing", "word-wrap", "writing-mode", "z-index"),
        )
    },
    **dict.fromkeys(("margin-top", "margin-right", "margin-bottom", "margin-left", "margin"), "css-margin"),
    **dict.fromkeys(
        ("padding-top", "padding-right", "padding-bottom", "padding-left", "padding"), "css-padding"
    ),
    **{
        f"border{side}{part}": "css-border"
        for side in ("-top", "-right", "-bottom", "-left", "")
        for part in ("", "-width", "-style", "-color")
        if side or part
    },
    **{f"overflow-{axis}": "css-overflow" for axis in "xy"},
    **{
        f"border-{corner}radius": "css-border-radius"
        for corner in ("", "top-left-", "top-right-", "bottom-left-", "bottom-right-")
    },
    **{
        f"border-{start}-{end}-radius": "css-border-radius-logical"
        for start in ("start", "end")
        for end in ("start", "end")
    },
    **dict.fromkeys(("border-inline", "border-block"), "css-border-inline-block"),
    **{
        f"border-{axis}-{part}": "css-border-inline-block-longhand"
        for axis in ("inline", "block")
        for part in ("color", "style", "width")
    },
    **{
        f"border-{axis}-{side}{part}": "css-border-inline-block-individual"
        for axis in ("inline", "block")
        for side in ("start", "end")
        for part in ("", "-color", "-style", "-width")
    },
    "block-size": "css-block-inline-size",
    **dict.fromkeys(
        (
            *("columns", "column-fill", "column-rule", "column-rule-color", "column-rule-style"),
            *("column-rule-width", "column-span", "column-width", "break-inside"),
        ),
        "css-column-layout-properties",
    ),
    **dict.fromkeys(("gap", "column-gap", "row-gap"), "css-gap"),
    **dict.fromkeys(
        ("grid-template", "grid-template-areas", "grid-template-columns", "grid-template-rows"),
        "css-grid-template",
    ),
    **dict.fromkeys(("left", "right", "top", "bottom"), "css-left-right-top-bottom"),
    **{
        f"{box}-{axis}": f"css-{box}-inline-block"
        for box in ("margin", "padding")
        for axis in ("inline", "block")
    },
    **{f"margin-block-{side}": "css-margin-block-start-end" for side in ("start", "end")},
    **{f"margin-inline-{side}": "css-margin-inline-start-end" for side in ("start", "end")},
    **{f"padding-block-{side}": "css-padding-block-start-end" for side in ("start", "end")},
    **{f"padding-inline-{side}": "css-padding-inline-start-end" for side in ("start", "end")},
    **dict.fromkeys(
        (
            *("scroll-snap-type", "scroll-snap-align", "scroll-snap-stop"),
            *("scroll-margin", "scroll-padding"),
        ),
        "css-scroll-snap",
    ),
    **{
        f"animation-{part}": "css-animation"
        for part in (
            "name",
            "duration",
            "delay",
            "iteration-count",
            "direction",
            "timing-function",
            "fill-mode",
        )
    },
    **{
        f"transition-{part}": "css-transition"
        for part in ("property", "duration", "delay", "timing-function")
    },
    **{f"inset-{side}": "css-inset" for side in ("block", "inline")},
    **dict.fromkeys(("text-emphasis-color", "text-emphasis-style"), "css-text-emphasis"),
    "interactivity": "css-inert-attribute",
}
#: a property with one word among its values
KEYWORDS = {
    ("display", "flex"): "css-display-flex",
    ("display", "inline-flex"): "css-display-flex",
    ("display", "grid"): "css-display-grid",
    ("display", "inline-grid"): "css-display-grid",
    ("display", "none"): "css-display-none",
    ("flex-direction", "column"): "css-flex-direction",
    ("flex-direction", "column-reverse"): "css-flex-direction",
    ("flex-flow", "column"): "css-flex-direction",
    ("flex-wrap", "wrap"): "css-flex-wrap",
    ("flex-flow", "wrap"): "css-flex-wrap",
}
#: as caniemail.com spells it
SYSTEM_FONTS = "css-sytem-ui"
#: a word among the values of any property
WORDS = {
    "initial": "css-unit-initial",
    **dict.fromkeys(("fit-content", "min-content", "max-content"), "css-intrinsic-size"),
    **dict.fromkeys(("system-ui", "ui-serif", "ui-sans-serif", "ui-rounded", "ui-monospace"), SYSTEM_FONTS),
}
FUNCTIONS = {
    **{
        name: f"css-{name}"
        for name in ("linear-gradient", "radial-gradient", "conic-gradient", "rgb", "rgba")
    },
    **{f"repeating-{name}-gradient": f"css-{name}-gradient" for name in ("linear", "radial", "conic")},
    **{name: f"css-function-{name}" for name in ("clamp", "light-dark", "max", "min")},
    **dict.fromkeys(("lch", "oklch", "lab", "oklab"), "css-modern-color"),
    "calc": "css-unit-calc",
    "fit-content": "css-intrinsic-size",
    "var": "css-variables",
}
UNITS = {
    unit: f"css-unit-{unit}"
    for unit in ("ch", "cm", "em", "ex", "in", "mm", "pc", "pt", "px", "rem", "vh", "vmax", "vmin", "vw")
}
PERCENT = "css-unit-percent"
IMPORTANT = "css-important"
VARIABLES = "css-variables"
BACKGROUND_IMAGE = "css-background-image"
COMMENTS_IN_CSS = "css-comments"
NESTING = "css-nesting"

PSEUDO_CLASSES = {
    name: f"css-pseudo-class-{name}"
    for name in (
        *("active", "checked", "default", "first-child", "first-of-type", "focus-visible", "focus-within"),
        *("focus", "has", "hover", "lang", "last-child", "last-of-type", "link", "not", "nth-child"),
        *("nth-last-child", "nth-last-of-type", "nth-of-type", "only-child", "only-of-type", "target"),
        "visited",
    )
}
PSEUDO_ELEMENTS = {
    name: f"css-pseudo-element-{name}"
    for name in ("after", "before", "first-letter", "first-line", "marker", "placeholder")
}
COMBINATORS = {
    ">": "css-selector-child",
    "+": "css-selector-adjacent-sibling",
    "~": "css-selector-general-sibling",
}

AT_RULES = {
    "font-face": "css-at-font-face",
    "import": "css-at-import",
    "keyframes": "css-at-keyframes",
    "media": "css-at-media",
    "supports": "css-at-supports",
}
#: what a media query may ask for
MEDIA = {
    **{
        f"{prefix}device-pixel-ratio": "css-at-media-device-pixel-ratio"
        for prefix in ("-webkit-", "-webkit-min-", "-webkit-max-", "min-", "max-", "")
    },
    **dict.fromkeys(("hover", "any-hover"), "css-at-media-hover"),
    "orientation": "css-at-media-orientation",
    "prefers-color-scheme": "css-at-media-prefers-color-scheme",
    "prefers-reduced-motion": "css-at-media-prefers-reduced-motion",
}

ELEMENTS = {
    **{
        name: f"html-{name}"
        for name in (
            *("abbr", "acronym", "address", "audio", "base", "bdi", "blockquote", "body", "code", "del"),
            *("dfn", "dialog", "div", "form", "hr", "img", "link", "marquee", "meter", "object", "p"),
            *("picture", "pre", "progress", "rp", "rt", "ruby", "select", "small", "span", "strike"),
            *("strong", "style", "svg", "table", "textarea", "video", "wbr"),
        )
    },
    **{f"h{level}": "html-h1-h6" for level in range(1, 7)},
    **dict.fromkeys(("ul", "ol", "dl"), "html-lists"),
    **dict.fromkeys(("map", "area"), "html-image-maps"),
    **dict.fromkeys(
        (
            *("article", "aside", "details", "figcaption", "figure", "footer", "header", "main", "mark"),
            *("nav", "section", "summary", "time"),
        ),
        "html-semantics",
    ),
}
#: `<input>` and `<button>` by their type
INPUTS = {kind: f"html-input-{kind}" for kind in ("checkbox", "hidden", "radio", "reset", "submit", "text")}
BUTTONS = {kind: f"html-button-{kind}" for kind in ("reset", "submit")}

ATTRIBUTES = {
    **{
        name: f"html-{name}"
        for name in (
            *("align", "aria-describedby", "aria-hidden", "aria-label", "aria-labelledby", "aria-live"),
            *("background", "cellpadding", "cellspacing", "dir", "height", "hidden", "lang", "popover"),
            *("required", "role", "target", "valign", "width"),
        )
    },
    "loading": "html-loading-attribute",
    **dict.fromkeys(("srcset", "sizes"), "html-srcset"),
    "usemap": "html-image-maps",
    "inert": "css-inert-attribute",
}
#: the same by the name of a `<meta>`
META = {"color-scheme": "html-meta-color-scheme"}
ANCHOR_LINKS, MAILTO_LINKS, DOCTYPE, COMMENTS = (
    "html-anchor-links",
    "html-mailto-links",
    "html-doctype",
    "html-comments",
)
AMP = "amp"

#: formats of pictures by the ending of an address, or by the media type of data
IMAGES = {
    **{name: f"image-{name}" for name in ("apng", "avif", "bmp", "gif", "hdr", "ico", "jpg", "mp4", "png")},
    **{name: f"image-{name}" for name in ("svg", "tiff", "webp")},
    **dict.fromkeys(("jpeg", "jpe", "jfif"), "image-jpg"),
    **dict.fromkeys(("heic", "heif"), "image-heif"),
    "tif": "image-tiff",
    "svg+xml": "image-svg",
    "x-icon": "image-ico",
    "vnd.microsoft.icon": "image-ico",
}
IMAGE_DATA = "image-base64"

#: what nobody can see in a mail's HTML: it is told about a domain
UNSEEN = frozenset({"bimi"})
