//! The fingerprints of what the page itself contains, for the server's content security policy.

use anyhow::{Context as _, Result};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::json;
use sha2::{Digest as _, Sha256};

/// `{"script": [...], "style": [...]}`: the sources a policy must allow for this page.
pub fn of(page: &str) -> Result<String> {
    let sources = json!({ "script": hashes(page, "script")?, "style": hashes(page, "style")? });
    Ok(serde_json::to_string_pretty(&sources)?)
}

fn hashes(page: &str, element: &str) -> Result<Vec<String>> {
    let (open, close) = (format!("<{element}"), format!("</{element}>"));
    let mut hashes = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find(&open) {
        let tag = &rest[at..];
        let inside =
            tag.find('>').with_context(|| format!("frontend/index.html: <{element} never ends"))? + 1;
        let end = tag.find(&close).with_context(|| format!("frontend/index.html: {close} is missing"))?;
        if !tag[..inside].contains(" src=") {
            let digest = BASE64_STANDARD.encode(Sha256::digest(&tag[inside..end]));
            hashes.push(format!("'sha256-{digest}'"));
        }
        rest = &tag[end..];
    }
    Ok(hashes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_written_into_the_page_is_fingerprinted() {
        let page =
            r#"<script src="/a.js"></script><script type="module">alert(1)</script><style>p{}</style>"#;
        assert_eq!(
            hashes(page, "script").unwrap(),
            ["'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"]
        );
        assert_eq!(hashes(page, "style").unwrap().len(), 1);
    }
}
