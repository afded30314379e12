//! How requests are authenticated.

use super::{Metadata, Operation};

/// How a request is authenticated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthScheme {
    /// Signature Version 4.
    SigV4,
    /// Signature Version 4 as Amazon S3 has it.
    S3,
    /// A bearer token.
    Bearer,
    /// Not at all.
    NoAuth,
}

/// The names in the credential scope of services whose requests are signed as S3's, which are botocore's.
const SIGNED_AS_S3: [&str; 4] = ["s3", "s3-outposts", "s3-object-lambda", "s3express"];

impl Metadata {
    /// How requests can be authenticated, the preferred scheme first, without the schemes that are not supported: Signature Version
    /// 4A, and the versions before 4.
    #[must_use]
    pub fn auth_schemes(&self) -> Vec<AuthScheme> {
        let signed = || {
            let is_s3 = SIGNED_AS_S3.contains(&self.signing_name());
            if is_s3 { AuthScheme::S3 } else { AuthScheme::SigV4 }
        };
        if self.auth.is_empty() {
            return match self.signature_version.as_deref().unwrap_or("v4") {
                "v4" | "s3" | "s3v4" => vec![signed()],
                "bearer" => vec![AuthScheme::Bearer],
                _ => Vec::new(),
            };
        }
        let schemes = self.auth.iter().filter_map(|name| match name.as_str() {
            "aws.auth#sigv4" => Some(signed()),
            "smithy.api#httpBearerAuth" => Some(AuthScheme::Bearer),
            "smithy.api#noAuth" => Some(AuthScheme::NoAuth),
            _ => None,
        });
        schemes.collect()
    }
}

impl Operation {
    /// How it is authenticated, if it differs from its service.
    #[must_use]
    pub fn auth_scheme(&self) -> Option<AuthScheme> {
        if self.is_unsigned() {
            Some(AuthScheme::NoAuth)
        } else if self.authtype.as_deref() == Some("bearer")
            || self.auth.first().is_some_and(|name| name == "smithy.api#httpBearerAuth")
        {
            Some(AuthScheme::Bearer)
        } else {
            None
        }
    }
}
