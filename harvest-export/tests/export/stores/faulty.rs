//! A store in memory that fails where a test says so.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use async_trait::async_trait;
use futures_util::TryStreamExt;
use futures_util::stream::BoxStream;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{
    CopyOptions, Error, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta,
    ObjectStore, PutMode, PutMultipartOptions, PutOptions, PutPayload, PutResult, Result,
};

/// A store in memory.
#[derive(Debug)]
pub(super) struct Faulty {
    objects: InMemory,
    /// How many writes there are before one fails.
    pub left: AtomicU64,
    /// Whether the one that fails was carried out.
    pub is_lost: AtomicBool,
    /// Whether conditions are not looked at.
    pub heeds_none: AtomicBool,
}

impl Faulty {
    pub(super) fn new(objects: InMemory) -> Self {
        Self {
            objects,
            left: AtomicU64::new(u64::MAX),
            is_lost: AtomicBool::new(false),
            heeds_none: AtomicBool::new(false),
        }
    }

    /// All keys.
    pub(super) async fn names(&self) -> BTreeSet<String> {
        let all = self.objects.list(None).map_ok(|it| it.location.to_string());
        all.try_collect().await.expect("names")
    }
}

impl fmt::Display for Faulty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Faulty")
    }
}

#[async_trait]
impl ObjectStore for Faulty {
    async fn put_opts(
        &self,
        location: &Path,
        payload: PutPayload,
        mut options: PutOptions,
    ) -> Result<PutResult> {
        if self.heeds_none.load(Ordering::Relaxed) {
            options.mode = PutMode::Overwrite;
        }
        let fails = self.left.fetch_sub(1, Ordering::Relaxed) == 1;
        if !fails {
            return self.objects.put_opts(location, payload, options).await;
        }
        if self.is_lost.load(Ordering::Relaxed) {
            self.objects.put_opts(location, payload, options).await?;
        }
        Err(Error::Generic {
            store: "Faulty",
            source: "the key hunter2 was sent".into(),
        })
    }

    async fn put_multipart_opts(
        &self,
        location: &Path,
        options: PutMultipartOptions,
    ) -> Result<Box<dyn MultipartUpload>> {
        self.objects.put_multipart_opts(location, options).await
    }

    async fn get_opts(&self, location: &Path, options: GetOptions) -> Result<GetResult> {
        self.objects.get_opts(location, options).await
    }

    fn delete_stream(
        &self,
        locations: BoxStream<'static, Result<Path>>,
    ) -> BoxStream<'static, Result<Path>> {
        self.objects.delete_stream(locations)
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        self.objects.list(prefix)
    }

    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> Result<ListResult> {
        self.objects.list_with_delimiter(prefix).await
    }

    async fn copy_opts(&self, from: &Path, to: &Path, options: CopyOptions) -> Result<()> {
        self.objects.copy_opts(from, to, options).await
    }
}
