//! The programs that are compared.

/// One way to do the job.
#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) package: &'static str,
    /// As tables and plots call it.
    pub(crate) title: &'static str,
    /// Whether it is run, beside being built.
    pub(crate) runs: bool,
    /// Parts of the names of the functions that sign a request, and that decode an answer, in the
    /// program's symbols. Where the compiler has put them into others, there is no figure.
    pub(crate) signs: &'static str,
    pub(crate) decodes: &'static str,
}

/// In the order of their turns. Each pair that is judged stands side by side.
pub(crate) const PROGRAMS: &[Program] = &[
    Program {
        package: "job-pagesmith",
        title: "pagesmith",
        runs: true,
        signs: "pagesmith::sign::Signer::sign",
        decodes: "pagesmith::xml::decode",
    },
    Program {
        package: "job-aws-sdk",
        title: "aws-sdk-iam",
        runs: true,
        signs: "sign_http_request",
        decodes: "de_list_mfa_devices_http_response",
    },
    Program {
        package: "job-by-hand-reqwest",
        title: "by hand, reqwest",
        runs: true,
        signs: "job_by_hand_reqwest::ByHand::signed",
        decodes: "job_by_hand_reqwest::answer::rows",
    },
    Program {
        package: "job-by-hand",
        title: "by hand, hyper",
        runs: true,
        signs: "job_by_hand::sign::Signer::sign",
        decodes: "job_by_hand::answer::rows",
    },
    Program {
        package: "job-aws-sdk-ring",
        title: "aws-sdk-iam, ring",
        runs: true,
        signs: "sign_http_request",
        decodes: "de_list_mfa_devices_http_response",
    },
    Program {
        package: "job-iam-62",
        title: "pagesmith, 62 pages",
        runs: false,
        signs: "",
        decodes: "",
    },
    Program {
        package: "job-aws-sdk-config",
        title: "aws-sdk-iam, aws-config",
        runs: false,
        signs: "",
        decodes: "",
    },
];
