//! The measured programs.

/// The program with the least work per call, to which others are compared.
pub(crate) const FLOOR: &str = "job-by-hand";

/// A program that makes the calls.
#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) package: &'static str,
    /// Its name in tables and plots.
    pub(crate) title: &'static str,
    pub(crate) uses: Uses,
    /// Whether it is also run, not only built.
    pub(crate) runs: bool,
    /// Whether a target depends on it. Other programs are built once.
    pub(crate) judged: bool,
    /// Part of the symbol of the function that signs a request. If the compiler inlines the function, there is no figure.
    pub(crate) signs: &'static str,
    /// The same for the function that decodes a response.
    pub(crate) decodes: &'static str,
}

/// Where a program's code comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Uses {
    /// Crates. The build generates no code.
    Crates,
    /// A build script generates the code for the committed page.
    Page,
    /// A build script generates the code for all pages of IAM.
    AllPages,
    /// Code for all pages of IAM that was generated before the build, in a package below `target/`.
    AllPagesPrebuilt,
}

impl Program {
    pub(crate) fn needs_all_pages(&self) -> bool {
        matches!(self.uses, Uses::AllPages | Uses::AllPagesPrebuilt)
    }
}

const PAGESMITH: Program = Program {
    package: "job-pagesmith",
    title: "pagesmith",
    uses: Uses::Page,
    runs: true,
    judged: true,
    signs: "pagesmith_runtime::auth::sigv4::Signer::sign",
    decodes: "pagesmith_runtime::protocol::query::response::decode",
};

const AWS: Program = Program {
    package: "job-aws-sdk",
    title: "aws-sdk-iam",
    uses: Uses::Crates,
    runs: true,
    judged: true,
    signs: "sign_http_request",
    decodes: "de_list_mfa_devices_http_response",
};

/// In the order in which they are measured. Programs that are compared follow each other, so that they are measured under
/// similar load.
pub(crate) const PROGRAMS: &[Program] = &[
    PAGESMITH,
    AWS,
    Program {
        package: "job-iam-62-prebuilt",
        title: "pagesmith, 62 pages",
        uses: Uses::AllPagesPrebuilt,
        runs: false,
        ..PAGESMITH
    },
    Program {
        package: "job-iam-62",
        title: "pagesmith, 62 pages, generated in the build",
        uses: Uses::AllPages,
        runs: false,
        ..PAGESMITH
    },
    Program {
        package: "job-pagesmith-committed",
        title: "pagesmith, generated before the build",
        uses: Uses::Crates,
        runs: false,
        ..PAGESMITH
    },
    Program {
        package: "job-by-hand-reqwest",
        title: "by hand, reqwest",
        signs: "job_by_hand_reqwest::ByHand::signed",
        decodes: "job_by_hand_reqwest::response::rows",
        ..AWS
    },
    Program {
        package: "job-by-hand",
        title: "by hand, hyper",
        judged: false,
        signs: "job_by_hand::sign::Signer::sign",
        decodes: "job_by_hand::response::rows",
        ..AWS
    },
    Program { package: "job-aws-sdk-ring", title: "aws-sdk-iam, ring", judged: false, ..AWS },
    Program {
        package: "job-aws-sdk-config",
        title: "aws-sdk-iam, aws-config",
        runs: false,
        judged: false,
        ..AWS
    },
];
