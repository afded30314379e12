//! Responses of proxies and load balancers instead of the service: pages of each status, and redirects.

use super::server::Step;
use super::server::Step::{Execute, ReadRequest, Write};
use super::{Fault, gateway};
use crate::echoes::{CODES, SECRET_KEY, TOKEN};
use crate::support::canned::response;

fn page(status: u16) -> Vec<Step> {
    let page = format!(
        "<html><head><title>{status}</title></head><body>{SECRET_KEY} {TOKEN} {}</body></html>",
        CODES.join(" ")
    );
    vec![ReadRequest, Write(response(status, &[("Content-Type", "text/html")], &page))]
}

pub(super) fn faults() -> Vec<Fault> {
    let mut all = Vec::new();
    for status in [400, 401, 403, 404, 405, 407, 408, 411, 413, 414, 417, 421, 431, 451, 501, 505] {
        all.push(Fault::last(format!("a page of {status}"), page(status), gateway(status)));
    }
    // Too many requests: the call was not carried out, whether the service or a proxy responds.
    all.push(Fault::lost("a page of 429", page(429), gateway(429)));
    for status in [500, 502, 503, 504] {
        all.push(Fault::lost(format!("a page of {status}"), page(status), gateway(status)));
        // The service may have carried the call out before the gateway responded.
        let done = vec![ReadRequest, Execute, Write(response(status, &[], "upstream failed"))];
        all.push(Fault::lost(format!("{status} after it was carried out"), done, gateway(status)));
    }
    for status in [300, 301, 302, 303, 304, 305, 307, 308] {
        for (target, url) in [
            ("to another server", "http://127.0.0.1:9/".to_owned()),
            ("to a secret", format!("https://example.com/?k={}&c={}", CODES[0], CODES[1])),
        ] {
            let moved = Write(response(status, &[("Location", &url)], ""));
            let name = format!("{status} {target}");
            all.push(Fault::last(name, [ReadRequest, moved], gateway(status)));
        }
    }
    all.push(Fault::last(
        "302 without a location",
        [ReadRequest, Write(response(302, &[], ""))],
        gateway(302),
    ));
    all
}
