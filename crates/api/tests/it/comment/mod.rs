//! What people say about a request.

mod changing;
mod files;
mod leaks;
mod mentions;
mod races;
mod talking;

/// Takes back what somebody said.
pub async fn take_back(
    who: &crate::support::caller::Caller,
    request: &contract::service_request::ServiceRequest,
    comment: &contract::comment::Comment,
) {
    assert_eq!(changing::remove(who, request, comment, None).await.status, 204);
}
