//! Every address of the app, once: how it is written and how it is read.

/// A place in the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    SignIn,
    /// Sends everybody to where they belong.
    Home,
    /// A community's start page, which depends on what one is there.
    Start(String),
    Requests(String),
    Request(String, String),
    Report(String),
    Jobs(String),
    Notifications,
    Communities,
    Account,
    Unknown,
}

impl Route {
    /// The address, as it stands in a link.
    pub fn href(&self) -> String {
        match self {
            Route::SignIn => "/sign-in".into(),
            Route::Home | Route::Unknown => "/".into(),
            Route::Start(community) => format!("/c/{community}"),
            Route::Requests(community) => format!("/c/{community}/requests"),
            Route::Request(community, number) => format!("/c/{community}/requests/{number}"),
            Route::Report(community) => format!("/c/{community}/report"),
            Route::Jobs(community) => format!("/c/{community}/jobs"),
            Route::Notifications => "/notifications".into(),
            Route::Communities => "/communities".into(),
            Route::Account => "/account".into(),
        }
    }

    /// Reads the path of an address.
    pub fn parse(path: &str) -> Route {
        let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
        match segments.as_slice() {
            [] => Route::Home,
            ["sign-in"] => Route::SignIn,
            ["notifications"] => Route::Notifications,
            ["communities"] => Route::Communities,
            ["account"] => Route::Account,
            ["c", community] => Route::Start((*community).into()),
            ["c", community, "requests"] => Route::Requests((*community).into()),
            ["c", community, "requests", number] => Route::Request((*community).into(), (*number).into()),
            ["c", community, "report"] => Route::Report((*community).into()),
            ["c", community, "jobs"] => Route::Jobs((*community).into()),
            _ => Route::Unknown,
        }
    }

    /// The community that the place is in.
    pub fn community(&self) -> Option<&str> {
        match self {
            Route::Start(community)
            | Route::Requests(community)
            | Route::Request(community, _)
            | Route::Report(community)
            | Route::Jobs(community) => Some(community),
            Route::SignIn
            | Route::Home
            | Route::Notifications
            | Route::Communities
            | Route::Account
            | Route::Unknown => None,
        }
    }
}

/// Where to go after signing in: only ever to a place of this app.
pub fn safe_next(next: &str) -> String {
    let path = next.split(['?', '#']).next().unwrap_or_default();
    let inside = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\');
    match Route::parse(path) {
        Route::Unknown | Route::SignIn => "/".into(),
        _ if inside => next.into(),
        _ => "/".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_is_read_back_as_it_was_written() {
        let park = || "willow-park".to_owned();
        for route in [
            Route::SignIn,
            Route::Home,
            Route::Start(park()),
            Route::Requests(park()),
            Route::Request(park(), "MNT-2026-0007".into()),
            Route::Report(park()),
            Route::Jobs(park()),
            Route::Notifications,
            Route::Communities,
            Route::Account,
        ] {
            assert_eq!(Route::parse(&route.href()), route);
        }
        assert_eq!(Route::parse("/c/willow-park/nowhere"), Route::Unknown);
    }

    #[test]
    fn signing_in_leads_to_this_app_only() {
        assert_eq!(safe_next("/c/willow-park/requests?view=all"), "/c/willow-park/requests?view=all");
        for strange in
            ["//evil.example", "https://evil.example/", "/\\evil.example", "/sign-in", "javascript:x", ""]
        {
            assert_eq!(safe_next(strange), "/", "{strange}");
        }
    }
}
