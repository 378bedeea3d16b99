//! What became of links that do not fit.

use db::audit::chain::Chain;

use super::{Finding, Link};
use crate::audit::seal;
use crate::vault::Vault;

/// How many links that do not fit are tried in each other's places; more of them were not merely exchanged.
const TRIED: usize = 8;

/// Tells what is wrong with a stretch of a chain.
pub fn explain(vault: &Vault, chain: Chain, links: &[Link], tell: &mut impl FnMut(Finding)) {
    let broken: Vec<&Link> = links.iter().filter(|link| link.fits == Some(false)).collect();
    for (at, link) in links.iter().enumerate() {
        let (seq, id) = (link.seal.seq, link.seal.event_id);
        let Some(event) = &link.event else {
            tell(Finding::Deleted { seq, event: id });
            continue;
        };
        if event.community_id != chain.community() {
            tell(Finding::Moved { seq, event: id });
            continue;
        }
        if link.fits != Some(false) {
            continue;
        }
        match place(vault, link, &broken) {
            // It is itself what it was; only what stands before it is not.
            Some((place, whose)) if (place, whose) == (seq, id) => {}
            Some(_) => tell(Finding::Reordered { seq, event: id }),
            None => {
                let next = links.get(at + 1);
                let genuine = next.is_some_and(|next| next.seal.seq == seq + 1 && next.fits == Some(true));
                tell(Finding::Edited { seq, event: id, genuine });
            }
        }
    }
}

/// For which place and which event a seal was made, tried out among the links that do not fit.
fn place(vault: &Vault, link: &Link, broken: &[&Link]) -> Option<(i64, uuid::Uuid)> {
    if broken.len() > TRIED {
        return None;
    }
    let own = std::iter::once(link);
    let others = || own.clone().chain(broken.iter().copied().filter(|other| other.seal != link.seal));
    let mut before: Vec<&[u8]> = broken.iter().map(|other| other.seal.mac.as_slice()).collect();
    before.extend(broken.iter().filter_map(|other| other.previous.as_deref()));
    others().find_map(|place| {
        others().find_map(|whose| {
            let event = whose.event.as_ref()?;
            before.iter().find_map(|previous| {
                let made = seal::mac(vault, &link.seal.key_id, previous, place.seal.seq, event)?;
                (link.seal.mac == made).then_some((place.seal.seq, event.id))
            })
        })
    })
}
