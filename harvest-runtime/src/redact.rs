//! `Debug` that prints no personal data.

/// Implements `Debug` for structs so that it prints the named fields and leaves the rest out.
///
/// ```
/// struct User {
///     id: i64,
///     name: Option<String>,
/// }
///
/// struct PhoneNumber {
///     value: String,
/// }
///
/// harvest_runtime::redacted_debug! {
///     User { id }
///     PhoneNumber {}
/// }
///
/// let user = User { id: 5, name: Some("Mira Whitcombe".to_owned()) };
/// assert_eq!(format!("{user:?}"), "User { id: 5, .. }");
/// assert_eq!(format!("{:?}", PhoneNumber { value: "555-0100".to_owned() }), "PhoneNumber { .. }");
/// # let _ = user.name;
/// ```
#[macro_export]
macro_rules! redacted_debug {
    ($($name:ident { $($field:ident),* $(,)? })*) => {$(
        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(::core::stringify!($name))
                    $(.field(::core::stringify!($field), &self.$field))*
                    .finish_non_exhaustive()
            }
        }
    )*};
}
