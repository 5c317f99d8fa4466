//! Values in a path, a query or a header.

use std::borrow::Cow;

/// A value that can stand in a path, a query or a header.
///
/// ```
/// use harvest_runtime::Param;
///
/// assert_eq!(true.to_param(), "true");
/// assert_eq!(4_020_460_005_i64.to_param(), "4020460005");
/// ```
pub trait Param {
    /// The value as text, not yet percent-encoded.
    fn to_param(&self) -> Cow<'_, str>;
}

impl Param for str {
    fn to_param(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl Param for String {
    fn to_param(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl Param for bool {
    fn to_param(&self) -> Cow<'_, str> {
        Cow::Borrowed(if *self { "true" } else { "false" })
    }
}

impl<T: Param + ?Sized> Param for &T {
    fn to_param(&self) -> Cow<'_, str> {
        (**self).to_param()
    }
}

macro_rules! by_display {
    ($($number:ty),+) => {$(
        impl Param for $number {
            fn to_param(&self) -> Cow<'_, str> {
                Cow::Owned(self.to_string())
            }
        }
    )+};
}

by_display!(i8, i16, i32, i64, u8, u16, u32, u64, isize, usize, f32, f64);
