//! Where lines break: Oppen's algorithm ("Prettyprinting", 1980) over one line of code at a time.
//!
//! A line is text with groups in it and places at which it may break. A group that does not fit on what is
//! left of a line breaks at all of its places, or only where it must, as it says. All of it is there before
//! any is written, so that most lines, which fit, are only copied, and the others in pieces as long as lines.

/// How wide a line gets, where it can be broken.
const WIDTH: usize = 89;
/// A deep line still gets this much.
const LEAST_WIDTH: usize = 60;
/// Wider than any line.
const TOO_WIDE: usize = 0xffff;
/// Blanks, to take an indent from.
const BLANKS: &str = "                                                                ";

/// Where a group that does not fit breaks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Breaks {
    /// At all of its places.
    All,
    /// Where it must.
    Needed,
}

/// A place at which a line may break.
#[derive(Clone, Copy, Default)]
pub(super) struct Place {
    /// Whether there is a blank where it does not.
    pub(super) blank: bool,
    /// Indents what follows by so much more or less than its group.
    pub(super) offset: isize,
    /// What is written before the line ends.
    pub(super) before: Option<char>,
    /// What is written instead where it does not end.
    pub(super) instead: Option<char>,
    /// What is written at the start of the next.
    pub(super) after: Option<char>,
    /// It never breaks, and only ends what is measured before it.
    pub(super) never: bool,
}

#[derive(Clone, Copy)]
enum Kind {
    Open(Breaks, isize),
    Close,
    Place(Place),
}

#[derive(Clone, Copy)]
struct Mark {
    kind: Kind,
    /// In the text.
    at: usize,
    /// How much came before it, until it is measured; then how wide it is.
    width: usize,
}

/// Whether a group that is being written is broken, and then how far it is indented.
#[derive(Clone, Copy)]
enum Frame {
    Whole,
    Broken(usize, Breaks),
}

/// One line, as long as it may be.
#[derive(Default)]
pub(super) struct Layout {
    /// All of it, as if it did not break.
    text: String,
    marks: Vec<Mark>,
    /// How much wider than its text the line is to be taken.
    forced: usize,
    /// Whether anything is written that is not in the text where the line does not break.
    has_instead: bool,
    /// Of the line that is being measured: the marks that are not yet, innermost last.
    waiting: Vec<usize>,
    /// Of the line that is being written: the groups that are open, innermost last.
    frames: Vec<Frame>,
}

impl Layout {
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// All of it, on one line.
    pub(super) fn whole(&self) -> &str {
        &self.text
    }

    /// Whether a blank is not wanted here: there is one, or the line starts or may break.
    pub(super) fn is_at_blank(&self) -> bool {
        let is_place =
            |mark: &Mark| matches!(mark.kind, Kind::Place(_)) && mark.at == self.text.len();
        self.text.is_empty() || self.text.ends_with(' ') || self.marks.last().is_some_and(is_place)
    }

