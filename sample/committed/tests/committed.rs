//! Tests of committed code: it makes calls, and the build does not compile the generator.
#![allow(missing_docs)]

use std::process::Command;

use local_iam::LocalIam;
use pagesmith::Client;
use sample_committed::pages::aws::iam_api::mfa_devices;

type Outcome = Result<(), Box<dyn std::error::Error>>;

#[tokio::test]
async fn committed_code_makes_calls() -> Outcome {
    let iam = LocalIam::start().await?;
    iam.create_user("alice")?;
    let client = Client::builder("us-east-1")
        .credentials(iam.access_key_id(), iam.secret_access_key(), None)
        .endpoint_url(iam.endpoint_url())
        .build()?;
    let devices = mfa_devices(&client).list().user_name("alice").rows().collect().await?;
    assert!(devices.is_empty());
    Ok(())
}

#[test]
fn the_build_has_no_generator() -> Outcome {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--package", "sample-committed", "--edges", "normal,build"])
        .args(["--prefix", "none"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()?;
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let tree = String::from_utf8(tree.stdout)?;
    assert!(tree.contains("pagesmith-runtime "), "{tree}");
    for generator in ["pagesmith-codegen", "pagesmith-model"] {
        assert!(!tree.contains(generator), "{tree}");
    }
    Ok(())
}
