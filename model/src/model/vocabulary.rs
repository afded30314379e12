//! The keys of the published format, by the object that they stand in. A key that is in no list is an error.

/// The keys of one kind of object.
pub(super) struct Vocabulary {
    /// What messages call the object.
    pub(super) what: &'static str,
    /// Read into the model.
    pub(super) read: &'static [&'static str],
    /// They change how a value travels, in protocols or ways that the model has no field for.
    pub(super) unmodelled: &'static [&'static str],
    /// Prose, validation and hints: no part of a message depends on them. An import strips them.
    pub(super) idle: &'static [&'static str],
}

impl Vocabulary {
    /// Every key of this kind of object.
    pub(super) fn all(&self) -> impl Iterator<Item = &'static str> {
        [self.read, self.unmodelled, self.idle].into_iter().flatten().copied()
    }
}

/// The whole file.
pub(super) const SERVICE: Vocabulary = Vocabulary {
    what: "the service",
    read: &["version", "metadata", "operations", "shapes"],
    unmodelled: &[],
    idle: &["documentation", "examples", "deprecated", "deprecatedMessage", "clientContextParams"],
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
    unmodelled: &[
        "jsonVersion",
        "targetPrefix",
        "protocolSettings",
        "checksumFormat",
        "awsQueryCompatible",
    ],
    idle: &["auth", "uid", "serviceAbbreviation", "ripServiceName", "timestampFormat"],
};

/// An operation.
pub(super) const OPERATION: Vocabulary = Vocabulary {
    what: "an operation",
    read: &["name", "http", "input", "output", "errors", "authtype", "auth", "endpoint"],
    unmodelled: &[
        "httpChecksum",
        "httpChecksumRequired",
        "unsignedPayload",
        "endpointdiscovery",
        "endpointoperation",
        "staticContextParams",
        "operationContextParams",
    ],
    idle: &[
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
    unmodelled: &[],
    idle: &["responseCode"],
};

/// `endpoint` of an operation.
pub(super) const ENDPOINT: Vocabulary = Vocabulary {
    what: "an operation's endpoint",
    read: &["hostPrefix"],
    unmodelled: &[],
    idle: &[],
};

/// `input` and `output` of an operation.
pub(super) const MESSAGE: Vocabulary = Vocabulary {
    what: "an operation's input or output",
    read: &["shape", "resultWrapper"],
    unmodelled: &["locationName", "payload"],
    // The protocols that are modelled send no XML, and read answers whatever their namespaces.
    idle: &["documentation", "wrapper", "xmlNamespace"],
};

/// An entry of an operation's `errors`.
pub(super) const ERROR_REF: Vocabulary = Vocabulary {
    what: "an operation's error",
    read: &["shape", "error"],
    unmodelled: &[],
    idle: &["documentation", "exception", "fault"],
};

/// `error` of a structure.
pub(super) const ERROR: Vocabulary = Vocabulary {
    what: "an error",
    read: &["code", "httpStatusCode", "senderFault"],
    unmodelled: &[],
    idle: &["fault"],
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
    unmodelled: &[
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
    idle: &[
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
    unmodelled: &[
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
    idle: &[
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
    unmodelled: &[],
    idle: &["version"],
};

/// A paginator.
pub(super) const PAGINATOR: Vocabulary = Vocabulary {
    what: "a paginator",
    read: &["input_token", "output_token", "more_results", "limit_key", "result_key"],
    unmodelled: &[],
    idle: &["non_aggregate_keys", "py_input_token"],
};
