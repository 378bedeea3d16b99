//! Where uploaded files are kept: in a folder of this machine, or in a bucket that speaks S3.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, ensure};
use clap::Args;

use super::{Mode, is_at_home};

#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Files")]
pub struct FileSettings {
    /// Bucket of an S3-compatible store for uploaded files; without it, they lie in the data folder.
    #[arg(long, env = "KOMMUNITY_S3_BUCKET", global = true)]
    pub s3_bucket: Option<String>,
    /// Its region, like `eu-central-1`; many stores that are not Amazon's call it `us-east-1`.
    #[arg(long, env = "KOMMUNITY_S3_REGION", global = true)]
    pub s3_region: Option<String>,
    /// Address of the store, like https://s3.example.org. Default: Amazon's for the region.
    #[arg(long, env = "KOMMUNITY_S3_ENDPOINT", global = true)]
    pub s3_endpoint: Option<String>,
    #[arg(long, env = "KOMMUNITY_S3_ACCESS_KEY", hide_env_values = true, global = true)]
    pub s3_access_key: Option<String>,
    #[arg(long, env = "KOMMUNITY_S3_SECRET_KEY", hide_env_values = true, global = true)]
    pub s3_secret_key: Option<String>,
    /// A file that holds the secret key, instead of the variable.
    #[arg(long, env = "KOMMUNITY_S3_SECRET_KEY_FILE", global = true)]
    pub s3_secret_key_file: Option<PathBuf>,
    /// Whether the bucket stands in the path of addresses instead of the host. Default: yes where an endpoint is set.
    #[arg(long, env = "KOMMUNITY_S3_PATH_STYLE", global = true)]
    pub s3_path_style: Option<bool>,
    /// How many seconds one call of the store may take; it is tried up to three times.
    #[arg(long, env = "KOMMUNITY_S3_TIMEOUT", global = true)]
    pub s3_timeout: Option<u64>,
}

/// A bucket with everything that is needed to use it.
#[derive(Clone)]
pub struct Bucket {
    pub name: String,
    pub region: String,
    pub endpoint: Option<String>,
    pub access_key: String,
    pub secret_key: String,
    pub path_style: bool,
    pub timeout: Duration,
}

/// Less than a request may take in all.
const TIMEOUT: Duration = Duration::from_secs(5);

impl FileSettings {
    /// The bucket, or none where nothing speaks of one. Half a bucket is refused.
    pub fn check(&self, mode: Mode) -> anyhow::Result<Option<Bucket>> {
        let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        let secret_key = match &self.s3_secret_key_file {
            Some(file) => Some(read(file)?),
            None => given(&self.s3_secret_key),
        };
        let (access_key, region, endpoint) =
            (given(&self.s3_access_key), given(&self.s3_region), given(&self.s3_endpoint));
        let Some(name) = given(&self.s3_bucket) else {
            let alone =
                access_key.is_some() || secret_key.is_some() || region.is_some() || endpoint.is_some();
            ensure!(
                !alone,
                "KOMMUNITY_S3_BUCKET is missing: set it beside the other KOMMUNITY_S3 settings, or none"
            );
            return Ok(None);
        };
        let needed = |value: Option<String>, variable: &str| {
            value.with_context(|| {
                format!("{variable} is missing: the bucket {name} cannot be used without it")
            })
        };
        if let Some(endpoint) = &endpoint {
            let safe = endpoint.starts_with("https://") || is_at_home(endpoint);
            ensure!(
                safe || mode == Mode::Demo,
                "KOMMUNITY_S3_ENDPOINT is {endpoint}: files would cross the network in the clear. Use https://"
            );
        }
        Ok(Some(Bucket {
            region: needed(region, "KOMMUNITY_S3_REGION")?,
            access_key: needed(access_key, "KOMMUNITY_S3_ACCESS_KEY")?,
            secret_key: needed(secret_key, "KOMMUNITY_S3_SECRET_KEY (or KOMMUNITY_S3_SECRET_KEY_FILE)")?,
            path_style: self.s3_path_style.unwrap_or(endpoint.is_some()),
            timeout: self.s3_timeout.map_or(TIMEOUT, Duration::from_secs),
            endpoint,
            name,
        }))
    }
}

fn read(file: &Path) -> anyhow::Result<String> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(text.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole() -> FileSettings {
        let some = |text: &str| Some(text.to_owned());
        FileSettings {
            s3_bucket: some("files"),
            s3_region: some("us-east-1"),
            s3_access_key: some("key"),
            s3_secret_key: some("secret"),
            ..FileSettings::default()
        }
    }

    fn fails(settings: &FileSettings, word: &str) {
        let error = settings.check(Mode::Production).map(|_| ()).unwrap_err().to_string();
        assert!(error.contains(word), "{error}");
    }

    #[test]
    fn half_a_bucket_is_refused_by_the_name_of_the_other_half() {
        assert!(FileSettings::default().check(Mode::Production).unwrap().is_none());
        assert!(whole().check(Mode::Production).unwrap().is_some());
        fails(&FileSettings { s3_bucket: None, ..whole() }, "KOMMUNITY_S3_BUCKET");
        fails(&FileSettings { s3_region: None, ..whole() }, "KOMMUNITY_S3_REGION");
        fails(&FileSettings { s3_access_key: None, ..whole() }, "KOMMUNITY_S3_ACCESS_KEY");
        fails(&FileSettings { s3_secret_key: Some(String::new()), ..whole() }, "KOMMUNITY_S3_SECRET_KEY");
    }

    #[test]
    fn another_store_has_the_bucket_in_its_paths_and_is_reached_safely() {
        let at = |endpoint: &str| FileSettings { s3_endpoint: Some(endpoint.to_owned()), ..whole() };
        assert!(!whole().check(Mode::Production).unwrap().unwrap().path_style);
        assert!(at("https://s3.example.org").check(Mode::Production).unwrap().unwrap().path_style);
        assert!(at("http://127.0.0.1:9000").check(Mode::Production).is_ok());
        fails(&at("http://s3.example.org"), "https://");
    }
}
