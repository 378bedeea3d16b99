//! Where on earth.

/// A point in degrees (WGS 84).
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Coordinates {
    /// Longitude in degrees, -180 to 180.
    #[cfg_attr(feature = "openapi", schema(minimum = -180, maximum = 180))]
    pub lng: f64,
    /// Latitude in degrees, -90 to 90.
    #[cfg_attr(feature = "openapi", schema(minimum = -90, maximum = 90))]
    pub lat: f64,
}

impl Coordinates {
    pub fn on_earth(self) -> bool {
        (-180.0..=180.0).contains(&self.lng) && (-90.0..=90.0).contains(&self.lat)
    }

    /// Whether the point lies within a closed ring of `[lng, lat]` corners (even-odd rule).
    ///
    /// Source: PNPOLY, W. Randolph Franklin. Good for areas of a city's size away from the poles and the
    /// date line; a point exactly on an edge belongs to one of the two sides.
    pub fn within(self, ring: &[[f64; 2]]) -> bool {
        let mut inside = false;
        let mut previous = match ring.last() {
            Some(corner) => *corner,
            None => return false,
        };
        for &corner in ring {
            let ([ax, ay], [bx, by]) = (corner, previous);
            if (ay > self.lat) != (by > self.lat) && self.lng < (bx - ax) * (self.lat - ay) / (by - ay) + ax {
                inside = !inside;
            }
            previous = corner;
        }
        inside
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: [[f64; 2]; 5] = [[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 2.0], [0.0, 0.0]];

    #[test]
    fn a_point_is_inside_its_square_and_not_outside() {
        assert!(Coordinates { lng: 1.0, lat: 1.0 }.within(&SQUARE));
        assert!(!Coordinates { lng: 3.0, lat: 1.0 }.within(&SQUARE));
        assert!(!Coordinates { lng: 1.0, lat: 1.0 }.within(&[]));
    }
}
