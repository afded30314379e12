//! Where lines break: Oppen's algorithm ("Prettyprinting", 1980) over one line of code at a time.
//!
//! A line is text with groups in it and places at which it may break. A group that does not fit on what is
//! left of a line breaks at all of its places, or only where it must, as it says. All of it is measured
//! before any is written, so that text is written once, in pieces as long as lines.

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
    /// Where measuring started, until it is measured; then how wide it is.
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
    /// The marks that are not measured yet, innermost last.
    waiting: Vec<usize>,
    /// How much wider than its text the line is to be taken.
    forced: usize,
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

    /// Closes a group that breaks where it is wider than `width`, whether it would fit or not.
    pub(super) fn close_within(&mut self, width: usize) {
        let mut depth = 1_usize;
        for index in self.waiting.iter().rev() {
            let Some(mark) = self.marks.get(*index) else { break };
            match mark.kind {
                Kind::Open(..) if depth == 1 => {
                    if self.total() - mark.width > width {
                        self.forced += TOO_WIDE;
                    }
                    break;
                }
                Kind::Open(..) => depth -= 1,
                Kind::Close => depth += 1,
                Kind::Place(_) => {}
            }
        }
        self.close();
    }

    pub(super) fn place(&mut self, place: Place) {
        self.measure();
        self.mark(Kind::Place(place));
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

    fn total(&self) -> usize {
        self.text.len() + self.forced
    }

    fn mark(&mut self, kind: Kind) {
        self.waiting.push(self.marks.len());
        self.marks.push(Mark { kind, at: self.text.len(), width: self.total() });
    }

    /// Measures up to here the groups that are closed, and the last place of the one that is not.
    fn measure(&mut self) {
        let total = self.total();
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
        self.measure();
        indented(out, indent);
        let mut left = width_at(indent);
        let mut inner = within;
        let mut frames: Vec<Frame> = Vec::new();
        let mut seen = 0;
        let mut written = 0;
        for mark in &self.marks {
            left = left.saturating_sub(mark.at - seen);
            seen = mark.at;
            match mark.kind {
                Kind::Open(breaks, offset) if mark.width > left => {
                    frames.push(Frame::Broken(inner, breaks));
                    inner = inner.saturating_add_signed(offset);
                }
                Kind::Open(..) => frames.push(Frame::Whole),
                Kind::Close => {
                    if let Some(Frame::Broken(before, _)) = frames.pop() {
                        inner = before;
                    }
                }
                Kind::Place(place) if fits(place, mark.width, left, frames.last()) => {
                    if let Some(instead) = place.instead {
                        out.push_str(self.text.get(written..seen).unwrap_or_default());
                        out.push(instead);
                        written = seen;
                        left = left.saturating_sub(1);
                    }
                }
                Kind::Place(place) => {
                    out.push_str(self.text.get(written..seen).unwrap_or_default());
                    out.extend(place.before);
                    out.push('\n');
                    let indent = inner.saturating_add_signed(place.offset);
                    indented(out, indent);
                    left = width_at(indent);
                    if let Some(after) = place.after {
                        out.push(after);
                        left = left.saturating_sub(1);
                    }
                    seen += usize::from(place.blank);
                    written = seen;
                }
            }
        }
        out.push_str(self.text.get(written..).unwrap_or_default());
        out.push('\n');
        self.text.clear();
        self.marks.clear();
        self.waiting.clear();
        self.forced = 0;
    }
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
    let mut left = indent;
    while left > 0 {
        let some = left.min(BLANKS.len());
        out.push_str(BLANKS.get(..some).unwrap_or_default());
        left -= some;
    }
}
