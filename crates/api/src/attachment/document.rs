//! Documents: PDF, kept as they came. Nothing makes them harmless, so they are handed out only to be saved: with a name
//! that is none of ours to trust either, never shown in a page of ours.

use domain::rule;

/// What a document is called that has no name of its own.
const NAMELESS: &str = "document";

/// How much after its last mark a PDF may have; readers look as far.
const TAIL: usize = 1024;

/// Whether the bytes are what they are said to be: a PDF from its first byte to its last mark.
pub fn is_pdf(bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(TAIL)..];
    bytes.starts_with(b"%PDF-") && tail.windows(5).any(|mark| mark == b"%%EOF")
}

/// The name of an upload as it may be shown and saved: one line, in its own direction, no path, always a PDF.
pub fn safe_name(given: Option<&str>) -> String {
    let last = given.unwrap_or_default().rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last
        .chars()
        .filter(|c| {
            !c.is_control() && !r#"<>:"|?*%"#.contains(*c) && rule::FILE_NAME.check(&format!("x{c}x")).is_ok()
        })
        .collect();
    let stem = rule::trimmed(&clean);
    let stem = match stem.len().checked_sub(4).and_then(|at| stem.split_at_checked(at)) {
        Some((stem, ending)) if ending.eq_ignore_ascii_case(".pdf") => stem,
        _ => stem,
    };
    let stem: String = stem.trim_matches(['.', ' ']).chars().take(rule::FILE_NAME.max - 4).collect();
    let stem = if rule::trimmed(&stem).is_empty() { NAMELESS } else { stem.trim_end() };
    format!("{stem}.pdf")
}

/// To be saved, never shown (RFC 6266; RFC 8187 for what is not ASCII).
pub fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_graphic() && !"\"\\%".contains(c) || c == ' ' { c } else { '_' })
        .collect();
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(byte.into());
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_loses_what_could_lead_or_lie() {
        for (given, safe) in [
            (None, "document.pdf"),
            (Some("Offer.pdf"), "Offer.pdf"),
            (Some("Angebot für Bücher.PDF"), "Angebot für Bücher.pdf"),
            (Some("../../etc/passwd"), "passwd.pdf"),
            (Some(r"C:\temp\offer.exe"), "offer.exe.pdf"),
            (Some("invoice\u{202e}fdp.exe"), "invoicefdp.exe.pdf"),
            (Some("a\r\nSet-Cookie: x=1"), "aSet-Cookie x=1.pdf"),
            (Some(".pdf"), "document.pdf"),
            (Some(" . "), "document.pdf"),
            (Some("\u{200b}"), "document.pdf"),
        ] {
            assert_eq!(safe_name(given), safe, "{given:?}");
        }
    }

    #[test]
    fn a_pdf_begins_and_ends_as_one() {
        assert!(is_pdf(b"%PDF-1.7\nx\n%%EOF\n"));
        for other in
            [&b""[..], b"%PDF-1.7", b"GIF89a%PDF-1.7 %%EOF", b"<html>%PDF-1.7 %%EOF", b"\n%PDF-1.7 %%EOF"]
        {
            assert!(!is_pdf(other));
        }
    }

    proptest! {
        #[test]
        fn any_name_becomes_one_that_keeps_the_rule_and_fits_a_header(given in ".{0,300}") {
            let name = safe_name(Some(&given));
            prop_assert!(rule::FILE_NAME.check(&name).is_ok(), "{name:?}");
            prop_assert!(name.ends_with(".pdf") && !name.contains(['/', '\\']));
            let header = disposition(&name);
            prop_assert!(header.bytes().all(|byte| (b' '..=b'~').contains(&byte)), "{header:?}");
        }
    }
}
