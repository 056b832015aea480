"""The elements and attributes of HTML, by what becomes of them where a text uses them.

Whether a page is safe does not hang on these lists: `markup` names again what the sanitiser lets through.
"""

from __future__ import annotations

import re


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


VOID = _names("br hr img col wbr input meta link base source track area param embed frame basefont")
"""Elements without an end tag."""
INLINE = _names("a abbr b cite code del dfn em i ins kbd mark q s samp small span strong sub sup time u var img br wbr")
"""Elements within a paragraph."""
KEPT = INLINE | _names(
    "p hr pre blockquote ul ol li dl dt dd div address figure figcaption details summary "
    "table caption colgroup col thead tbody tfoot tr th td h2 h3 h4 h5 h6"
)
"""Elements that a text may have."""
RENAMED = {
    "h1": "h2", "strike": "s", "tt": "code", "acronym": "abbr", "center": "div", "dir": "ul", "menu": "ul",
    "listing": "pre", "xmp": "pre", "plaintext": "pre",
}  # fmt: skip
"""Elements that are written as others: the page has its own `h1`, and the rest is obsolete."""
WITHIN_WORDS = INLINE | _names("font basefont big nobr blink label bdi bdo data slot ruby rb rt rp rtc output")
"""Elements that may stand within a word; where others are left out, a blank is left."""
SAYS_NOTHING = (WITHIN_WORDS - INLINE) | _names(
    "html head body title marquee section article main header footer nav aside hgroup search noscript template "
    "fieldset legend meta link base optgroup datalist noframes noembed"
)
"""Elements that are left out: their content is what they say."""
OFTEN_LEFT_OUT = _names("font basefont")
"""Of these, what Word and old pages dress every line with."""
SHOWS_SOMETHING = _names(
    "iframe video audio object embed applet svg math canvas map area form input button select option textarea progress "
    "meter dialog frame frameset picture source track param keygen menuitem portal"
)
"""Elements whose loss a reader would notice."""
HIDDEN = _names("script style")
"""Elements whose content is no text."""
ELEMENTS = KEPT | frozenset(RENAMED) | SAYS_NOTHING | SHOWS_SOMETHING | HIDDEN | VOID
"""All elements; any other name in angle brackets is text."""
OFFICE = _names("o v w m x st1 st2")
"""Prefixes of what Word and Excel put among the elements."""
OFFICE_ELEMENTS = frozenset(
    f"{prefix}:{name}"
    for prefix, names in {
        "o": "p lock idmap shapedefaults shapelayout rules r proxy complex fill callout diagram extrusion skew "
             "left top right bottom column ink field oleobject linktype lockedfield fieldcodes signatureline "
             "smarttagtype officedocumentsettings documentproperties customdocumentproperties allowpng "
             "pixelsperinch targetscreensize relyonvml author lastauthor revision totaltime created lastsaved "
             "pages words characters company lines paragraphs characterswithspaces version title subject keywords "
             "description template category manager",
        "v": "shape shapetype stroke formulas f path fill imagedata textbox textpath rect roundrect line oval "
             "group shadow handles h background polyline curve arc image extrusion",
        "w": "p r t rpr ppr tbl tr tc sdt sdtpr sdtcontent sdtendpr body document worddocument wrap anchorlock "
             "view zoom trackmoves trackformatting compatibility latentstyles lsdexception docpart docparts "
             "docpartgallery data alias tag id placeholder showingplchdr text bordertop borderbottom borderleft "
             "borderright sectpr ins del bookmarkstart bookmarkend hyperlink smarttag donotshade "
             "punctuationkerning validateagainstschemas saveifxmlinvalid ignoremixedcontent "
             "alwaysshowplaceholdertext browserlevel donotpromoteqf lidthemeother lidthemeasian "
             "lidthemecomplexscript usefelayout breakwrappedtables snaptogridincell wraptextwithpunct "
             "useasianbreakrules dontgrowautofit hidespellingerrors hidegrammaticalerrors",
        "m": "omath omathpara omathparapr r rpr t ctrlpr e f fpr num den sup sub ssup ssuppr ssub ssubpr ssubsup "
             "ssubsuppr d dpr rad radpr deg nary narypr acc accpr bar barpr box boxpr func funcpr fname m mpr mr "
             "eqarr eqarrpr lim limlow limlowpr limupp limupppr grouppr groupchr groupchrpr borderbox phant spre "
             "sprepr mathpr mathfont brkbin brkbinsub smallfrac dispdef lmargin rmargin defjc wrapindent intlim "
             "narylim sty scr nor lit aln brk argpr jc begchr endchr sepchr chr pos deghide",
        "x": "excelworkbook excelworksheets excelworksheet name worksheetoptions clientdata anchor movewithcells "
             "sizewithcells autofill row column visible print selected panes pane number activerow activecol "
             "donotdisplaygridlines protectcontents protectobjects protectscenarios windowheight windowwidth "
             "windowtopx windowtopy protectstructure protectwindows defaultrowheight unsynced validprinterinfo",
        "st1": "place placename placetype city state country-region personname givenname sn middlename street "
             "address postalcode date time metricconverter stockticker phone phonenumber",
        "st2": "personname givenname sn middlename",
    }.items()
    for name in names.casefold().split()
)  # fmt: skip
"""Those that they do put there; what else has a colon (`<m:n>`, `<x:y>`) is words."""