    pub(super) fn text(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub(super) fn push(&mut self, character: char) {
        self.text.push(character);
    }

    /// Opens a group, within which lines are indented by `offset` more.
    pub(super) fn open(&mut self, breaks: Breaks, offset: isize) {
        self.mark(Kind::Open(breaks, offset));
    }

    pub(super) fn close(&mut self) {
        self.mark(Kind::Close);
    }

    /// How wide the line is so far.
    pub(super) fn total(&self) -> usize {
        self.text.len() + self.forced
    }

    /// Closes a group that started at the width `start`, and that breaks where it is wider than `width`,
    /// whether it would fit or not.
    pub(super) fn close_within(&mut self, start: usize, width: usize) {
        if self.total() - start > width {
            self.forced += TOO_WIDE;
        }
        self.close();
    }

    pub(super) fn place(&mut self, place: Place) {
        self.mark(Kind::Place(place));
        self.has_instead |= place.instead.is_some();
        if place.blank {
            self.text.push(' ');
        }
    }

    /// A place without a blank.
    pub(super) fn nothing(&mut self) {
        self.place(Place::default());
    }

    /// A place with a blank.
    pub(super) fn blank(&mut self) {
        self.place(Place { blank: true, ..Place::default() });
    }

    /// The end of what is measured before it.
    pub(super) fn never(&mut self) {
        self.place(Place { never: true, ..Place::default() });
    }

    /// After one of several with commas between them.
    pub(super) fn comma(&mut self, is_last: bool, offset: isize) {
        if is_last {
            self.place(Place { before: Some(','), offset, ..Place::default() });
        } else {
            self.text.push(',');
            self.blank();
        }
    }

    fn mark(&mut self, kind: Kind) {
        self.marks.push(Mark { kind, at: self.text.len(), width: self.text.len() + self.forced });
    }

    /// Measures all marks: a place up to the next one of its group or after it, and a group, with what
    /// follows it, up to the next place.
    fn measure(&mut self) {
        self.waiting.clear();
        for index in 0..self.marks.len() {
            let Some(Mark { kind, width, .. }) = self.marks.get(index).copied() else { return };
            if matches!(kind, Kind::Place(_)) {
                self.measure_waiting(width);
            }
            self.waiting.push(index);
        }
        self.measure_waiting(self.total());
    }

    /// Measures up to the width `total` the groups that are closed, and the last place of the one that is not.
    fn measure_waiting(&mut self, total: usize) {
        let mut depth = 0_usize;
        while let Some(mark) = self.waiting.last().and_then(|index| self.marks.get_mut(*index)) {
            match mark.kind {
                Kind::Open(..) if depth == 0 => return,
                Kind::Open(..) => depth -= 1,
                Kind::Close => depth += 1,
                Kind::Place(_) => {}
            }
            mark.width = total - mark.width;
            self.waiting.pop();
            if depth == 0 && matches!(mark.kind, Kind::Place(_)) {
                return;
            }
        }
    }

    /// Writes the line, whose own indent is `indent` and that of what is broken off it `within`, and
    /// starts a new one.
    pub(super) fn write(&mut self, out: &mut String, indent: usize, within: usize) {
        indented(out, indent);
        if self.total() <= width_at(indent) && !self.has_instead {
            out.push_str(&self.text);
        } else {
            self.measure();
            self.write_broken(out, indent, within);
        }
        out.push('\n');
        self.text.clear();
        self.marks.clear();
        self.forced = 0;
        self.has_instead = false;
    }

    fn write_broken(&mut self, out: &mut String, indent: usize, within: usize) {
        self.frames.clear();
        let mut left = width_at(indent);
        let mut inner = within;
        let mut seen = 0;
        let mut written = 0;
        for mark in &self.marks {
            left = left.saturating_sub(mark.at - seen);
            seen = mark.at;
            match mark.kind {
                Kind::Open(breaks, offset) if mark.width > left => {
                    self.frames.push(Frame::Broken(inner, breaks));
                    inner = inner.saturating_add_signed(offset);
                }
                Kind::Open(..) => self.frames.push(Frame::Whole),
                Kind::Close => {
                    if let Some(Frame::Broken(before, _)) = self.frames.pop() {
                        inner = before;
                    }
                }
                Kind::Place(place) if fits(place, mark.width, left, self.frames.last()) => {
                    if let Some(instead) = place.instead {
                        out.push_str(self.text.get(written..seen).unwrap_or_default());
                        out.push(instead);
                        written = seen;
                        left = left.saturating_sub(1);
                    }
                }
                Kind::Place(place) => {
                    out.push_str(self.text.get(written..seen).unwrap_or_default());
                    let indent = inner.saturating_add_signed(place.offset);
                    broken(out, place, indent);
                    left = width_at(indent).saturating_sub(usize::from(place.after.is_some()));
                    seen += usize::from(place.blank);
                    written = seen;
                }
            }
        }
        out.push_str(self.text.get(written..).unwrap_or_default());
    }
}

/// Ends a line at `place` and starts the next.
fn broken(out: &mut String, place: Place, indent: usize) {
    out.extend(place.before);
    out.push('\n');
    indented(out, indent);
    out.extend(place.after);
}

fn fits(place: Place, width: usize, left: usize, frame: Option<&Frame>) -> bool {
    place.never
        || match frame {
            Some(Frame::Whole) => true,
            Some(Frame::Broken(_, Breaks::All)) => false,
            Some(Frame::Broken(_, Breaks::Needed)) | None => width <= left,
        }
}

fn width_at(indent: usize) -> usize {
    WIDTH.saturating_sub(indent).max(LEAST_WIDTH)
}

pub(super) fn indented(out: &mut String, indent: usize) {
    if let Some(blanks) = BLANKS.get(..indent) {
        out.push_str(blanks);
    } else {
        out.extend(std::iter::repeat_n(' ', indent));
    }
}
