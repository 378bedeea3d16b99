//! Pictures, good and bad.

use std::io::{Cursor, Write as _};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::{ImageFormat, Rgb, RgbImage};

/// A photo: its left half is red, its right half blue.
pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    encoded(width, height, ImageFormat::Jpeg)
}

pub fn encoded(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let halves =
        RgbImage::from_fn(
            width,
            height,
            |x, _| {
                if x < width / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) }
            },
        );
    let mut bytes = Cursor::new(Vec::new());
    halves.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A photo as a phone takes it: turned by its EXIF, which also says where it was taken and what with.
pub fn jpeg_from_a_phone(width: u32, height: u32) -> Vec<u8> {
    let plain = jpeg(width, height);
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08".to_vec();
    // Two entries: Make ("SECRETCAM"), and Orientation 6, "turn it clockwise".
    exif.extend(b"\0\x02");
    exif.extend(b"\x01\x0f\0\x02\0\0\0\x0a\0\0\0\x26");
    exif.extend(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0");
    exif.extend(b"\0\0\0\0SECRETCAM\0");
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&plain[..2], b"\xff\xe1", &length, &exif, &plain[2..]].concat()
}

/// A PNG that says it is this large; its zeros are compressed a thousandfold, and end before the picture does.
pub fn png_bomb(width: u32, height: u32) -> Vec<u8> {
    let mut header = Vec::new();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    let mut rows = ZlibEncoder::new(Vec::new(), Compression::best());
    rows.write_all(&vec![0; 4 << 20]).unwrap();
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    for (name, data) in [(b"IHDR", header), (b"IDAT", rows.finish().unwrap()), (b"IEND", Vec::new())] {
        png.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        let mut crc = flate2::Crc::new();
        crc.update(name);
        crc.update(&data);
        png.extend(name);
        png.extend(&data);
        png.extend(crc.sum().to_be_bytes());
    }
    png
}
