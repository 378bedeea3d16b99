//! Photos from strangers: recognised by their content, decoded within limits, turned upright, encoded anew.
//!
//! Encoding anew leaves nothing of the original but its pixels: no EXIF, no place where it was taken, no second file
//! hidden behind the first.

use std::io::Cursor;

use domain::rule::{PHOTO_PIXELS_MAX, PHOTO_SIDE_MAX};
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use crate::files::Variant;

/// A photo that is safe to show.
pub struct Photo {
    /// JPEG of each size.
    pub variants: Vec<(Variant, Vec<u8>)>,
    /// Of the largest variant, in pixels.
    pub width: u32,
    pub height: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unusable {
    NotAPhoto,
    /// A photo, in a format that few programs read.
    Heic,
    TooLarge,
}

const QUALITY: u8 = 82;
/// The longest side of each size, in pixels.
const SCREEN_SIDE: u32 = 1600;
pub const THUMBNAIL_SIDE: u32 = 320;
/// The most memory that one decoded photo may take.
const DECODED_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// Takes some time and memory: call it on a thread that may block.
pub fn process(bytes: &[u8]) -> Result<Photo, Unusable> {
    if is_heic(bytes) {
        return Err(Unusable::Heic);
    }
    let mut reader =
        ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| Unusable::NotAPhoto)?;
    if !matches!(reader.format(), Some(ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) {
        return Err(Unusable::NotAPhoto);
    }
    // Before anything is unpacked: a header alone can hold a colour profile that inflates to hundreds of megabytes.
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODED_BYTES_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| Unusable::NotAPhoto)?;
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(Unusable::NotAPhoto);
    }
    if width.max(height) > PHOTO_SIDE_MAX || u64::from(width) * u64::from(height) > PHOTO_PIXELS_MAX {
        return Err(Unusable::TooLarge);
    }
    let orientation = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| Unusable::NotAPhoto)?;
    picture.apply_orientation(orientation);
    encode(picture)
}

/// What phones take unless told otherwise (ISO/IEC 23008-12): a box `ftyp` with one of its brands.
fn is_heic(bytes: &[u8]) -> bool {
    const BRANDS: [&[u8]; 6] = [b"heic", b"heix", b"heim", b"hevc", b"mif1", b"msf1"];
    bytes.get(4..8) == Some(b"ftyp") && bytes.get(8..12).is_some_and(|brand| BRANDS.contains(&brand))
}

/// Every size of a picture that is known to be good.
pub fn encode(picture: DynamicImage) -> Result<Photo, Unusable> {
    let screen = fitted(picture, SCREEN_SIDE);
    let (width, height) = (screen.width(), screen.height());
    let thumbnail = fitted(screen.clone(), THUMBNAIL_SIDE);
    let variants = [(Variant::Screen, screen), (Variant::Thumbnail, thumbnail)]
        .into_iter()
        .map(|(variant, picture)| {
            let mut bytes = Vec::new();
            let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
            picture.to_rgb8().write_with_encoder(encoder).map_err(|_| Unusable::NotAPhoto)?;
            Ok((variant, bytes))
        })
        .collect::<Result<_, _>>()?;
    Ok(Photo { variants, width, height })
}

fn fitted(picture: DynamicImage, side: u32) -> DynamicImage {
    if picture.width().max(picture.height()) <= side {
        return picture;
    }
    picture.resize(side, side, FilterType::Triangle)
}
