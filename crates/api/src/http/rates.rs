//! Rate limits: how many requests a minute, by whom. Counted on each server by itself.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::Arc;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{ResponseError, web};
use contract::endpoint::{Access, Method};
use contract::problem::Code;
use contract::session::REFRESH;
use domain::clock::Clock;
use domain::id::UserId;
use governor::middleware::StateInformationMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

use super::error::Error;
use super::{gate, is_below, peer, routed_path};
use crate::app::App;
use crate::config;

pub const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
pub const LIMIT: HeaderName = HeaderName::from_static("ratelimit");
/// Seconds of the window.
const WINDOW: u64 = 60;
/// How many callers one policy remembers at most; beyond them, all who are new share one quota.
const REMEMBERED_MAX: usize = 100_000;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Who {
    User(UserId),
    /// An IPv6 address stands for its network of 64 bits: one household has all of them.
    At(IpAddr),
    Everybody,
}

/// The limits of one server.
pub struct Limits {
    user: Policy,
    address: Policy,
    sign_in: Policy,
}

struct Policy {
    name: &'static str,
    quota: NonZeroU32,
    clock: Beat,
    counts: RateLimiter<Who, DashMapStateStore<Who>, Beat, StateInformationMiddleware>,
}

/// The application's clock, as the counting wants it.
#[derive(Clone)]
struct Beat(Arc<dyn Clock>);

impl governor::clock::Clock for Beat {
    type Instant = Nanos;
    fn now(&self) -> Nanos {
        let nanos = self.0.now().timestamp_nanos_opt().and_then(|nanos| u64::try_from(nanos).ok());
        Nanos::new(nanos.unwrap_or_default())
    }
}

/// Where a caller stands with one policy.
struct Standing {
    name: &'static str,
    quota: NonZeroU32,
    remaining: u32,
    /// Seconds until they may come again, for whoever has used it up.
    wait: Option<u32>,
}

impl Limits {
    pub fn new(rates: config::Rates, clock: &Arc<dyn Clock>) -> Self {
        let policy = |name, quota| {
            let quota = NonZeroU32::new(quota).unwrap_or(NonZeroU32::MAX);
            let clock = Beat(Arc::clone(clock));
            let counts =
                RateLimiter::new(Quota::per_minute(quota), DashMapStateStore::default(), clock.clone());
            Policy { name, quota, clock, counts }
        };
        Self {
            user: policy("user", rates.user),
            address: policy("address", rates.address),
            sign_in: policy("sign-in", rates.sign_in),
        }
    }

    /// Counts a request with every policy that is about it. Whose token is good counts by user, everybody else by address;
    /// what tries passwords or sends mail to strangers counts by address once more. Reports without an account do neither,
    /// and are throttled where they are made.
    fn count(&self, request: &ServiceRequest, app: &App) -> Vec<Standing> {
        let token = gate::bearer(request).and_then(|token| app.tokens.verify(token, app.now()));
        let at = || Who::At(network(peer::client_address(request.request())));
        let tries = gate::operation(request).is_ok_and(|operation| {
            operation.access == Access::Public
                && operation.method == Method::Post
                && operation.id != REFRESH.operation.id
                && !operation.path.starts_with("/public/")
        });
        let mut standings = vec![match token {
            Some(claims) => self.user.count(Who::User(claims.sub)),
            None => self.address.count(at()),
        }];
        if tries {
            standings.push(self.sign_in.count(at()));
        }
        standings
    }
}

impl Policy {
    fn count(&self, who: Who) -> Standing {
        if self.counts.len() >= REMEMBERED_MAX {
            self.counts.retain_recent();
        }
        let who = if self.counts.len() >= REMEMBERED_MAX { Who::Everybody } else { who };
        let (remaining, wait) = match self.counts.check_key(&who) {
            Ok(state) => (state.remaining_burst_capacity(), None),
            Err(not_yet) => {
                let wait = not_yet.wait_time_from(governor::clock::Clock::now(&self.clock));
                let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
                (0, Some(u32::try_from(seconds).unwrap_or(u32::MAX)))
            }
        };
        Standing { name: self.name, quota: self.quota, remaining, wait }
    }
}

fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(six) => Ipv6Addr::from_bits(six.to_bits() >> 64 << 64).into(),
    }
}

pub async fn rates(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let app = request.app_data::<web::Data<App>>().cloned();
    let Some(app) = app.filter(|_| is_below(routed_path(&request), "/api")) else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    let standings = app.rates.count(&request, &app);
    let wait = standings.iter().filter_map(|standing| standing.wait).max();
    let tell = |headers: &mut HeaderMap| {
        for (name, text) in [(POLICY, policies(&standings)), (LIMIT, what_is_left(&standings))] {
            if let Ok(value) = HeaderValue::from_str(&text) {
                headers.insert(name, value);
            }
        }
    };
    if wait.is_some() {
        let violated = standings.iter().filter(|it| it.wait.is_some()).map(|it| it.name).collect();
        let refused = Error { violated, retry_after: wait, ..Code::TooManyRequests.into() };
        let mut response = request.into_response(refused.error_response());
        tell(response.headers_mut());
        return Ok(response);
    }
    match next.call(request).await {
        Ok(response) => {
            let mut response = response.map_into_boxed_body();
            tell(response.headers_mut());
            Ok(response)
        }
        // Who was given up on has no request any more, only an error.
        Err(error) => {
            let mut response = error.error_response();
            tell(response.headers_mut());
            Err(InternalError::from_response("given up", response).into())
        }
    }
}

/// `"user";q=600;w=60`
fn policies(standings: &[Standing]) -> String {
    let all = standings.iter().map(|it| format!("\"{}\";q={};w={WINDOW}", it.name, it.quota));
    all.collect::<Vec<_>>().join(", ")
}

/// `"user";r=599;t=1`: so many are left, and all of them again in so many seconds.
fn what_is_left(standings: &[Standing]) -> String {
    let all = standings.iter().map(|it| {
        let used = u64::from(it.quota.get() - it.remaining.min(it.quota.get()));
        let restored = (used * WINDOW).div_ceil(u64::from(it.quota.get()));
        format!("\"{}\";r={};t={}", it.name, it.remaining, it.wait.map_or(restored, u64::from))
    });
    all.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use domain::clock::FixedClock;

    use super::*;

    fn limits(user: u32) -> (Limits, Arc<FixedClock>) {
        let clock = Arc::new(FixedClock::at("2026-06-15T08:00:00Z".parse().unwrap()));
        let rates = config::Rates { user, address: user, sign_in: user };
        let shared: Arc<dyn Clock> = clock.clone();
        (Limits::new(rates, &shared), clock)
    }

    #[test]
    fn a_quota_is_used_up_and_comes_back_with_time() {
        let (limits, clock) = limits(3);
        let left = || {
            let standing = limits.user.count(Who::Everybody);
            (standing.remaining, standing.wait)
        };
        assert_eq!([left(), left(), left(), left()], [(2, None), (1, None), (0, None), (0, Some(20))]);
        clock.advance(chrono::TimeDelta::seconds(20));
        assert_eq!(left(), (0, None));
    }

    #[test]
    fn headers_have_the_form_of_the_draft() {
        let (limits, _) = limits(30);
        let standing = [limits.address.count(Who::Everybody), limits.sign_in.count(Who::Everybody)];
        assert_eq!(policies(&standing), "\"address\";q=30;w=60, \"sign-in\";q=30;w=60");
        assert_eq!(what_is_left(&standing), "\"address\";r=29;t=2, \"sign-in\";r=29;t=2");
    }

    #[test]
    fn all_addresses_of_a_household_are_one() {
        let one = network("2001:db8:1:2:3:4:5:6".parse().unwrap());
        assert_eq!(one, network("2001:db8:1:2:ffff::1".parse().unwrap()));
        assert_ne!(one, network("2001:db8:1:3::1".parse().unwrap()));
    }
}
