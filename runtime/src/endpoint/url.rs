//! URLs of endpoints: a scheme, a host with or without a port, and a path.

use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};

/// A URL in which every part has only characters that are allowed there. It has no user, no query and no fragment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Url<'v>(&'v str);

impl<'v> Url<'v> {
    pub(crate) fn parse(text: &'v str) -> Option<Self> {
        let url = Self(text);
        let (_, authority, path) = url.split()?;
        (is_authority(authority) && is_path(path)).then_some(url)
    }

    pub(crate) fn scheme(self) -> Option<&'static str> {
        self.split().map(|(scheme, _, _)| scheme)
    }

    /// The host, and the port if there is one.
    pub(crate) fn authority(self) -> Option<&'v str> {
        self.split().map(|(_, authority, _)| authority)
    }

    /// Empty, or starts with `/`.
    pub(crate) fn path(self) -> Option<&'v str> {
        self.split().map(|(_, _, path)| path)
    }

    /// The path, with `/` at its start and its end.
    pub(crate) fn normalized_path(self) -> Option<Cow<'v, str>> {
        self.path().map(|path| match path {
            "" => Cow::Borrowed("/"),
            _ if path.ends_with('/') => Cow::Borrowed(path),
            _ => Cow::Owned(format!("{path}/")),
        })
    }

    /// Whether the host is an IP address.
    pub(crate) fn is_ip(self) -> Option<bool> {
        let authority = self.authority()?;
        let host = authority.split_once(':').map_or(authority, |(host, _)| host);
        Some(authority.starts_with('[') || host.parse::<Ipv4Addr>().is_ok())
    }

    fn split(self) -> Option<(&'static str, &'v str, &'v str)> {
        let (scheme, rest) = self.0.split_once("://")?;
        let scheme =
            ["https", "http"].into_iter().find(|known| known.eq_ignore_ascii_case(scheme))?;
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        Some((scheme, authority, path))
    }
}

fn is_authority(text: &str) -> bool {
    let (host, port) = match text.strip_prefix('[') {
        Some(rest) => {
            let Some((address, port)) = rest.split_once(']') else { return false };
            (address.parse::<Ipv6Addr>().is_ok(), port)
        }
        None => {
            let (host, port) = text.split_at(text.find(':').unwrap_or(text.len()));
            (is_host(host), port)
        }
    };
    host && (port.is_empty()
        || port.strip_prefix(':').is_some_and(|port| {
            port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok()
        }))
}

/// Whether `text` is a host name. As in the hosts of most HTTP clients, labels may have underscores.
fn is_host(text: &str) -> bool {
    text.len() <= 253
        && text.strip_suffix('.').unwrap_or(text).split('.').all(|label| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && has_only_host_characters(label)
        })
}

/// Whether `text` cannot end a host name, or start another part of a URL.
pub(crate) fn has_only_host_characters(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'))
}

/// Whether `text` is a path that an HTTP client sends as it is.
fn is_path(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=:@/".contains(&byte);
    // Clients remove these segments, and with them the segments before.
    let is_dots = |segment: &str| {
        let dots = [".", "..", "%2e", ".%2e", "%2e.", "%2e%2e"];
        dots.iter().any(|dots| dots.eq_ignore_ascii_case(segment))
    };
    text.bytes().all(allowed) && !text.split('/').any(is_dots)
}

#[cfg(test)]
mod tests;
