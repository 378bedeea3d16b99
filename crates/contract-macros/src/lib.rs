//! `#[wire]`: what every type that crosses the wire derives, spelled once.
//!
//! The browser gets serde only; the server, with the `server` feature of the crate that uses the macro, also gets
//! `validator::Validate` and `utoipa::ToSchema`. So business types carry plain `#[validate(…)]` and `#[schema(…)]`
//! attributes instead of a `cfg_attr` each.

use proc_macro::TokenStream;
use quote::{ToTokens, quote};
use syn::{Attribute, Fields, Item, Meta, parse_macro_input, parse_quote};

/// Attributes that mean something on the server only.
const SERVER_ONLY: [&str; 3] = ["validate", "schema", "param"];

/// Makes a struct or an enum a type of the wire.
///
/// Arguments: none for what the server answers; `input` for a body it takes (the server derives `Validate`); `query`
/// for a query string (the server derives `IntoParams` as well, and `#[schema(…)]` describes parameters).
#[proc_macro_attribute]
pub fn wire(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let kind = arguments.to_string();
    let mut item = parse_macro_input!(item as Item);
    match &mut item {
        Item::Struct(it) => {
            if kind == "query" {
                it.fields.iter_mut().for_each(|field| describe_parameter(&mut field.attrs));
            }
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
    let server = match kind.as_str() {
        "input" => quote!(#[cfg_attr(feature = "server", derive(validator::Validate, utoipa::ToSchema))]),
        "query" => quote! {
            #[cfg_attr(feature = "server", derive(validator::Validate, utoipa::IntoParams))]
            #[cfg_attr(feature = "server", into_params(parameter_in = Query))]
        },
        _ => quote!(#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]),
    };
    quote! {
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #server
        #item
    }
    .into()
}

/// What `ToSchema` calls `schema`, `IntoParams` calls `param`.
fn describe_parameter(attributes: &mut [Attribute]) {
    for attribute in attributes {
        if let Meta::List(list) = &attribute.meta
            && list.path.is_ident("schema")
        {
            let tokens = list.tokens.clone();
            *attribute = parse_quote!(#[param(#tokens)]);
        }
    }
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
