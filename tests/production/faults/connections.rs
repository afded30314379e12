//! Connections that close or stall at each stage of a request and its response.

use pagesmith::ErrorKind;

use super::server::Step::{Execute, Read, ReadHead, ReadRequest, Reset, Stall, Write};
use super::server::{Step, document};
use super::{Fault, Outcome, transport};
use crate::support::canned::response;

pub(super) fn faults() -> Vec<Fault> {
    let mut all = Vec::new();
    for (stage, steps, status) in stages() {
        let with = |last: Option<Step>| steps.iter().cloned().chain(last).collect::<Vec<_>>();
        let timeout = Outcome::Error(ErrorKind::Timeout, None, None);
        all.push(Fault::lost(format!("closed {stage}"), with(None), transport(status)));
        all.push(Fault::lost(format!("reset {stage}"), with(Some(Reset)), transport(status)));
        all.push(Fault::lost(format!("stalled {stage}"), with(Some(Stall)), timeout));
    }
    all
}

/// The stages, each with the steps before it and the status that the client knows.
fn stages() -> Vec<(&'static str, Vec<Step>, Option<u16>)> {
    // Any document; it is never sent completely.
    let complete = response(200, &[], &document(true));
    let cut = |length: usize| Write(complete[..length].to_vec());
    let head = complete.windows(4).position(|four| four == b"\r\n\r\n").unwrap() + 4;
    vec![
        ("before anything was read", vec![], None),
        ("within the request's head", vec![Read(40)], None),
        ("after the request's head", vec![ReadHead], None),
        ("before it was carried out", vec![ReadRequest], None),
        ("after it was carried out", vec![ReadRequest, Execute], None),
        ("within the status line", vec![ReadRequest, Execute, cut(12)], None),
        ("within the response's head", vec![ReadRequest, Execute, cut(head - 6)], None),
        ("after the response's head", vec![ReadRequest, Execute, cut(head)], Some(200)),
        ("within the body", vec![ReadRequest, Execute, cut(head + 30)], Some(200)),
        ("before the last byte", vec![ReadRequest, Execute, cut(complete.len() - 1)], Some(200)),
    ]
}
