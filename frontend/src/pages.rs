//! Which page belongs to which address, and in which piece of the app it comes.
//!
//! What everybody needs at once (the way in, the shell, the start page) is the core. The other pages come in pieces,
//! each a WebAssembly file of its own that is fetched when one of its pages is first wanted.

mod account;
mod announcements;
mod announcing;
mod board;
mod door;
mod figures;
mod members;
mod office;
mod public;
mod registers;
mod report;
mod request;
mod requests;
mod zones;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use crate::api::Failure;
use crate::community::start::Start;
use crate::load::Failed;
use crate::routes::{Piece, Route};
use crate::session::sign_in::SignInPage;
use crate::shell::NotFound;
use crate::ui::live::live;
use crate::ui::skeleton::SkeletonRows;
use crate::words;

/// Draws the page of an address of its piece.
type Draw = fn(Route) -> AnyView;

/// Each answers a function instead of a page: what awaits a file has no owner, and a page needs one.
#[wasm_split(door, fallible, wasm_split_path = leptos::wasm_split)]
fn fetch_door() -> Result<Draw, SplitLoaderError> {
    Ok(door::page)
}

#[wasm_split(requests, fallible, wasm_split_path = leptos::wasm_split)]
fn fetch_requests() -> Result<Draw, SplitLoaderError> {
    Ok(requests::page)
}

#[wasm_split(board, fallible, wasm_split_path = leptos::wasm_split)]
fn fetch_board() -> Result<Draw, SplitLoaderError> {
    Ok(board::page)
}

#[wasm_split(request, fallible, wasm_split_path = leptos::wasm_split)]
fn fetch_request() -> Result<Draw, SplitLoaderError> {
    Ok(request::page)
}

#[wasm_split(report, fallible, wasm_split_path = leptos::wasm_split)]
fn fetch_report() -> Result<Draw, SplitLoaderError> {
    Ok(report::page)
}

#[wasm_split(members, fallible, wasm_split_path = leptos::wasm_split)]
fn fetch_members() -> Result<Draw, SplitLoaderError> {
    Ok(members::page)
}

#[wasm_split(registers, fallible, wasm_split_path = leptos::wasm_split)]
fn fetch_registers() -> Result<Draw, SplitLoaderError> {
    Ok(registers::page)
}

#[wasm_split(zones, fallible, wasm_split_path = leptos::wasm_split)]
fn fetch_zones() -> Result<Draw, SplitLoaderError> {
    Ok(zones::page)
}

#[wasm_split(office, fallible, wasm_split_path = leptos::wasm_split)]
fn fetch_office() -> Result<Draw, SplitLoaderError> {
    Ok(office::page)
}

#[wasm_split(account, fallible, wasm_split_path = leptos::wasm_split)]
fn fetch_account() -> Result<Draw, SplitLoaderError> {
    Ok(account::page)
}

#[wasm_split(announcements, fallible, wasm_split_path = leptos::wasm_split)]
fn fetch_announcements() -> Result<Draw, SplitLoaderError> {
    Ok(announcements::page)
}

#[wasm_split(announcing, fallible, wasm_split_path = leptos::wasm_split)]
fn fetch_announcing() -> Result<Draw, SplitLoaderError> {
    Ok(announcing::page)
}

#[wasm_split(figures, fallible, wasm_split_path = leptos::wasm_split)]
fn fetch_figures() -> Result<Draw, SplitLoaderError> {
    Ok(figures::page)
}

#[wasm_split(public, fallible, wasm_split_path = leptos::wasm_split)]
fn fetch_public() -> Result<Draw, SplitLoaderError> {
    Ok(public::page)
}

async fn fetch(piece: Piece) -> Result<Draw, SplitLoaderError> {
    match piece {
        Piece::Core => Ok(core),
        Piece::Door => fetch_door().await,
        Piece::Requests => fetch_requests().await,
        Piece::Board => fetch_board().await,
        Piece::Request => fetch_request().await,
        Piece::Report => fetch_report().await,
        Piece::Members => fetch_members().await,
        Piece::Registers => fetch_registers().await,
        Piece::Zones => fetch_zones().await,
        Piece::Office => fetch_office().await,
        Piece::Account => fetch_account().await,
        Piece::Announcements => fetch_announcements().await,
        Piece::Announcing => fetch_announcing().await,
        Piece::Figures => fetch_figures().await,
        Piece::Public => fetch_public().await,
    }
}

/// Fetches a piece before one of its pages is wanted. Whoever wants it later and cannot get it is told then.
pub fn prefetch(piece: Piece) {
    spawn_local(async move {
        let _ = fetch(piece).await;
    });
}

/// The pages that come with the app itself.
fn core(route: Route) -> AnyView {
    match route {
        Route::Home => view! { <Start community=None /> }.into_any(),
        Route::Start(community) => view! { <Start community=Some(community) /> }.into_any(),
        Route::SignIn => view! { <SignInPage /> }.into_any(),
        _ => view! { <NotFound /> }.into_any(),
    }
}

/// A piece of the app: on its way, here, or not to be had.
#[derive(Clone, Copy)]
enum State {
    Coming,
    Here(Draw),
    Lost,
}

/// The page of an address, as soon as its piece is here.
#[component]
pub fn Pages(route: Memo<Route>) -> impl IntoView {
    let piece = Memo::new(move |_| route.read().piece());
    live(move || match piece.get() {
        Piece::Core => live(move || core(route.get())).into_any(),
        piece => view! { <Fetched piece=piece route=route /> }.into_any(),
    })
}

#[component]
fn Fetched(piece: Piece, route: Memo<Route>) -> impl IntoView {
    let state = RwSignal::new(State::Coming);
    let ask = move || {
        state.set(State::Coming);
        spawn_local(async move {
            let answer = fetch(piece).await.map_or(State::Lost, State::Here);
            // Nobody waits any more once they have gone elsewhere.
            let _ = state.try_set(answer);
        });
    };
    ask();
    live(move || match state.get() {
        State::Coming => view! { <SkeletonRows label=words::common::loading() /> }.into_any(),
        State::Here(draw) => live(move || draw(route.get())).into_any(),
        State::Lost => {
            view! { <Failed failure=Failure::Offline retry=Callback::new(move |()| ask()) /> }.into_any()
        }
    })
}
