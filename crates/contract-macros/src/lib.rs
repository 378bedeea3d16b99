//! `#[wire]`: what every type that crosses the wire derives, spelled once.
//!
//! The browser gets serde only; the server, with the `server` feature of the crate that uses the macro, also gets
//! `validator::Validate` and `utoipa::ToSchema`. So business types carry plain `#[validate(…)]` and `#[schema(…)]`
//! attributes instead of a `cfg_attr` each.

use proc_macro::TokenStream;
use quote::{ToTokens, quote};
use syn::{
    Attribute, Field, Fields, GenericArgument, Item, LitStr, Meta, Path, PathArguments, Type,
    parse_macro_input, parse_quote,
};

/// Attributes that mean something on the server only.
const SERVER_ONLY: [&str; 3] = ["validate", "schema", "param"];

/// Makes a struct or an enum a type of the wire.
///
/// Arguments: none for what the server answers; `input` for a body it takes (the server derives `Validate`); `patch` for
/// the body of a `PATCH`, every field of which is read as one of a JSON merge patch; `query` for a query string (the
/// server derives `IntoParams` as well, and `#[schema(…)]` describes parameters).
///
/// A rule of a field, `#[validate(custom(function = "rules::title"))]`, gives it its limits in the document, too: its name
/// ends the field's description, as `rule:title`, and the document puts `contract::rules::limits("title")` in its place.
#[proc_macro_attribute]
pub fn wire(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let kind = arguments.to_string();
    let mut item = parse_macro_input!(item as Item);
    match &mut item {
        Item::Struct(it) => {
            it.fields.iter_mut().for_each(|field| name_rules(&mut field.attrs));
            if kind == "patch" {
                it.fields.iter_mut().for_each(read_as_patch);
            }
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
        "input" | "patch" => {
            quote!(#[cfg_attr(feature = "server", derive(validator::Validate, utoipa::ToSchema))])
        }
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

/// Ends a field's description with the names of its rules: no other attribute reaches the document from everywhere, be it a
/// text, a list or a parameter.
fn name_rules(attributes: &mut Vec<Attribute>) {
    let rules: Vec<String> = attributes.iter().filter_map(rule).collect();
    for rule in rules {
        let named = format!(" rule:{rule}");
        attributes.push(parse_quote!(#[cfg_attr(feature = "server", doc = #named)]));
    }
}

/// The `title` of `#[validate(custom(function = "rules::title"))]`.
fn rule(attribute: &Attribute) -> Option<String> {
    let mut rule = None;
    if attribute.path().is_ident("validate") {
        // What is written in another way is the validator's to complain of.
        let _ = attribute.parse_nested_meta(|custom| {
            custom.parse_nested_meta(|function| {
                let path: LitStr = function.value()?.parse()?;
                rule = path.parse::<Path>()?.segments.last().map(|segment| segment.ident.to_string());
                Ok(())
            })
        });
    }
    rule
}

/// Absent stays, null empties: see `contract::patch`.
fn read_as_patch(field: &mut Field) {
    field.attrs.push(parse_quote! {
        #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::patch::given")]
    });
    let within = |kind: &Type| match kind {
        Type::Path(path) => path.path.segments.last().filter(|it| it.ident == "Option").cloned(),
        _ => None,
    };
    let inner = within(&field.ty).map(|option| option.arguments);
    let can_be_null = matches!(inner, Some(PathArguments::AngleBracketed(inner))
        if matches!(inner.args.first(), Some(GenericArgument::Type(kind)) if within(kind).is_some()));
    if !can_be_null {
        field.attrs.push(parse_quote!(#[schema(nullable = false)]));
    }
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
