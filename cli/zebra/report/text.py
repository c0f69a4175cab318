"""Texts of a pool, made fit to be looked at: what is not seen is spelt out, what is long is cut."""

import re

from markupsafe import Markup, escape

# Most characters shown of a prompt or a response, and of a name.
TEXT_CHARACTERS = 2_000
NAME_CHARACTERS = 80

# What moves or turns text, or is no sign at all. Line feeds, tabs and joiners (which emoji and some
# scripts are spelt with) stay.
_UNSEEN = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f"
    "]"
)


def _escape_of(found):
    code = ord(found[0])
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"


def visible(text):
    """The text with control and bidirectional characters as escapes such as \\u202E."""
    return _UNSEEN.sub(_escape_of, text.replace("\r\n", "\n"))


def marked(text):
    """The same as HTML, in which such escapes stand out from what the text has itself."""
    text = text.replace("\r\n", "\n")
    parts, end = [], 0
    for found in _UNSEEN.finditer(text):
        parts += [escape(text[end : found.start()])]
        parts += [Markup('<span class="unseen">{}</span>').format(_escape_of(found))]
        end = found.end()
    return Markup("").join([*parts, escape(text[end:])])


def cut(text, most=TEXT_CHARACTERS):
    """The first `most` characters, and how many are left out."""
    return text[:most], max(0, len(text) - most)


class Names:
    """How each name is shown: escapes visible, in one line, not too long, no two alike."""

    def __init__(self):
        self._shown = {}
        self._taken = set()

    def long(self, text):
        """A text of one line that is no name, such as a source."""
        kept, left_out = cut(" ".join(visible(text).split()), 300)
        return kept + ("…" if left_out else "")

    def shown(self, name):
        if name not in self._shown:
            text = " ".join(visible(name).split()) or "(blank)"
            if len(text) > NAME_CHARACTERS:
                text = text[: NAME_CHARACTERS - 1] + "…"
            unique, number = text, 1
            while unique in self._taken:
                number += 1
                unique = f"{text} ({number})"
            self._taken.add(unique)
            self._shown[name] = unique
        return self._shown[name]
