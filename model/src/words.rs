//! Words in messages, and words that are near to one another.

#[cfg(test)]
mod tests;

/// The one of `known` that `word` is a slip of, if one is near enough.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_within(word, known, &mut 0)
}

/// As [`nearest`]; adds to `spent` what it took, in steps.
pub fn nearest_within<'a>(
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
    spent: &mut usize,
) -> Option<&'a str> {
    /// No slip is longer than this.
    const LONGEST: usize = 64;
    if word.len() > LONGEST {
        return None;
    }
    let lower = word.to_lowercase();
    let length = lower.chars().count();
    let mut best: Option<(usize, &str)> = None;
    for candidate in known.into_iter().filter(|candidate| !candidate.is_empty()) {
        // One that is much longer is not near, and so its end is of no matter.
        let chars = candidate.chars().take(2 * LONGEST).count();
        *spent += 1 + chars;
        let allowed = (chars / 3).max(1);
        // Each edit makes up for one character of the difference in length.
        if chars.abs_diff(length) > allowed {
            continue;
        }
        *spent += length * chars;
        let distance = edits(&lower, &candidate.to_lowercase());
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// `; did you mean …?` for a `word` that is a slip of one of `known`; else nothing.
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, known).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default()
}

/// `a`, `b` and `c`, each in backquotes.
pub fn list_of<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> =
        words.into_iter().filter(|word| !word.is_empty()).map(quoted).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        Some((only, _)) => only.clone(),
        None => String::new(),
    }
}

/// `1 page`, `2 pages`: `count` with the plural of `noun` that takes an `s`.
///
/// ```
/// use pagesmith_model::words::counted;
/// assert_eq!([0, 1, 2].map(|count| counted(count, "page")), ["0 pages", "1 page", "2 pages"]);
/// ```
#[must_use]
pub fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// `text` in backquotes for a message, or in double quotes where it has backquotes itself; cut if
/// it is long.
#[must_use]
pub fn quoted(text: &str) -> String {
    let (short, dots) = match text.char_indices().nth(60) {
        Some((end, _)) => (text.get(..end).unwrap_or_default(), "…"),
        None => (text, ""),
    };
    let quote = if short.contains('`') { '"' } else { '`' };
    format!("{quote}{short}{dots}{quote}")
}

/// How many characters must be added, dropped or replaced to make `left` into `right`.
fn edits(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (index, ours) in left.chars().enumerate() {
        let mut diagonal = index;
        let mut before = index + 1;
        for (theirs, cell) in right.iter().zip(row.iter_mut().skip(1)) {
            let replaced = diagonal + usize::from(ours != *theirs);
            diagonal = *cell;
            before = replaced.min(before + 1).min(diagonal + 1);
            *cell = before;
        }
        if let Some(first) = row.first_mut() {
            *first = index + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

/// `mfa_devices` in the singular: `mfa_device`. The last word decides.
#[must_use]
pub fn singular(plural: &str) -> String {
    let word = plural.rsplit('_').next().unwrap_or_default();
    let of_word = |(plural, _): &&(&str, &str)| word == *plural;
    let by_ending = |(ending, _): &&(&str, &str)| plural.ends_with(ending);
    let rule = WORDS.iter().find(of_word).or_else(|| ENDINGS.iter().find(by_ending));
    match rule.and_then(|(ending, instead)| Some((plural.strip_suffix(ending)?, instead))) {
        Some((stem, instead)) if !stem.is_empty() || !instead.is_empty() => {
            format!("{stem}{instead}")
        }
        _ => plural.to_owned(),
    }
}

/// Words that no ending tells, in the plural and the singular.
const WORDS: [(&str, &str); 19] = [
    ("aliases", "alias"),
    ("analyses", "analysis"),
    ("axes", "axis"),
    ("buses", "bus"),
    ("caches", "cache"),
    ("cookies", "cookie"),
    ("indices", "index"),
    ("matrices", "matrix"),
    ("movies", "movie"),
    ("quizzes", "quiz"),
    ("statuses", "status"),
    ("vertices", "vertex"),
    // In the singular already, or no word at all.
    ("alias", "alias"),
    ("aws", "aws"),
    ("cors", "cors"),
    ("dns", "dns"),
    ("kms", "kms"),
    ("news", "news"),
    ("series", "series"),
];

/// Endings of the plural, the longest first, with what the singular has instead.
const ENDINGS: [(&str, &str); 9] = [
    ("sses", "ss"),
    ("shes", "sh"),
    ("ches", "ch"),
    ("xes", "x"),
    ("ies", "y"),
    ("ss", "ss"),
    ("us", "us"),
    ("is", "is"),
    ("s", ""),
];
