//! Where on earth: points, and the areas that they are in.

use crate::rule::{Fault, Text};

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

    /// Whether the point lies within a closed ring of `[lng, lat]` corners, or on its border.
    ///
    /// Source: PNPOLY, W. Randolph Franklin, with the border looked at first. Good for areas of a city's size away from the
    /// poles and the date line.
    pub fn within(self, ring: &[[f64; 2]]) -> bool {
        let edges = || ring.windows(2).map(|edge| (edge[0], edge[1]));
        if edges().any(|(from, to)| self.is_on(from, to)) {
            return true;
        }
        let crossings = edges().filter(|([ax, ay], [bx, by])| {
            (*ay > self.lat) != (*by > self.lat) && self.lng < (bx - ax) * (self.lat - ay) / (by - ay) + ax
        });
        crossings.count() % 2 == 1
    }

    /// Whether the point is no further from an edge than a rounding error.
    fn is_on(self, [ax, ay]: [f64; 2], [bx, by]: [f64; 2]) -> bool {
        let (dx, dy) = (bx - ax, by - ay);
        let length = dx * dx + dy * dy;
        let along = if length > 0.0 { ((self.lng - ax) * dx + (self.lat - ay) * dy) / length } else { 0.0 };
        let along = along.clamp(0.0, 1.0);
        let (away_x, away_y) = (self.lng - ax - along * dx, self.lat - ay - along * dy);
        away_x * away_x + away_y * away_y <= BORDER * BORDER
    }
}

/// How thick a border is, in degrees: about a tenth of a millimetre.
const BORDER: f64 = 1e-9;
/// How many corners a ring may have, the first counted twice.
pub const CORNERS_MIN: usize = 4;
pub const CORNERS_MAX: usize = 500;
/// How many zones a community may have.
pub const ZONES_MAX: usize = 200;
pub const ZONE_NAME: Text = Text { min: 1, max: 80, lines: false };
pub const UNIT_NUMBER: Text = Text { min: 1, max: 30, lines: false };
/// Block, street, suburb.
pub const ADDRESS: Text = Text { min: 0, max: 120, lines: false };
pub const POSTAL_CODE: Text = Text { min: 0, max: 16, lines: false };

/// In which of several areas a point is: in the first, in the order given, that has it within or on its border. So where
/// areas overlap or touch, their order decides, and every point of a common border belongs to one of the two.
pub fn first_around<'a, T>(
    at: Coordinates,
    areas: impl IntoIterator<Item = (T, &'a [[f64; 2]])>,
) -> Option<T> {
    areas.into_iter().find(|(_, ring)| at.within(ring)).map(|(area, _)| area)
}

/// Whether a ring is one that something can be inside of: closed, on earth, not too fine, and never crossing itself.
pub fn ring(ring: &[[f64; 2]]) -> Result<(), Fault> {
    if ring.len() < CORNERS_MIN {
        return Err(Fault { min: Some(CORNERS_MIN), ..Fault::new("too_few") });
    }
    if ring.len() > CORNERS_MAX {
        return Err(Fault { max: Some(CORNERS_MAX), ..Fault::new("too_many") });
    }
    if !ring.iter().all(|[lng, lat]| Coordinates { lng: *lng, lat: *lat }.on_earth()) {
        return Err(Fault::new("not_on_earth"));
    }
    if ring.first() != ring.last() {
        return Err(Fault::new("not_closed"));
    }
    let edges: Vec<_> = ring.windows(2).map(|edge| (edge[0], edge[1])).collect();
    let last = edges.len() - 1;
    let crossing = (0..=last).any(|one| {
        let (from, to) = edges[one];
        // Neighbours share a corner; they cross only by lying on each other.
        from == to
            || (one + 1..=last).any(|other| match other == one + 1 || (one == 0 && other == last) {
                true => fold_back(edges[one], edges[other]),
                false => cross(edges[one], edges[other]),
            })
    });
    if crossing { Err(Fault::new("crosses_itself")) } else { Ok(()) }
}

type Edge = ([f64; 2], [f64; 2]);

/// On which side of a line a point is: positive to the left, zero on it.
fn side((a, b): Edge, point: [f64; 2]) -> f64 {
    (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])
}

fn within_box((a, b): Edge, point: [f64; 2]) -> bool {
    (0..2).all(|axis| (a[axis].min(b[axis])..=a[axis].max(b[axis])).contains(&point[axis]))
}

/// Whether two edges have a point in common.
fn cross(one: Edge, other: Edge) -> bool {
    let (a, b) = (side(other, one.0), side(other, one.1));
    let (c, d) = (side(one, other.0), side(one, other.1));
    if a * b < 0.0 && c * d < 0.0 {
        return true;
    }
    [(a, other, one.0), (b, other, one.1), (c, one, other.0), (d, one, other.1)]
        .into_iter()
        .any(|(side, edge, point)| side == 0.0 && within_box(edge, point))
}

