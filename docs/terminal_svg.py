"""Runs a command in a terminal of its own, and prints an SVG of what it shows.

usage: terminal_svg.py --first N --last N COMMAND ARGUMENT...

Shows the first and the last N lines. The SVG depends on the command's output only: it has no time and no path.
"""

import argparse
import errno
import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from xml.sax.saxutils import escape

COLUMNS = 112
ROWS = 60
FONT_SIZE = 13
CHARACTER = 7.83
LINE = 18
MARGIN = 18
TITLE = 34

BACKGROUND = "#161b22"
BORDER = "#57606a"
TEXT = "#e6edf3"
# The 8 colours of a terminal, and their bright forms. All are readable on the background.
COLOURS = ["#8b949e", "#ff7b72", "#7ee787", "#e3b341", "#79c0ff", "#d2a8ff", "#76e3ea", "#e6edf3"]

SEQUENCE = re.compile(r"\x1b\[([0-9;?]*)([A-Za-z])")


def run(command):
    """What `command` writes to a terminal, as text with escape sequences."""
    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    environment = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "CI")}
    environment.update(TERM="xterm-256color", LC_ALL="C.UTF-8", COLUMNS=str(COLUMNS))
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=child, stderr=child, env=environment)
    os.close(child)
    output = b""
    while True:
        try:
            part = os.read(parent, 65536)
        except OSError as error:
            # Linux reports the end of a terminal as an error.
            if error.errno != errno.EIO:
                raise
            break
        if not part:
            break
        output += part
    os.close(parent)
    process.wait()
    return output.decode("utf-8").replace("\r\n", "\n")


def styled(line, style):
    """The pieces of a line, each a style and a text, and the style at its end."""
    pieces, at = [], 0
    for found in SEQUENCE.finditer(line):
        pieces.append((style, line[at : found.start()]))
        at = found.end()
        if found[2] == "m":
            style = changed(style, found[1])
    pieces.append((style, line[at:]))
    return [(style, text) for style, text in pieces if text], style


def changed(style, codes):
    """`style`, a colour and whether it is bold, after a sequence that sets attributes."""
    colour, bold = style
    codes = [int(code or 0) for code in codes.split(";")]
    while codes:
        code = codes.pop(0)
        if code == 0:
            colour, bold = TEXT, False
        elif code == 1:
            bold = True
        elif code == 22:
            bold = False
        elif code == 39:
            colour = TEXT
        elif 30 <= code <= 37:
            colour = COLOURS[code - 30]
        elif 90 <= code <= 97:
            colour = COLOURS[code - 90]
        elif code == 38 and codes[:1] == [5]:
            colour = COLOURS[codes[1] % 8]
            codes = codes[2:]
    return colour, bold


def cut(pieces):
    """The pieces that fit into the terminal; a longer line ends with an ellipsis."""
    if sum(len(text) for _, text in pieces) <= COLUMNS:
        return pieces
    fitting, room = [], COLUMNS - 1
    for style, text in pieces:
        fitting.append((style, text[:room]))
        room -= len(fitting[-1][1])
        if room == 0:
            return [*fitting, (style, "…")]
    return fitting


def drawing(command, lines):
    """The SVG."""
    height = TITLE + len(lines) * LINE + MARGIN
    width = round(COLUMNS * CHARACTER + 2 * MARGIN)
    title = escape(command)
    svg = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-labelledby="title">',
        f'<title id="title">A terminal with the output of: {title}</title>',
        f'<rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="8" fill="{BACKGROUND}" stroke="{BORDER}"/>',
    ]
    for at, colour in enumerate(["#ff5f57", "#febc2e", "#28c840"]):
        svg.append(f'<circle cx="{MARGIN + 4 + at * 18}" cy="16" r="5" fill="{colour}"/>')
    svg.append(
        f"<g font-family=\"ui-monospace, 'DejaVu Sans Mono', 'Liberation Mono', Menlo, Consolas, monospace\" "
        f'font-size="{FONT_SIZE}" fill="{TEXT}">'
    )
    for at, pieces in enumerate(lines):
        spans = []
        for (colour, bold), text in pieces:
            attributes = f' fill="{colour}"' if colour != TEXT else ""
            attributes += ' font-weight="bold"' if bold else ""
            # Viewers collapse plain spaces.
            text = escape(text).replace(" ", "\u00a0")
            spans.append(f"<tspan{attributes}>{text}</tspan>" if attributes else text)
        if spans:
            y = TITLE + at * LINE + FONT_SIZE
            svg.append(f'<text x="{MARGIN}" y="{y}">{"".join(spans)}</text>')
    return "\n".join([*svg, "</g>", "</svg>", ""])


def main():
    arguments = argparse.ArgumentParser(usage=__doc__)
    arguments.add_argument("--first", type=int, required=True)
    arguments.add_argument("--last", type=int, required=True)
    arguments.add_argument("command", nargs=argparse.REMAINDER)
    options = arguments.parse_args()

    shown = " ".join([os.path.basename(options.command[0]), *options.command[1:]])
    style, lines = (TEXT, False), []
    for line in run(options.command).rstrip("\n").split("\n"):
        pieces, style = styled(line.split("\r")[-1], style)
        lines.append(cut(pieces))
    left_out = len(lines) - options.first - options.last
    if left_out > 1:
        note = [((COLOURS[0], False), f"[… {left_out} lines …]")]
        lines = [*lines[: options.first], note, *lines[len(lines) - options.last :]]
    prompt = [((COLOURS[2], False), "$ "), ((TEXT, True), shown)]
    sys.stdout.write(drawing(shown, [prompt, *lines]))


main()
