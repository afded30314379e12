//! The keys of the published format for which the types that are read have no field, by the kind of object. Any other key
//! is an error.

use super::rules::UNKNOWN_KEY;
use crate::json::Reader;

/// The keys of one kind of object, separated by spaces.
#[derive(Debug)]
pub struct Vocabulary {
    /// The object's name in messages.
    object: &'static str,
    /// Validation and hints: no request or response depends on them.
    ignored: &'static str,
}

impl Vocabulary {
    /// Whether no request or response depends on `key`.
    #[must_use]
    pub fn is_ignored(&self, key: &str) -> bool {
        self.ignored.split_ascii_whitespace().any(|known| known == key)
    }

    /// Takes `keys` of the object at `path`, and reports those that repeat or are unknown.
    pub(super) fn check(&self, keys: &mut Vec<String>, path: &[&str], reader: &mut Reader<'_>) {
        let keys = std::mem::take(keys);
        reader.check_repeated(keys.iter().map(String::as_str), path);
        for key in keys.iter().filter(|key| !self.is_ignored(key)) {
            let message = format!("unknown key `{key}` in {}", self.object);
            reader.error(&UNKNOWN_KEY, &[path, &[key]].concat(), message);
        }
    }
}

/// The whole file.
pub const SERVICE: Vocabulary = Vocabulary {
    object: "the service",
    ignored: "documentation examples deprecated deprecatedMessage clientContextParams",
};

/// `metadata`.
pub const METADATA: Vocabulary = Vocabulary {
    object: "the metadata",
    ignored: "uid serviceAbbreviation ripServiceName timestampFormat protocolSettings checksumFormat",
};

/// An operation.
pub const OPERATION: Vocabulary = Vocabulary {
    object: "an operation",
    ignored: "documentationUrl examples alias idempotent readonly deprecated deprecatedMessage \
              deprecatedSince endpointdiscovery endpointoperation",
};

/// `http` of an operation.
pub const HTTP: Vocabulary = Vocabulary { object: "an operation's http", ignored: "responseCode" };

/// `endpoint` of an operation.
pub const ENDPOINT: Vocabulary = Vocabulary { object: "an operation's endpoint", ignored: "" };

/// `input` and `output` of an operation.
pub const MESSAGE: Vocabulary =
    Vocabulary { object: "an operation's input or output", ignored: "documentation wrapper" };

/// An item of an operation's `errors`.
pub const ERROR_REF: Vocabulary =
    Vocabulary { object: "an operation's error", ignored: "documentation exception fault" };

/// `error` of a structure.
pub const ERROR: Vocabulary = Vocabulary { object: "an error", ignored: "fault" };

/// A shape. The order of XML elements (`xmlOrder`) does not matter where they are read and written by name.
pub const SHAPE: Vocabulary = Vocabulary {
    object: "a shape",
    ignored: "documentationUrl examples min max pattern box fault synthetic wrapper xmlOrder \
              requiresLength deprecated deprecatedMessage deprecatedSince",
};

/// A use of a shape.
pub const MEMBER: Vocabulary = Vocabulary {
    object: "a member",
    ignored: "documentationUrl examples min max pattern enum box wrapper deprecated \
              deprecatedMessage deprecatedSince endpointdiscoveryid",
};

/// The whole paginators file.
pub const PAGINATORS: Vocabulary = Vocabulary { object: "the paginators", ignored: "version" };

/// A paginator.
pub const PAGINATOR: Vocabulary =
    Vocabulary { object: "a paginator", ignored: "non_aggregate_keys py_input_token" };

/// The whole waiters file.
pub const WAITERS: Vocabulary = Vocabulary { object: "the waiters", ignored: "version" };

/// A waiter.
pub const WAITER: Vocabulary = Vocabulary { object: "a waiter", ignored: "description" };

/// An acceptor of a waiter.
pub const ACCEPTOR: Vocabulary = Vocabulary { object: "an acceptor of a waiter", ignored: "" };
