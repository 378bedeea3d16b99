//! What is in the mail that was sent.

use super::app::TestApp;

impl TestApp {
    /// Sends what is due; answers what stands behind the `#` of the newest link to this page, in mail to this address.
    pub async fn link(&self, to: &str, page: &str) -> String {
        self.run_outbox().await;
        let start = format!("http://kommunity.test{page}#");
        let mut letters: Vec<String> = self
            .letters()
            .iter()
            .map(|letter| plain(letter))
            .filter(|letter| letter.contains(&format!("To: {to}\r\n")))
            .collect();
        // Their ids are made in the order of time.
        letters.sort_by_key(|letter| {
            letter.lines().find(|line| line.starts_with("Message-ID")).map(str::to_owned)
        });
        let newest = letters.iter().rev().find_map(|letter| letter.split_once(&start)).map(|(_, rest)| {
            rest.split(|c: char| c.is_whitespace() || c == '"').next().unwrap_or_default().to_owned()
        });
        newest.unwrap_or_else(|| panic!("no link to {page} for {to} in {letters:#?}"))
    }
}

/// Undoes what quoted-printable does to long lines.
fn plain(letter: &str) -> String {
    letter.replace("=\r\n", "").replace("=3D", "=")
}