WITHIN: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(_names("caption colgroup col thead tbody tfoot tr td th"), ("table",)),
    "li": ("ul", "ol"), "dt": ("dl",), "dd": ("dl",), "summary": ("details",), "figcaption": ("figure",),
}  # fmt: skip
"""Elements that mean something within others only."""
_ROW_GROUPS = _names("thead tbody tfoot tr td th caption colgroup")
CLOSED_BY = {
    "li": _names("li"), "dt": _names("dt dd"), "dd": _names("dt dd"), "tr": _names("tr td th caption colgroup"),
    "td": _names("td th"), "th": _names("td th"), "colgroup": _names("caption colgroup"),
    "thead": _ROW_GROUPS, "tbody": _ROW_GROUPS, "tfoot": _ROW_GROUPS,
}  # fmt: skip
"""What ends without a tag where an element begins, as HTML has it."""
SCOPES = {
    "li": _names("ul ol"), "dt": _names("dl"), "dd": _names("dl"), "colgroup": _names("table"), "tr": _names("table"),
    "td": _names("table"), "th": _names("table"), "thead": _names("table"), "tbody": _names("table"),
    "tfoot": _names("table"),
}  # fmt: skip
"""Elements beyond which it ends nothing."""
NEED_NOT_BE_CLOSED = _names("p li dt dd tr td th thead tbody tfoot colgroup caption")

KEPT_ATTRIBUTES = {
    "a": _names("href"), "img": _names("src alt"), "ol": _names("start type reversed"), "li": _names("value"),
    "td": _names("colspan rowspan align"), "th": _names("colspan rowspan align scope"), "col": _names("span"),
    "colgroup": _names("span"), "time": _names("datetime"), "details": _names("open"),
}  # fmt: skip
"""Attributes that are kept, besides `title` of every element."""
VALUES = {
    "start": re.compile(r"-?[0-9]{1,6}"),
    "value": re.compile(r"-?[0-9]{1,6}"),
    "type": re.compile("[1aAiI]"),
    "align": re.compile("left|right|center|justify", re.IGNORECASE),
    "scope": re.compile("row|col|rowgroup|colgroup", re.IGNORECASE),
    "datetime": re.compile(r"[0-9:.TZPDHMSW+ -]{1,40}"),
}
"""What they may say."""
SPANS = _names("colspan rowspan span")
MOST_CELLS = 100
"""Columns or rows that one cell may reach over."""
BOOLEAN = _names(
    "open reversed hidden disabled checked selected readonly required multiple nowrap noshade compact ismap declare "
    "defer async controls autoplay loop muted allowfullscreen novalidate itemscope inert noresize nohref autofocus"
)
"""Attributes that stand without a value; any other word there shows that no tag is meant."""
_DRESS = _names(
    "class style id name lang dir width height align valign bgcolor background color face size border bordercolor "
    "bordercolorlight bordercolordark cellspacing cellpadding rules frame nowrap noshade compact clear hspace vspace "
    "char charoff tabindex target rel rev role hidden loading decoding srcset sizes crossorigin referrerpolicy "
    "fetchpriority span language link vlink alink text topmargin leftmargin start type value headers usemap ismap "
    "download contenteditable spellcheck translate draggable open reversed scope itemscope itemprop itemtype itemid"
)
"""Attributes that dress up or serve programs."""
STYLES = {
    "b": re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE),
    "i": re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE),
    "u": re.compile(r"text-decoration(?:-line)?\s*:[^;]*underline", re.IGNORECASE),
    "s": re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE),
    "sup": re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE),
    "sub": re.compile(r"vertical-align\s*:\s*sub(?!e)", re.IGNORECASE),
}
"""Elements that say what a style of Word says."""
HIDES = re.compile(r"(?<![\w-])(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*[a-z])", re.IGNORECASE)
"""Styles of words that their author, or Word, keeps from readers."""
ALIGNED = re.compile(r"text-align\s*:\s*(left|right|center|justify)", re.IGNORECASE)


_HANDLER = re.compile(r"on[a-z]{4,}")
_OTHERS = _names(
    "abbr accept action alt archive axis cite code codebase codetype coords data date datetime default dirname "
    "enctype for form formaction high href hreflang http-equiv icon inputmode integrity is itemref kind label list "
    "longdesc low manifest max maxlength media method min minlength nonce object optimum part pattern ping placeholder "
    "poster preload profile rowspan colspan sandbox scheme scrolling shape size slot src srcdoc srclang standby step "
    "summary title usemap valuetype version wrap allow as content"
)


def is_attribute(name: str) -> bool:
    """Whether HTML, or a program, has an attribute of that name."""
    return name in _OTHERS or name in BOOLEAN or _HANDLER.fullmatch(name) is not None or says_nothing(name)


def says_nothing(attribute: str) -> bool:
    """Whether an attribute may be left out without a word."""
    return attribute in _DRESS or attribute.startswith(("data-", "aria-", "xml", "mso-")) or ":" in attribute
