//! Decoding of responses, written by hand.

use job::{Problem, Seen};
use quick_xml::Reader;
use quick_xml::events::Event;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// A row with owned fields, as most programs would store it.
#[derive(Default)]
struct Row {
    user_name: String,
    serial_number: String,
    enable_date: Option<OffsetDateTime>,
}

/// Decodes the rows of a listing.
#[inline(never)]
pub(crate) fn rows(body: &[u8]) -> Result<Seen, Problem> {
    let rows = decode(std::str::from_utf8(body)?)?;
    let mut seen = Seen::default();
    for row in &rows {
        let enabled = row.enable_date.ok_or("a row has no EnableDate")?.unix_timestamp();
        seen.row(&row.user_name, &row.serial_number, enabled);
    }
    Ok(seen)
}

fn decode(body: &str) -> Result<Vec<Row>, Problem> {
    let mut reader = Reader::from_str(body);
    let (mut rows, mut row, mut text) = (Vec::new(), Row::default(), String::new());
    loop {
        match reader.read_event()? {
            Event::Start(_) => text.clear(),
            Event::Text(part) => text.push_str(&part.xml10_content()),
            Event::End(end) => match end.local_name().into_inner() {
                "UserName" => row.user_name.clone_from(&text),
                "SerialNumber" => row.serial_number.clone_from(&text),
                "EnableDate" => {
                    row.enable_date = Some(OffsetDateTime::parse(text.trim(), &Rfc3339)?);
                }
                "member" => rows.push(std::mem::take(&mut row)),
                _ => {}
            },
            Event::Eof => return Ok(rows),
            _ => {}
        }
    }
}
