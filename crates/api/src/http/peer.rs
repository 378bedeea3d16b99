//! Who is at the other end. Of what headers say, only that is believed which a proxy of ours has written.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use actix_web::http::header::{HeaderMap, HeaderName};
use actix_web::{HttpRequest, web};
use ipnet::IpNet;

use crate::app::App;
use crate::config::{Config, Mode};

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The address that a request comes from: of the connection, or, where that is a proxy of ours, the last one on its
/// list that is not. Whatever stands before that one, anybody could have written.
pub fn client_address(request: &HttpRequest) -> IpAddr {
    // There is none on a socket that is not of the network.
    let peer = request.peer_addr().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |address| address.ip());
    match request.app_data::<web::Data<App>>() {
        Some(app) => behind_proxies(peer.to_canonical(), request.headers(), &app.config.edge.trusted_proxies),
        None => peer,
    }
}

fn behind_proxies(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let mut address = peer;
    let lists: Vec<&str> = headers.get_all(FORWARDED_FOR).filter_map(|value| value.to_str().ok()).collect();
    let mut hops = lists.iter().rev().flat_map(|list| list.rsplit(','));
    while trusted.iter().any(|network| network.contains(&address)) {
        match hops.next().and_then(|hop| hop_address(hop.trim())) {
            Some(before) => address = before.to_canonical(),
            None => break,
        }
    }
    address
}

/// Some proxies write the port, too.
fn hop_address(hop: &str) -> Option<IpAddr> {
    let bare = hop.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(hop);
    bare.parse().ok().or_else(|| hop.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

/// Whether pages of this origin are ours: the public address itself, or one that the operator has named.
pub fn is_own_origin(config: &Config, origin: &str) -> bool {
    origin == config.public_url
        || config.edge.cors_origins.iter().any(|ours| ours == origin)
        || (config.mode == Mode::Demo
            && home(origin).is_some_and(|port| home(&config.public_url) == Some(port)))
}

/// The port, where it is this machine under one of its names: demonstrations are opened by either.
fn home(origin: &str) -> Option<&str> {
    let authority = origin.strip_prefix("http://")?;
    ["localhost", "127.0.0.1", "[::1]"]
        .iter()
        .find_map(|name| authority.strip_prefix(name)?.strip_prefix(':'))
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    fn seen(peer: &str, lists: &[&'static str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for list in lists {
            headers.append(FORWARDED_FOR, HeaderValue::from_static(list));
        }
        let trusted: Vec<IpNet> = trusted.iter().map(|network| network.parse().unwrap()).collect();
        behind_proxies(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn nobody_is_believed_but_proxies_of_ours() {
        assert_eq!(seen("203.0.113.9", &["198.51.100.1"], &[]), "203.0.113.9");
        assert_eq!(seen("203.0.113.9", &["198.51.100.1"], &["10.0.0.0/8"]), "203.0.113.9");
        assert_eq!(seen("10.0.0.1", &["198.51.100.1"], &["10.0.0.0/8"]), "198.51.100.1");
    }

    #[test]
    fn the_last_hop_that_is_not_ours_counts_whatever_stands_before_it() {
        let ours = ["10.0.0.0/8"];
        assert_eq!(seen("10.0.0.1", &["1.1.1.1, 198.51.100.1, 10.0.0.2"], &ours), "198.51.100.1");
        assert_eq!(seen("10.0.0.1", &["1.1.1.1", "198.51.100.1"], &ours), "198.51.100.1");
        assert_eq!(seen("10.0.0.1", &["1.1.1.1, nonsense"], &ours), "10.0.0.1");
        assert_eq!(seen("10.0.0.1", &["198.51.100.1:4711"], &ours), "198.51.100.1");
        assert_eq!(seen("10.0.0.1", &["[2001:db8::1]:4711"], &ours), "2001:db8::1");
        assert_eq!(seen("10.0.0.1", &["::ffff:198.51.100.1"], &ours), "198.51.100.1");
        assert_eq!(seen("10.0.0.1", &[], &ours), "10.0.0.1");
    }

    #[test]
    fn an_origin_is_ours_by_scheme_host_and_port() {
        let mut config = Config::for_tests("postgres://x".into(), ".".into());
        config.edge.cors_origins = vec!["https://app.example".into()];
        assert!(is_own_origin(&config, "http://kommunity.test"));
        assert!(is_own_origin(&config, "https://app.example"));
        for foreign in
            ["https://kommunity.test", "http://kommunity.test:81", "http://app.example", "null", ""]
        {
            assert!(!is_own_origin(&config, foreign), "{foreign}");
        }
        config.public_url = "http://localhost:8080".into();
        assert!(is_own_origin(&config, "http://127.0.0.1:8080"));
        assert!(!is_own_origin(&config, "http://127.0.0.1:8081"));
        config.mode = Mode::Production;
        assert!(!is_own_origin(&config, "http://127.0.0.1:8080"));
    }
}
