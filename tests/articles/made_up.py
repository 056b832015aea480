"""Made-up Vietnamese texts in which every construct of Markdown and of Word's HTML stands everywhere, rightly or not.

Every word of a text is another one, so that it can be followed to the page.
"""

from __future__ import annotations

from hypothesis import strategies as st

_ONSETS = "b c ch d đ g h k kh l m n ng nh ph r s t th tr v x".split()
_RIMES = "ác ạch ải ấm ận ẳng ắt ẫu ệch ếm ền ềnh ệp ết ọc ói ồm ổng ớp ợt úa ụi ùm ứng ược ương ướp".split()
SYLLABLES = [onset + rime for onset in _ONSETS for rime in _RIMES]
"""None is a name of an element, an attribute or a language; all have a mark."""

W = "⟨w⟩"
"""The place of a word in a piece."""
PIECES = [
    "# ", "## ", "###", "#", "- ", "* ", "+ ", "1. ", "2. ", "3) ", "1990. ", "a) ", "• ", "•\t", "– ", "— ", "o ",
    "·\t", "§ ", "\uf0b7 ", "-\u00a0", "1.\u00a0", "#\u3000", "-", "\t", "    ", "\u00a0\u00a0", "  ", "> ", ">",
    "|", "| ", " | ", "| --- | --- |", "|---|", "**", "*", "_", "__", "****", "____", "~~", "`", "``", "```", "~~~",
    "[", "]", "](", "] (", "](procedure:1.001193)", "](/don-vi/)", f"]({W} {W})", f']("{W}")', f'](/don-vi/ "{W}")',
    "![", f"![{W}](", "]({static}/media/anh.png)", "](ftp://x.example)", "[^1]", "[^1]: ", "[^a b]: ", "[^a b]",
    f"[{W}]: ", f"[{W}]: https://x.example ", f"[{W}]: /don-vi/ \"{W}\"", f"][{W}]", "[a]: /don-vi/", "[a]", "][a]",
    f"*[{W}]: {W}", "*[UB]: ", "UB ", "<", f"<{W}>", f"<{W} {W}>", "<b>", "</b>", f"<b {W}>", f"<b {W}=x>", "<i>",
    "<u>", "<s>", "<sup>", "<table>", "<tr>", "<td>", "<td colspan=2>", "<td rowspan=0>", "</td>", "</tr>",
    "</table>", "<thead>", "<caption>", "<p>", "</p>", "<p class=MsoNormal>", "<div>", "</div>", "<br>", "<!--",
    "-->", f"<!-- {W} -->", "<!--[if mso]>", "<![endif]-->", "<script>", "</script>", "<style>", "</style>",
    f"<?xml {W}?>", "<![CDATA[", "]]>", f"<!DOCTYPE {W}>", "<a href='/don-vi/'>", f"<a href={W}>", "<a name=x>",
    "</a>", f"<img src='{{static}}/media/anh.png' alt=' {W}'>", "<img>", f"<span title='{W}'>",
    "<span style='font-weight:bold'>", "</span>", "<font color=red>", "<o:p>", "<iframe>", "<textarea>",
    "</textarea>", "<pre>", "</pre>", "<li>", "<ul>", "</ul>", "<ol start=3>", "<h1>", "</h1>", "<center>",
    "<title>", "<select>", "<option>", "<svg>", "<math>", "<noscript>", "<template>", "<x>", "</x>", f"<!{W}>",
    "<em>", "<th>", "<dl><dt>", "<dd>", "<col>", "<hr>", f"<input value={W}>", "<button>", "<label>", "<q>",
    "<code>", "<tt>", "<details><summary>", "&lt;", "&amp;", "&nbsp;", "&#43;", f"&{W};", "&", "\\", "\\\\", ": ",
    ":   ", "~ ", "---", "===", "***", f"{{#{W}}}", f"{{: .{W}}}", f"<https://x.example/{W}>", "<lienhe@x.example>",
    f"<{W}:{W}>", '"', "'", "(", ")", f"{W}: ", "- [ ] ", "^", "$", "<b", "<a ", "{% ", "{{ ", "@", "#1", "+84 ",
    "...", "“", "”", "€",
]  # fmt: skip
"""What stands between words."""

_word = st.just(W)
_piece = st.sampled_from(PIECES)
_line = st.lists(st.one_of(_word, _word, _piece), max_size=7).map(" ".join) | st.lists(
    st.one_of(_word, _piece), max_size=7
).map("".join)


def _with_words(written: str) -> str:
    """Each place of a word filled with the next word, apart from what is a word before and behind it."""
    parts = written.split(W)
    filled = [parts[0]]
    for number, part in enumerate(parts[1:]):
        word = SYLLABLES[number % len(SYLLABLES)]
        before = " " if filled[-1][-1:].isalnum() or filled[-1].endswith(";") else ""
        behind = " " if part[:1].isalnum() or not part or part[0] == "&" else ""
        filled += [before + word + behind, part]
    return "".join(filled)


texts = st.lists(st.one_of(_line, _line, st.just("")), max_size=9).map("\n".join).map(_with_words)
"""Bodies of Markdown, at most nine lines of them."""
