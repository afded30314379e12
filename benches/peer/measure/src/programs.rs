//! The programs that are compared.

/// The program that does no more than it must.
pub(crate) const FLOOR: &str = "job-by-hand";

/// One way to do the job.
#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) package: &'static str,
    /// As tables and plots call it.
    pub(crate) title: &'static str,
    pub(crate) uses: Uses,
    /// Whether it is run, beside being built.
    pub(crate) runs: bool,
    /// Whether a ratio with a target has it. What has none is built once.
    pub(crate) judged: bool,
    /// Parts of the names of the functions that sign a request, and that decode an answer, in the
    /// program's symbols. Where the compiler has put them into others, there is no figure.
    pub(crate) signs: &'static str,
    pub(crate) decodes: &'static str,
}

/// Where a program's code comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Uses {
    /// Crates, and nothing that is generated when it is built.
    Crates,
    /// The committed page, by a build script.
    Page,
    /// All pages of IAM, by a build script.
    AllPages,
    /// All pages of IAM, generated before: a package below `target/`.
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
    signs: "pagesmith_runtime::sign::Signer::sign",
    decodes: "pagesmith_runtime::xml::decode",
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

/// In the order of their turns. Each pair that is judged stands side by side.
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
        decodes: "job_by_hand_reqwest::answer::rows",
        ..AWS
    },
    Program {
        package: "job-by-hand",
        title: "by hand, hyper",
        judged: false,
        signs: "job_by_hand::sign::Signer::sign",
        decodes: "job_by_hand::answer::rows",
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
