//! Compressed once here, as well as can be, instead of at every request.

use std::{io::Write as _, thread};

use anyhow::{Context as _, Result, anyhow};
use flate2::{Compression, write::GzEncoder};

use super::bundle::Bundle;

/// The kinds of file that shrink; pictures and fonts are compressed already.
const SHRINKING: &[&str] = &["css", "html", "js", "json", "svg", "txt", "wasm", "webmanifest"];

/// Adds a `.br` and a `.gz` beside every file that shrinks.
pub fn add_compressed(bundle: &mut Bundle) -> Result<()> {
    let shrinking: Vec<_> = bundle.files().filter(|(path, _)| shrinks(path)).collect();
    let compressed: Vec<Result<_>> = thread::scope(|scope| {
        let running: Vec<_> = shrinking
            .iter()
            .map(|(path, content)| {
                scope.spawn(move || Ok((path.to_string(), brotli(content)?, gzip(content)?)))
            })
            .collect();
        running.into_iter().map(|one| one.join().map_err(|_| anyhow!("a compressor gave up"))?).collect()
    });
    for one in compressed {
        let (path, brotli, gzip) = one.context("a file could not be compressed")?;
        bundle.add(format!("{path}.br"), brotli);
        bundle.add(format!("{path}.gz"), gzip);
    }
    Ok(())
}

fn shrinks(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| SHRINKING.contains(&extension))
}

fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let parameters =
        brotli::enc::BrotliEncoderParams { quality: 11, size_hint: content.len(), ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*content, &mut compressed, &parameters)?;
    Ok(compressed)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}
