//! The keys of the published format, by the object that they stand in. A key that is in no list is an error.

/// The keys of one kind of object.
pub(super) struct Vocabulary {
    /// What messages call the object.
    pub(super) what: &'static str,
    /// Read into the model.
    pub(super) read: &'static [&'static str],
    /// They change how a value travels, in protocols or ways that the model has no field for.
    pub(super) unsupported: &'static [&'static str],
    /// Prose, validation and hints: no part of a message depends on them. An import strips them.
    pub(super) ignored: &'static [&'static str],
}

impl Vocabulary {
    /// Every key of this kind of object.
    pub(super) fn all(&self) -> impl Iterator<Item = &'static str> {
        [self.read, self.unsupported, self.ignored].into_iter().flatten().copied()
    }
}

/// The whole file.
pub(super) const SERVICE: Vocabulary = Vocabulary {
    what: "the service",
    read: &["version", "metadata", "operations", "shapes"],
    unsupported: &[],
    ignored: &[
        "documentation",
        "examples",
        "deprecated",
        "deprecatedMessage",
        "clientContextParams",
    ],
};

/// `metadata`. What has no field here belongs to other protocols; an import keeps all of it.
pub(super) const METADATA: Vocabulary = Vocabulary {
    what: "the metadata",
    read: &[
        "apiVersion",
        "endpointPrefix",
        "globalEndpoint",
        "protocol",
        "protocols",
        "serviceId",
        "serviceFullName",
        "signingName",
        "signatureVersion",
        "xmlNamespace",
    ],
    unsupported: &[
        "jsonVersion",
        "targetPrefix",
        "protocolSettings",
        "checksumFormat",
        "awsQueryCompatible",
    ],
    ignored: &["auth", "uid", "serviceAbbreviation", "ripServiceName", "timestampFormat"],
};

/// An operation.
pub(super) const OPERATION: Vocabulary = Vocabulary {
    what: "an operation",
    read: &["name", "http", "input", "output", "errors", "authtype", "auth", "endpoint"],
    unsupported: &[
        "httpChecksum",
        "httpChecksumRequired",
        "unsignedPayload",
        "endpointdiscovery",
        "endpointoperation",
        "staticContextParams",
        "operationContextParams",
    ],
    ignored: &[
        "documentation",
        "documentationUrl",
        "examples",
        "alias",
        "idempotent",
        "readonly",
        "deprecated",
        "deprecatedMessage",
        "deprecatedSince",
        // Compression is the client's choice; a service takes the plain body as well.
        "requestcompression",
    ],
};

/// `http` of an operation.
pub(super) const HTTP: Vocabulary = Vocabulary {
    what: "an operation's http",
    read: &["method", "requestUri"],
    unsupported: &[],
    ignored: &["responseCode"],
};

/// `endpoint` of an operation.
pub(super) const ENDPOINT: Vocabulary = Vocabulary {
    what: "an operation's endpoint",
    read: &["hostPrefix"],
    unsupported: &[],
    ignored: &[],
};

/// `input` and `output` of an operation.
pub(super) const MESSAGE: Vocabulary = Vocabulary {
    what: "an operation's input or output",
    read: &["shape", "resultWrapper"],
    unsupported: &["locationName", "payload"],
    // The protocols that are modelled send no XML, and read answers whatever their namespaces.
    ignored: &["documentation", "wrapper", "xmlNamespace"],
};

/// An entry of an operation's `errors`.
pub(super) const ERROR_REF: Vocabulary = Vocabulary {
    what: "an operation's error",
    read: &["shape", "error"],
    unsupported: &[],
    ignored: &["documentation", "exception", "fault"],
};

/// `error` of a structure.
pub(super) const ERROR: Vocabulary = Vocabulary {
    what: "an error",
    read: &["code", "httpStatusCode", "senderFault"],
    unsupported: &[],
    ignored: &["fault"],
};

/// A shape.
pub(super) const SHAPE: Vocabulary = Vocabulary {
    what: "a shape",
    read: &[
        "type",
        "members",
        "required",
        "member",
        "key",
        "value",
        "enum",
        "flattened",
        "locationName",
        "timestampFormat",
        "sensitive",
        "error",
        "exception",
        "union",
    ],
    unsupported: &[
        "payload",
        "streaming",
        "requiresLength",
        "document",
        "sparse",
        "event",
        "eventstream",
        "jsonvalue",
        "xmlAttribute",
        "queryName",
    ],
    ignored: &[
        "documentation",
        "documentationUrl",
        "examples",
        "min",
        "max",
        "pattern",
        "box",
        "fault",
        "retryable",
        "synthetic",
        "wrapper",
        "xmlNamespace",
        // Whoever reads or writes by name needs no order.
        "xmlOrder",
        "deprecated",
        "deprecatedMessage",
        "deprecatedSince",
    ],
};

/// A use of a shape.
pub(super) const MEMBER: Vocabulary = Vocabulary {
    what: "a member",
    read: &[
        "shape",
        "locationName",
        "queryName",
        "flattened",
        "timestampFormat",
        "xmlAttribute",
        "idempotencyToken",
        "hostLabel",
        "sensitive",
    ],
    unsupported: &[
        "location",
        "streaming",
        "jsonvalue",
        "event",
        "eventheader",
        "eventpayload",
        "eventstream",
        "contextParam",
        "endpointdiscoveryid",
        "document",
    ],
    ignored: &[
        "documentation",
        "documentationUrl",
        "examples",
        "min",
        "max",
        "pattern",
        "enum",
        "box",
        "wrapper",
        "xmlNamespace",
        "deprecated",
        "deprecatedMessage",
        "deprecatedSince",
    ],
};

/// The whole paginators file.
pub(super) const PAGINATORS: Vocabulary = Vocabulary {
    what: "the paginators",
    read: &["pagination"],
    unsupported: &[],
    ignored: &["version"],
};

/// A paginator.
pub(super) const PAGINATOR: Vocabulary = Vocabulary {
    what: "a paginator",
    read: &["input_token", "output_token", "more_results", "limit_key", "result_key"],
    unsupported: &[],
    ignored: &["non_aggregate_keys", "py_input_token"],
};
