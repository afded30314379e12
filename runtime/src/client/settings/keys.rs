//! Credentials of the surroundings: which source counts, and what to do where there is none.

use aws_credential_types::Credentials;

use super::{Found, Settings};
use crate::credentials::profile::Profile;
use crate::credentials::{CredentialProcess, CredentialsCache};
use crate::error::{Error, ErrorKind};

/// Settings by which AWS's tools get credentials in ways that this crate does not have, and which count before the
/// keys of a profile.
const OTHER_WAYS: [&str; 7] = [
    "role_arn",
    "web_identity_token_file",
    "sso_session",
    "sso_account_id",
    "sso_role_name",
    "sso_start_url",
    "login_session",
];

impl Settings<'_> {
    /// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`, or the profile's keys
    /// or process.
    ///
    /// # Errors
    /// Where neither has them, one has half of them, or AWS's tools would take others in their place.
    pub(crate) fn credentials(&self) -> Result<CredentialsCache, Error> {
        // A profile that the caller chose counts before the variables.
        if !self.is_chosen {
            if let Some(credentials) = self.keys_of_variables()? {
                return Ok(CredentialsCache::given(credentials));
            }
            // As in AWS's tools, this counts before the keys of a profile.
            if self.variable("AWS_WEB_IDENTITY_TOKEN_FILE")?.is_some() {
                return Err(no_credentials(&format!(
                    "the variable AWS_WEB_IDENTITY_TOKEN_FILE asks for those of a role; {}",
                    with_aws_config("or unset it")
                )));
            }
        }
        let Some(profile) = &self.profile else {
            return Err(no_credentials(
                "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, choose a profile with AWS_PROFILE, or \
                 use Client::builder(region).credentials_provider(…)",
            ));
        };
        if let Some(way) = OTHER_WAYS.iter().find_map(|way| profile.setting(way)) {
            let (key, place) = (way.key(), &way.place);
            return Err(no_credentials(&format!(
                "the profile {:?} gets them by {key} ({place}); {}",
                profile.name,
                with_aws_config("or remove that setting to use the profile's keys"),
            )));
        }
        // The keys of the credentials file count before a process, and those of the config file after it.
        let id = profile.setting("aws_access_key_id");
        let has_keys = id.is_some_and(|id| profile.is_in_credentials_file(id));
        match self.setting("credential_process") {
            Some(Found { value, name }) if !has_keys => {
                CredentialProcess::new(&value, name).map(CredentialsCache::process)
            }
            _ => keys_of(profile).map(CredentialsCache::given),
        }
    }

    fn keys_of_variables(&self) -> Result<Option<Credentials>, Error> {
        let [id, secret] = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
        let missing = match (self.variable(id)?, self.variable(secret)?) {
            (None, None) => return Ok(None),
            (Some(id), Some(secret)) => {
                let token = self.variable("AWS_SESSION_TOKEN")?;
                return Ok(Some(Credentials::new(id, secret, token, None, "environment")));
            }
            (None, Some(_)) => id,
            (Some(_), None) => secret,
        };
        Err(no_credentials(&format!(
            "{missing} is not set, while the other half of the key is; set both"
        )))
    }
}

fn keys_of(profile: &Profile) -> Result<Credentials, Error> {
    let [id, secret] = ["aws_access_key_id", "aws_secret_access_key"];
    let name = &profile.name;
    let missing = match (profile.get(id), profile.get(secret)) {
        (Some(id), Some(secret)) => {
            let token = profile.get("aws_session_token").map(str::to_owned);
            return Ok(Credentials::new(id, secret, token, None, "profile"));
        }
        (None, None) => {
            return Err(no_credentials(&format!(
                "the profile {name:?} has no aws_access_key_id; add the keys to {}",
                profile.credentials_file()
            )));
        }
        (None, Some(_)) => id,
        (Some(_), None) => secret,
    };
    Err(no_credentials(&format!("the profile {name:?} lacks {missing}; add it")))
}

/// How to get credentials in the ways of AWS's own SDK, or what else to do.
fn with_aws_config(other: &str) -> String {
    if cfg!(feature = "aws-config") {
        format!(
            "load them with the crate aws-config and use ClientBuilder::from_sdk_config(…), {other}"
        )
    } else {
        format!(
            "load them with the crate aws-config and use the feature `aws-config` of pagesmith with \
             ClientBuilder::from_sdk_config(…), {other}"
        )
    }
}

fn no_credentials(what_to_do: &str) -> Error {
    Error::new(ErrorKind::Credentials, format!("no credentials: {what_to_do}"))
}
