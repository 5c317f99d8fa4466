//! The traits of `sqlx`, for every database that it has integers and texts for.

#[doc(hidden)]
#[macro_export]
macro_rules! __sqlx_id {
    ($name:ident) => {
        impl<DB: $crate::__private::sqlx::database::Database>
            $crate::__private::sqlx::types::Type<DB> for $name
        where
            i64: $crate::__private::sqlx::types::Type<DB>,
        {
            fn type_info() -> DB::TypeInfo {
                <i64 as $crate::__private::sqlx::types::Type<DB>>::type_info()
            }

            fn compatible(column: &DB::TypeInfo) -> bool {
                <i64 as $crate::__private::sqlx::types::Type<DB>>::compatible(column)
            }
        }

        impl<'q, DB: $crate::__private::sqlx::database::Database>
            $crate::__private::sqlx::encode::Encode<'q, DB> for $name
        where
            i64: $crate::__private::sqlx::encode::Encode<'q, DB>,
        {
            fn encode_by_ref(
                &self,
                buffer: &mut <DB as $crate::__private::sqlx::database::Database>::ArgumentBuffer<
                    'q,
                >,
            ) -> ::core::result::Result<
                $crate::__private::sqlx::encode::IsNull,
                $crate::__private::sqlx::error::BoxDynError,
            > {
                <i64 as $crate::__private::sqlx::encode::Encode<'q, DB>>::encode_by_ref(
                    &self.0, buffer,
                )
            }

            fn produces(&self) -> ::core::option::Option<DB::TypeInfo> {
                <i64 as $crate::__private::sqlx::encode::Encode<'q, DB>>::produces(&self.0)
            }
        }

        impl<'r, DB: $crate::__private::sqlx::database::Database>
            $crate::__private::sqlx::decode::Decode<'r, DB> for $name
        where
            i64: $crate::__private::sqlx::decode::Decode<'r, DB>,
        {
            fn decode(
                value: <DB as $crate::__private::sqlx::database::Database>::ValueRef<'r>,
            ) -> ::core::result::Result<Self, $crate::__private::sqlx::error::BoxDynError> {
                <i64 as $crate::__private::sqlx::decode::Decode<'r, DB>>::decode(value).map(Self)
            }
        }
    };
}

// NULL is written by `Option`, because databases differ in how.
#[doc(hidden)]
#[macro_export]
macro_rules! __sqlx_text {
    ($name:ident) => {
        impl<DB: $crate::__private::sqlx::database::Database>
            $crate::__private::sqlx::types::Type<DB> for $name
        where
            ::std::string::String: $crate::__private::sqlx::types::Type<DB>,
        {
            fn type_info() -> DB::TypeInfo {
                <::std::string::String as $crate::__private::sqlx::types::Type<DB>>::type_info()
            }

            fn compatible(column: &DB::TypeInfo) -> bool {
                <::std::string::String as $crate::__private::sqlx::types::Type<DB>>::compatible(
                    column,
                )
            }
        }

        impl<'q, DB: $crate::__private::sqlx::database::Database>
            $crate::__private::sqlx::encode::Encode<'q, DB> for $name
        where
            ::core::option::Option<::std::string::String>:
                $crate::__private::sqlx::encode::Encode<'q, DB>,
        {
            fn encode_by_ref(
                &self,
                buffer: &mut <DB as $crate::__private::sqlx::database::Database>::ArgumentBuffer<
                    'q,
                >,
            ) -> ::core::result::Result<
                $crate::__private::sqlx::encode::IsNull,
                $crate::__private::sqlx::error::BoxDynError,
            > {
                let text = $crate::__private::Stored::stored(self);
                let text = text.map(::std::string::String::from);
                $crate::__private::sqlx::encode::Encode::<'q, DB>::encode(text, buffer)
            }
        }

        impl<'r, DB: $crate::__private::sqlx::database::Database>
            $crate::__private::sqlx::decode::Decode<'r, DB> for $name
        where
            ::std::string::String: $crate::__private::sqlx::decode::Decode<'r, DB>,
        {
            fn decode(
                value: <DB as $crate::__private::sqlx::database::Database>::ValueRef<'r>,
            ) -> ::core::result::Result<Self, $crate::__private::sqlx::error::BoxDynError> {
                let text = <::std::string::String as $crate::__private::sqlx::decode::Decode<
                    'r,
                    DB,
                >>::decode(value)?;
                ::core::result::Result::Ok($crate::__private::Stored::read(&text))
            }
        }
    };
}
