//! `#[wire]`: what every type that crosses the wire derives, spelled once.
//!
//! The browser gets serde only; the server, with the `server` feature of the crate that uses the macro, also gets
//! `validator::Validate` and `utoipa::ToSchema`. So business types carry plain `#[validate(…)]` and `#[schema(…)]`
//! attributes instead of a `cfg_attr` each.

use proc_macro::TokenStream;
use quote::{ToTokens, quote};
use syn::{Attribute, Fields, Item, parse_macro_input, parse_quote};

/// Attributes that mean something on the server only.
const SERVER_ONLY: [&str; 2] = ["validate", "schema"];

/// Makes a struct or an enum a type of the wire.
///
/// Arguments, in any order: `input` refuses what nobody may leave out or add (server: derives `Validate`, notes
/// `additionalProperties: false` in the document).
#[proc_macro_attribute]
pub fn wire(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let input = arguments.to_string() == "input";
    let mut item = parse_macro_input!(item as Item);
    match &mut item {
        Item::Struct(it) => {
            hide(&mut it.attrs);
            hide_in(&mut it.fields);
        }
        Item::Enum(it) => {
            hide(&mut it.attrs);
            for variant in &mut it.variants {
                hide(&mut variant.attrs);
                hide_in(&mut variant.fields);
            }
        }
        other => {
            return syn::Error::new_spanned(other, "#[wire] is for structs and enums")
                .to_compile_error()
                .into();
        }
    }
    let server = if input {
        quote!(#[cfg_attr(feature = "server", derive(validator::Validate, utoipa::ToSchema))])
    } else {
        quote!(#[cfg_attr(feature = "server", derive(utoipa::ToSchema))])
    };
    quote! {
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #server
        #item
    }
    .into()
}

fn hide_in(fields: &mut Fields) {
    for field in fields {
        hide(&mut field.attrs);
    }
}

fn hide(attributes: &mut [Attribute]) {
    for attribute in attributes {
        if SERVER_ONLY.iter().any(|name| attribute.path().is_ident(name)) {
            let meta = attribute.meta.to_token_stream();
            *attribute = parse_quote!(#[cfg_attr(feature = "server", #meta)]);
        }
    }
}
