//! Credentials from variables or a profile: their precedence, and the errors if there are none.

use aws_credential_types::Credentials;

use super::{Setting, Settings};
use crate::credentials::profile::Profile;
use crate::credentials::{CredentialProcess, CredentialsCache};
use crate::error::{Error, ErrorKind};

/// Settings of credential sources that only AWS's tools support, and which take precedence over the profile's keys.
const UNSUPPORTED_SOURCES: [&str; 7] = [
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
    /// If there are none, if only one of the two halves of the key is set, or if AWS's tools would use another source.
    pub(crate) fn credentials(&self) -> Result<CredentialsCache, Error> {
        // An explicit profile takes precedence over the variables.
        if !self.has_explicit_profile {
            if let Some(credentials) = self.keys_from_variables()? {
                return Ok(CredentialsCache::from_keys(credentials));
            }
            // As in AWS's tools, this takes precedence over the profile's keys.
            if self.variable("AWS_WEB_IDENTITY_TOKEN_FILE")?.is_some() {
                return Err(no_credentials(&format!(
                    "the variable AWS_WEB_IDENTITY_TOKEN_FILE selects those of a role; {}",
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
        if let Some(source) = UNSUPPORTED_SOURCES.iter().find_map(|key| profile.setting(key)) {
            let (key, location) = (source.key(), &source.location);
            return Err(no_credentials(&format!(
                "the profile {:?} gets them from {key} ({location}); {}",
                profile.name,
                with_aws_config("or remove that setting to use the profile's keys"),
            )));
        }
        // Keys in the credentials file take precedence over a process, which takes precedence over keys in the config file.
        let id = profile.setting("aws_access_key_id");
        let has_keys = id.is_some_and(|id| profile.is_in_credentials_file(id));
        match self.profile_setting("credential_process") {
            Some(Setting { value, name }) if !has_keys => {
                CredentialProcess::new(&value, name).map(CredentialsCache::from_process)
            }
            _ => profile_keys(profile).map(CredentialsCache::from_keys),
        }
    }

    fn keys_from_variables(&self) -> Result<Option<Credentials>, Error> {
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
            "{missing} is not set, but the other half of the key is; set both"
        )))
    }
}

fn profile_keys(profile: &Profile) -> Result<Credentials, Error> {
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
    Err(no_credentials(&format!("the profile {name:?} has no {missing}; add it")))
}

/// How to load credentials with AWS's own SDK, or the alternative.
fn with_aws_config(alternative: &str) -> String {
    if cfg!(feature = "aws-config") {
        format!(
            "load them with the crate aws-config and pass them to ClientBuilder::from_sdk_config(…), {alternative}"
        )
    } else {
        format!(
            "load them with the crate aws-config and pass them to ClientBuilder::from_sdk_config(…), which \
             needs the feature `aws-config` of pagesmith, {alternative}"
        )
    }
}

fn no_credentials(what_to_do: &str) -> Error {
    Error::new(ErrorKind::Credentials, format!("no credentials: {what_to_do}"))
}