/// Whether of two edges with a common corner one runs back along the other.
fn fold_back(one: Edge, other: Edge) -> bool {
    let (corner, before, after) = match one.1 == other.0 {
        true => (one.1, one.0, other.1),
        false => (one.0, one.1, other.0),
    };
    let (u, v) =
        ([before[0] - corner[0], before[1] - corner[1]], [after[0] - corner[0], after[1] - corner[1]]);
    u[0] * v[1] - u[1] * v[0] == 0.0 && u[0] * v[0] + u[1] * v[1] > 0.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SQUARE: [[f64; 2]; 5] = [[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 2.0], [0.0, 0.0]];

    #[test]
    fn a_point_is_inside_its_square_and_not_outside() {
        assert!(Coordinates { lng: 1.0, lat: 1.0 }.within(&SQUARE));
        assert!(!Coordinates { lng: 3.0, lat: 1.0 }.within(&SQUARE));
        assert!(!Coordinates { lng: 1.0, lat: 1.0 }.within(&[]));
    }

    #[test]
    fn a_ring_is_closed_on_earth_and_never_crosses_itself() {
        assert_eq!(ring(&SQUARE), Ok(()));
        for (bad, code) in [
            (vec![[0.0, 0.0], [1.0, 0.0], [0.0, 0.0]], "too_few"),
            (vec![[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]], "not_closed"),
            (vec![[0.0, 0.0], [200.0, 0.0], [1.0, 1.0], [0.0, 0.0]], "not_on_earth"),
            (vec![[0.0, f64::NAN], [2.0, 0.0], [1.0, 1.0], [0.0, f64::NAN]], "not_on_earth"),
            // A bow tie.
            (vec![[0.0, 0.0], [2.0, 2.0], [2.0, 0.0], [0.0, 2.0], [0.0, 0.0]], "crosses_itself"),
            // Touches itself in a corner.
            (
                vec![[0.0, 0.0], [2.0, 0.0], [1.0, 1.0], [2.0, 2.0], [0.0, 2.0], [1.0, 1.0], [0.0, 0.0]],
                "crosses_itself",
            ),
            // There and back again.
            (vec![[0.0, 0.0], [2.0, 0.0], [1.0, 0.0], [0.0, 0.0]], "crosses_itself"),
            (vec![[0.0, 0.0], [0.0, 0.0], [1.0, 1.0], [0.0, 0.0]], "crosses_itself"),
        ] {
            assert_eq!(ring(&bad).unwrap_err().code, code, "{bad:?}");
        }
        let many = [vec![[0.0, 0.0]; CORNERS_MAX], vec![[1.0, 1.0]]].concat();
        assert_eq!(ring(&many).unwrap_err().code, "too_many");
    }

    /// A star around a point: its corners stand in the order of their angles, so it never crosses itself.
    fn star() -> impl Strategy<Value = Vec<[f64; 2]>> {
        (-170.0..170.0_f64, -80.0..80.0_f64, prop::collection::vec(0.001..1.0_f64, 3..40)).prop_map(
            |(lng, lat, radii)| {
                let count = radii.len() as f64;
                let mut ring: Vec<[f64; 2]> = radii
                    .iter()
                    .zip(0..)
                    .map(|(radius, nth)| {
                        let angle = f64::from(nth) / count * std::f64::consts::TAU;
                        [lng + radius * angle.cos(), lat + radius * angle.sin()]
                    })
                    .collect();
                ring.push(ring[0]);
                ring
            },
        )
    }

    proptest! {
        #[test]
        fn corners_and_points_of_the_border_are_within(ring in star(), at in 0.0..1.0_f64) {
            prop_assert_eq!(super::ring(&ring), Ok(()));
            for edge in ring.windows(2) {
                let point = |axis: usize| edge[0][axis] + at * (edge[1][axis] - edge[0][axis]);
                let (border, corner) = ([point(0), point(1)], edge[0]);
                for [lng, lat] in [border, corner] {
                    let here = Coordinates { lng, lat };
                    prop_assert!(here.within(&ring));
                }
            }
        }

        #[test]
        fn nothing_beyond_the_outermost_corner_is_within(ring in star(), far in 0.001..10.0_f64) {
            let east = ring.iter().map(|corner| corner[0]).fold(f64::MIN, f64::max);
            for corner in &ring {
                let beyond = Coordinates { lng: east + far, lat: corner[1] };
                prop_assert!(!beyond.within(&ring));
            }
        }

        #[test]
        fn every_point_of_two_neighbours_belongs_to_exactly_one_and_the_first_has_the_border(
            lng in 0.0..2.0_f64, lat in 0.0..1.0_f64,
        ) {
            let square = |west: f64| [[west, 0.0], [west + 1.0, 0.0], [west + 1.0, 1.0], [west, 1.0], [west, 0.0]];
            let (west, east) = (square(0.0), square(1.0));
            let zone = |lng| first_around(Coordinates { lng, lat }, [("west", &west[..]), ("east", &east[..])]);
            prop_assert_eq!(zone(lng), Some(if lng <= 1.0 + BORDER { "west" } else { "east" }));
            prop_assert_eq!(zone(1.0), Some("west"));
            let swapped = first_around(Coordinates { lng: 1.0, lat }, [("east", &east[..]), ("west", &west[..])]);
            prop_assert_eq!(swapped, Some("east"));
        }
    }
}
