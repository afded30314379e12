//! The keys of the published format for which the types that are read have no field, by the kind of object. Any other key
//! is an error.

use super::rules::UNKNOWN_KEY;
use crate::json::Reader;

/// The keys of one kind of object, separated by spaces.
#[derive(Debug)]
pub struct Vocabulary {
    /// The object's name in messages.
    object: &'static str,
    /// They change how a value is encoded, in protocols or ways that are not supported.
    unsupported: &'static str,
    /// Validation and hints: no request or response depends on them.
    ignored: &'static str,
}

impl Vocabulary {
    /// Whether no request or response depends on `key`.
    #[must_use]
    pub fn is_ignored(&self, key: &str) -> bool {
        has(self.ignored, key)
    }

    /// Reports those of `keys`, of the object at `path`, that repeat or are unknown.
    pub(super) fn check(&self, keys: &[String], path: &[&str], reader: &mut Reader<'_>) {
        reader.check_repeated(keys.iter().map(String::as_str), path);
        for key in keys.iter().filter(|key| !self.is_ignored(key) && !has(self.unsupported, key)) {
            let message = format!("unknown key `{key}` in {}", self.object);
            reader.error(&UNKNOWN_KEY, &[path, &[key]].concat(), message);
        }
    }

    /// As [`Self::check`], and keeps only the unsupported keys.
    pub(super) fn filter(&self, keys: &mut Vec<String>, path: &[&str], reader: &mut Reader<'_>) {
        self.check(keys, path, reader);
        keys.retain(|key| has(self.unsupported, key));
    }
}

fn has(keys: &str, key: &str) -> bool {
    keys.split_ascii_whitespace().any(|known| known == key)
}

/// The whole file.
pub const SERVICE: Vocabulary = Vocabulary {
    object: "the service",
    unsupported: "",
    ignored: "documentation examples deprecated deprecatedMessage clientContextParams",
};

/// `metadata`. The unsupported keys belong to other protocols.
pub const METADATA: Vocabulary = Vocabulary {
    object: "the metadata",
    unsupported: "jsonVersion targetPrefix protocolSettings checksumFormat awsQueryCompatible",
    ignored: "auth uid serviceAbbreviation ripServiceName timestampFormat",
};

/// An operation. Compression (`requestcompression`) is optional: a service accepts the uncompressed body.
pub const OPERATION: Vocabulary = Vocabulary {
    object: "an operation",
    unsupported: "httpChecksum httpChecksumRequired unsignedPayload endpointdiscovery \
                  endpointoperation staticContextParams operationContextParams",
    ignored: "documentationUrl examples alias idempotent readonly deprecated deprecatedMessage \
              deprecatedSince requestcompression",
};

/// `http` of an operation.
pub const HTTP: Vocabulary =
    Vocabulary { object: "an operation's http", unsupported: "", ignored: "responseCode" };

/// `endpoint` of an operation.
pub const ENDPOINT: Vocabulary =
    Vocabulary { object: "an operation's endpoint", unsupported: "", ignored: "" };

/// `input` and `output` of an operation. The supported protocols send no XML, and responses are read in any XML namespace.
pub const MESSAGE: Vocabulary = Vocabulary {
    object: "an operation's input or output",
    unsupported: "locationName payload",
    ignored: "documentation wrapper xmlNamespace",
};

/// An item of an operation's `errors`.
pub const ERROR_REF: Vocabulary = Vocabulary {
    object: "an operation's error",
    unsupported: "",
    ignored: "documentation exception fault",
};

/// `error` of a structure.
pub const ERROR: Vocabulary = Vocabulary { object: "an error", unsupported: "", ignored: "fault" };

/// A shape. The order of XML elements (`xmlOrder`) does not matter where they are read and written by name.
pub const SHAPE: Vocabulary = Vocabulary {
    object: "a shape",
    unsupported: "payload streaming requiresLength document sparse event eventstream jsonvalue \
                  xmlAttribute queryName",
    ignored: "documentationUrl examples min max pattern box fault retryable synthetic wrapper \
              xmlNamespace xmlOrder deprecated deprecatedMessage deprecatedSince",
};

/// A use of a shape.
pub const MEMBER: Vocabulary = Vocabulary {
    object: "a member",
    unsupported: "location streaming jsonvalue event eventheader eventpayload eventstream \
                  contextParam endpointdiscoveryid document",
    ignored: "documentationUrl examples min max pattern enum box wrapper xmlNamespace deprecated \
              deprecatedMessage deprecatedSince",
};

/// The whole paginators file.
pub const PAGINATORS: Vocabulary =
    Vocabulary { object: "the paginators", unsupported: "", ignored: "version" };

/// A paginator.
pub const PAGINATOR: Vocabulary = Vocabulary {
    object: "a paginator",
    unsupported: "",
    ignored: "non_aggregate_keys py_input_token",
};
