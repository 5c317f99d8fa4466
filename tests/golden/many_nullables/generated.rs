// Written by `UPDATE_GOLDEN=1 cargo test -p harvest-tests --test golden`; read what changed before committing.

pub mod client {
    use std::marker::PhantomData;
    use harvest_runtime::{
        Api, Async, Auth, CallOptions, ClientBuilder, Core, Error, Method, RawRequest,
    };
    /// Makes the requests of this version. Cheap to clone; clones share connections and the pace.
    ///
    /// `M` says how it makes calls.
    ///
    /// The methods are spread over the modules of the resources, each behind the cargo feature of that name.
    pub struct Client<M = Async> {
        pub(super) core: Core,
        state: PhantomData<fn() -> M>,
    }
    impl<M> Client<M> {
        /// A client that authenticates with an API key, and is otherwise as [`Client::builder`] leaves it.
        ///
        /// # Errors
        ///
        /// If there is no credential, or it cannot be sent in a header.
        pub fn new(api_key: impl Into<String>) -> Result<Self, Error> {
            Self::builder().credential(api_key).build()
        }
        /// A client as the environment says.
        ///
        /// The description names no variables.
        ///
        /// # Errors
        ///
        /// If there is no credential, or one of the variables makes no sense.
        pub fn from_env() -> Result<Self, Error> {
            ClientBuilder::from_env().build()
        }
        /// A client with settings of your own: where it sends, for whom it acts, how long it waits.
        pub fn builder() -> ClientBuilder<Self> {
            ClientBuilder::new()
        }
    }
    impl<M> Client<M> {
        fn of(core: Core) -> Self {
            Self { core, state: PhantomData }
        }
        /// The same client with other time limits, retries and pace. What the options leave open is as before.
        #[must_use]
        pub fn with_options(&self, options: CallOptions) -> Self {
            Self::of(self.core.with_options(options))
        }
        /// A request that this client has no method for, carried out as all others are. The path begins with
        /// `/`, from the root of the API; `{name}` in it can be filled.
        pub fn request(&self, method: Method, path: &str) -> RawRequest<M> {
            RawRequest::in_mode(&self.core, method, path)
        }
    }
    impl<M> Api for Client<M> {
        const NAME: &'static str = "Many nullables";
        const BASE_URL: &'static str = "https://bookshop.example";
        const AUTH: Auth = Auth::Basic;
        fn from_core(core: Core) -> Self {
            Self::of(core)
        }
        fn core(&self) -> &Core {
            &self.core
        }
    }
    impl<M> Clone for Client<M> {
        fn clone(&self) -> Self {
            Self::of(self.core.clone())
        }
    }
    /// Prints the host of the base URL, and nothing else that is set.
    impl<M> std::fmt::Debug for Client<M> {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.debug_struct("Client").field("core", &self.core).finish_non_exhaustive()
        }
    }
}
/// The client whose calls are futures.
pub type Client = client::Client<harvest_runtime::Async>;
/// The client whose calls block the thread: see [`harvest_runtime::blocking`].
#[cfg(feature = "blocking")]
#[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
pub mod blocking {
    /// The client whose calls block.
    pub type Client = super::client::Client<harvest_runtime::Blocking>;
}
pub mod operations {
    #[allow(unused_imports)]
    use harvest_runtime::{ActingUser, Operation, Pagination};
    /// Every operation of this version, whether its feature is on or off.
    pub static OPERATIONS: &[Operation] = &[GET_BOOK];
    /// Get a book.
    pub const GET_BOOK: Operation = Operation {
        id: "get_book",
        path: "/books/{id}",
        tag: "books",
        permission: "GET: Get a book",
        documentation: "https://bookshop.example/docs#get_book",
        ..Operation::GET
    };
}
pub mod types {
    /// A book of which much can be said.
    #[derive(Clone, Default, PartialEq)]
    #[non_exhaustive]
    pub struct Book {
        /// The id of a book.
        pub id: BookId,
        /// A remark.
        pub p0: Option<String>,
        /// A remark.
        pub p1: Option<String>,
        /// A remark.
        pub p2: Option<String>,
        /// A remark.
        pub p3: Option<String>,
        /// A remark.
        pub p4: Option<String>,
        /// A remark.
        pub p5: Option<String>,
        /// A remark.
        pub p6: Option<String>,
        /// A remark.
        pub p7: Option<String>,
        /// A remark.
        pub p8: Option<String>,
        /// A remark.
        pub p9: Option<String>,
        /// A remark.
        pub p10: Option<String>,
        /// A remark.
        pub p11: Option<String>,
        /// A remark.
        pub p12: Option<String>,
        /// A remark.
        pub p13: Option<String>,
        /// A remark.
        pub p14: Option<String>,
        /// A remark.
        pub p15: Option<String>,
        /// A remark.
        pub p16: Option<String>,
        /// A remark.
        pub p17: Option<String>,
        /// A remark.
        pub p18: Option<String>,
        /// A remark.
        pub p19: Option<String>,
        /// A remark.
        pub p20: Option<String>,
        /// A remark.
        pub p21: Option<String>,
        /// A remark.
        pub p22: Option<String>,
        /// A remark.
        pub p23: Option<String>,
        /// A remark.
        pub p24: Option<String>,
        /// A remark.
        pub p25: Option<String>,
        /// A remark.
        pub p26: Option<String>,
        /// A remark.
        pub p27: Option<String>,
        /// A remark.
        pub p28: Option<String>,
        /// A remark.
        pub p29: Option<String>,
        /// A remark.
        pub p30: Option<String>,
        /// A remark.
        pub p31: Option<String>,
        /// A remark.
        pub p32: Option<String>,
        /// A remark.
        pub p33: Option<String>,
        /// A remark.
        pub p34: Option<String>,
        /// A remark.
        pub p35: Option<String>,
        /// A remark.
        pub p36: Option<String>,
        /// A remark.
        pub p37: Option<String>,
        /// A remark.
        pub p38: Option<String>,
        /// A remark.
        pub p39: Option<String>,
        /// A remark.
        pub p40: Option<String>,
        /// A remark.
        pub p41: Option<String>,
        /// A remark.
        pub p42: Option<String>,
        /// A remark.
        pub p43: Option<String>,
        /// A remark.
        pub p44: Option<String>,
        /// A remark.
        pub p45: Option<String>,
        /// A remark.
        pub p46: Option<String>,
        /// A remark.
        pub p47: Option<String>,
        /// A remark.
        pub p48: Option<String>,
        /// A remark.
        pub p49: Option<String>,
        /// A remark.
        pub p50: Option<String>,
        /// A remark.
        pub p51: Option<String>,
        /// A remark.
        pub p52: Option<String>,
        /// A remark.
        pub p53: Option<String>,
        /// A remark.
        pub p54: Option<String>,
        /// A remark.
        pub p55: Option<String>,
        /// A remark.
        pub p56: Option<String>,
        /// A remark.
        pub p57: Option<String>,
        /// A remark.
        pub p58: Option<String>,
        /// A remark.
        pub p59: Option<String>,
        /// A remark.
        pub p60: Option<String>,
        /// A remark.
        pub p61: Option<String>,
        /// A remark.
        pub p62: Option<String>,
        /// A remark.
        pub p63: Option<String>,
        /// A remark.
        pub p64: Option<String>,
        /// A remark.
        pub p65: Option<String>,
        /// A remark.
        pub p66: Option<String>,
        /// A remark.
        pub p67: Option<String>,
        /// A remark.
        pub p68: Option<String>,
        /// A remark.
        pub p69: Option<String>,
        /// A remark.
        pub p70: Option<String>,
        /// A remark.
        pub p71: Option<String>,
        /// A remark.
        pub p72: Option<String>,
        /// A remark.
        pub p73: Option<String>,
        /// A remark.
        pub p74: Option<String>,
        /// A remark.
        pub p75: Option<String>,
        /// A remark.
        pub p76: Option<String>,
        /// A remark.
        pub p77: Option<String>,
        /// A remark.
        pub p78: Option<String>,
        /// A remark.
        pub p79: Option<String>,
        /// A remark.
        pub p80: Option<String>,
        /// A remark.
        pub p81: Option<String>,
        /// A remark.
        pub p82: Option<String>,
        /// A remark.
        pub p83: Option<String>,
        /// A remark.
        pub p84: Option<String>,
        /// A remark.
        pub p85: Option<String>,
        /// A remark.
        pub p86: Option<String>,
        /// A remark.
        pub p87: Option<String>,
        /// A remark.
        pub p88: Option<String>,
        /// A remark.
        pub p89: Option<String>,
        /// A remark.
        pub p90: Option<String>,
        /// A remark.
        pub p91: Option<String>,
        /// A remark.
        pub p92: Option<String>,
        /// A remark.
        pub p93: Option<String>,
        /// A remark.
        pub p94: Option<String>,
        /// A remark.
        pub p95: Option<String>,
        /// A remark.
        pub p96: Option<String>,
        /// A remark.
        pub p97: Option<String>,
        /// A remark.
        pub p98: Option<String>,
        /// A remark.
        pub p99: Option<String>,
        /// A remark.
        pub p100: Option<String>,
        /// A remark.
        pub p101: Option<String>,
        /// A remark.
        pub p102: Option<String>,
        /// A remark.
        pub p103: Option<String>,
        /// A remark.
        pub p104: Option<String>,
        /// A remark.
        pub p105: Option<String>,
        /// A remark.
        pub p106: Option<String>,
        /// A remark.
        pub p107: Option<String>,
        /// A remark.
        pub p108: Option<String>,
        /// A remark.
        pub p109: Option<String>,
        /// A remark.
        pub p110: Option<String>,
        /// A remark.
        pub p111: Option<String>,
        /// A remark.
        pub p112: Option<String>,
        /// A remark.
        pub p113: Option<String>,
        /// A remark.
        pub p114: Option<String>,
        /// A remark.
        pub p115: Option<String>,
        /// A remark.
        pub p116: Option<String>,
        /// A remark.
        pub p117: Option<String>,
        /// A remark.
        pub p118: Option<String>,
        /// A remark.
        pub p119: Option<String>,
        /// A remark.
        pub p120: Option<String>,
        /// A remark.
        pub p121: Option<String>,
        /// A remark.
        pub p122: Option<String>,
        /// A remark.
        pub p123: Option<String>,
        /// A remark.
        pub p124: Option<String>,
        /// A remark.
        pub p125: Option<String>,
        /// A remark.
        pub p126: Option<String>,
        /// A remark.
        pub p127: Option<String>,
        /// A remark.
        pub p128: Option<String>,
        /// A remark.
        pub p129: Option<String>,
        /// A remark.
        pub p130: Option<String>,
        /// A remark.
        pub p131: Option<String>,
        /// A remark.
        pub p132: Option<String>,
        /// A remark.
        pub p133: Option<String>,
        /// A remark.
        pub p134: Option<String>,
        /// A remark.
        pub p135: Option<String>,
        /// A remark.
        pub p136: Option<String>,
        /// A remark.
        pub p137: Option<String>,
        /// A remark.
        pub p138: Option<String>,
        /// A remark.
        pub p139: Option<String>,
        /// A remark.
        pub p140: Option<String>,
        /// A remark.
        pub p141: Option<String>,
        /// A remark.
        pub p142: Option<String>,
        /// A remark.
        pub p143: Option<String>,
        /// A remark.
        pub p144: Option<String>,
        /// A remark.
        pub p145: Option<String>,
        /// A remark.
        pub p146: Option<String>,
        /// A remark.
        pub p147: Option<String>,
        /// A remark.
        pub p148: Option<String>,
        /// A remark.
        pub p149: Option<String>,
        /// A remark.
        pub p150: Option<String>,
        /// A remark.
        pub p151: Option<String>,
        /// A remark.
        pub p152: Option<String>,
        /// A remark.
        pub p153: Option<String>,
        /// A remark.
        pub p154: Option<String>,
        /// A remark.
        pub p155: Option<String>,
        /// A remark.
        pub p156: Option<String>,
        /// A remark.
        pub p157: Option<String>,
        /// A remark.
        pub p158: Option<String>,
        /// A remark.
        pub p159: Option<String>,
        /// A remark.
        pub p160: Option<String>,
        /// A remark.
        pub p161: Option<String>,
        /// A remark.
        pub p162: Option<String>,
        /// A remark.
        pub p163: Option<String>,
        /// A remark.
        pub p164: Option<String>,
        /// A remark.
        pub p165: Option<String>,
        /// A remark.
        pub p166: Option<String>,
        /// A remark.
        pub p167: Option<String>,
        /// A remark.
        pub p168: Option<String>,
        /// A remark.
        pub p169: Option<String>,
        /// A remark.
        pub p170: Option<String>,
        /// A remark.
        pub p171: Option<String>,
        /// A remark.
        pub p172: Option<String>,
        /// A remark.
        pub p173: Option<String>,
        /// A remark.
        pub p174: Option<String>,
        /// A remark.
        pub p175: Option<String>,
        /// A remark.
        pub p176: Option<String>,
        /// A remark.
        pub p177: Option<String>,
        /// A remark.
        pub p178: Option<String>,
        /// A remark.
        pub p179: Option<String>,
        /// A remark.
        pub p180: Option<String>,
        /// A remark.
        pub p181: Option<String>,
        /// A remark.
        pub p182: Option<String>,
        /// A remark.
        pub p183: Option<String>,
        /// A remark.
        pub p184: Option<String>,
        /// A remark.
        pub p185: Option<String>,
        /// A remark.
        pub p186: Option<String>,
        /// A remark.
        pub p187: Option<String>,
        /// A remark.
        pub p188: Option<String>,
        /// A remark.
        pub p189: Option<String>,
        /// A remark.
        pub p190: Option<String>,
        /// A remark.
        pub p191: Option<String>,
        /// A remark.
        pub p192: Option<String>,
        /// A remark.
        pub p193: Option<String>,
        /// A remark.
        pub p194: Option<String>,
        /// A remark.
        pub p195: Option<String>,
        /// A remark.
        pub p196: Option<String>,
        /// A remark.
        pub p197: Option<String>,
        /// A remark.
        pub p198: Option<String>,
        /// A remark.
        pub p199: Option<String>,
        /// A remark.
        pub p200: Option<String>,
        /// A remark.
        pub p201: Option<String>,
        /// A remark.
        pub p202: Option<String>,
        /// A remark.
        pub p203: Option<String>,
        /// A remark.
        pub p204: Option<String>,
        /// A remark.
        pub p205: Option<String>,
        /// A remark.
        pub p206: Option<String>,
        /// A remark.
        pub p207: Option<String>,
        /// A remark.
        pub p208: Option<String>,
        /// A remark.
        pub p209: Option<String>,
        /// A remark.
        pub p210: Option<String>,
        /// A remark.
        pub p211: Option<String>,
        /// A remark.
        pub p212: Option<String>,
        /// A remark.
        pub p213: Option<String>,
        /// A remark.
        pub p214: Option<String>,
        /// A remark.
        pub p215: Option<String>,
        /// A remark.
        pub p216: Option<String>,
        /// A remark.
        pub p217: Option<String>,
        /// A remark.
        pub p218: Option<String>,
        /// A remark.
        pub p219: Option<String>,
        /// A remark.
        pub p220: Option<String>,
        /// A remark.
        pub p221: Option<String>,
        /// A remark.
        pub p222: Option<String>,
        /// A remark.
        pub p223: Option<String>,
        /// A remark.
        pub p224: Option<String>,
        /// A remark.
        pub p225: Option<String>,
        /// A remark.
        pub p226: Option<String>,
        /// A remark.
        pub p227: Option<String>,
        /// A remark.
        pub p228: Option<String>,
        /// A remark.
        pub p229: Option<String>,
        /// A remark.
        pub p230: Option<String>,
        /// A remark.
        pub p231: Option<String>,
        /// A remark.
        pub p232: Option<String>,
        /// A remark.
        pub p233: Option<String>,
        /// A remark.
        pub p234: Option<String>,
        /// A remark.
        pub p235: Option<String>,
        /// A remark.
        pub p236: Option<String>,
        /// A remark.
        pub p237: Option<String>,
        /// A remark.
        pub p238: Option<String>,
        /// A remark.
        pub p239: Option<String>,
        /// A remark.
        pub p240: Option<String>,
        /// A remark.
        pub p241: Option<String>,
        /// A remark.
        pub p242: Option<String>,
        /// A remark.
        pub p243: Option<String>,
        /// A remark.
        pub p244: Option<String>,
        /// A remark.
        pub p245: Option<String>,
        /// A remark.
        pub p246: Option<String>,
        /// A remark.
        pub p247: Option<String>,
        /// A remark.
        pub p248: Option<String>,
        /// A remark.
        pub p249: Option<String>,
        /// A remark.
        pub p250: Option<String>,
        /// A remark.
        pub p251: Option<String>,
        /// A remark.
        pub p252: Option<String>,
        /// A remark.
        pub p253: Option<String>,
        /// A remark.
        pub p254: Option<String>,
        /// A remark.
        pub p255: Option<String>,
        /// A remark.
        pub p256: Option<String>,
        /// A remark.
        pub p257: Option<String>,
        /// A remark.
        pub p258: Option<String>,
        /// A remark.
        pub p259: Option<String>,
        /// A remark.
        pub p260: Option<String>,
        /// A remark.
        pub p261: Option<String>,
        /// A remark.
        pub p262: Option<String>,
        /// A remark.
        pub p263: Option<String>,
        /// A remark.
        pub p264: Option<String>,
        /// A remark.
        pub p265: Option<String>,
        /// A remark.
        pub p266: Option<String>,
        /// A remark.
        pub p267: Option<String>,
        /// A remark.
        pub p268: Option<String>,
        /// A remark.
        pub p269: Option<String>,
        /// A remark.
        pub p270: Option<String>,
        /// A remark.
        pub p271: Option<String>,
        /// A remark.
        pub p272: Option<String>,
        /// A remark.
        pub p273: Option<String>,
        /// A remark.
        pub p274: Option<String>,
        /// A remark.
        pub p275: Option<String>,
        /// A remark.
        pub p276: Option<String>,
        /// A remark.
        pub p277: Option<String>,
        /// A remark.
        pub p278: Option<String>,
        /// A remark.
        pub p279: Option<String>,
        /// A remark.
        pub p280: Option<String>,
        /// A remark.
        pub p281: Option<String>,
        /// A remark.
        pub p282: Option<String>,
        /// A remark.
        pub p283: Option<String>,
        /// A remark.
        pub p284: Option<String>,
        /// A remark.
        pub p285: Option<String>,
        /// A remark.
        pub p286: Option<String>,
        /// A remark.
        pub p287: Option<String>,
        /// A remark.
        pub p288: Option<String>,
        /// A remark.
        pub p289: Option<String>,
        /// A remark.
        pub p290: Option<String>,
        /// A remark.
        pub p291: Option<String>,
        /// A remark.
        pub p292: Option<String>,
        /// A remark.
        pub p293: Option<String>,
        /// A remark.
        pub p294: Option<String>,
        /// A remark.
        pub p295: Option<String>,
        /// A remark.
        pub p296: Option<String>,
        /// A remark.
        pub p297: Option<String>,
        /// A remark.
        pub p298: Option<String>,
        /// A remark.
        pub p299: Option<String>,
        /// A remark.
        pub p300: Option<String>,
        /// A remark.
        pub p301: Option<String>,
        /// A remark.
        pub p302: Option<String>,
        /// A remark.
        pub p303: Option<String>,
        /// A remark.
        pub p304: Option<String>,
        /// A remark.
        pub p305: Option<String>,
        /// A remark.
        pub p306: Option<String>,
        /// A remark.
        pub p307: Option<String>,
        /// A remark.
        pub p308: Option<String>,
        /// A remark.
        pub p309: Option<String>,
        /// A remark.
        pub p310: Option<String>,
        /// A remark.
        pub p311: Option<String>,
        /// A remark.
        pub p312: Option<String>,
        /// A remark.
        pub p313: Option<String>,
        /// A remark.
        pub p314: Option<String>,
        /// A remark.
        pub p315: Option<String>,
        /// A remark.
        pub p316: Option<String>,
        /// A remark.
        pub p317: Option<String>,
        /// A remark.
        pub p318: Option<String>,
        /// A remark.
        pub p319: Option<String>,
        /// A remark.
        pub p320: Option<String>,
        /// A remark.
        pub p321: Option<String>,
        /// A remark.
        pub p322: Option<String>,
        /// A remark.
        pub p323: Option<String>,
        /// A remark.
        pub p324: Option<String>,
        /// A remark.
        pub p325: Option<String>,
        /// A remark.
        pub p326: Option<String>,
        /// A remark.
        pub p327: Option<String>,
        /// A remark.
        pub p328: Option<String>,
        /// A remark.
        pub p329: Option<String>,
        /// A remark.
        pub p330: Option<String>,
        /// A remark.
        pub p331: Option<String>,
        /// A remark.
        pub p332: Option<String>,
        /// A remark.
        pub p333: Option<String>,
        /// A remark.
        pub p334: Option<String>,
        /// A remark.
        pub p335: Option<String>,
        /// A remark.
        pub p336: Option<String>,
        /// A remark.
        pub p337: Option<String>,
        /// A remark.
        pub p338: Option<String>,
        /// A remark.
        pub p339: Option<String>,
        /// A remark.
        pub p340: Option<String>,
        /// A remark.
        pub p341: Option<String>,
        /// A remark.
        pub p342: Option<String>,
        /// A remark.
        pub p343: Option<String>,
        /// A remark.
        pub p344: Option<String>,
        /// A remark.
        pub p345: Option<String>,
        /// A remark.
        pub p346: Option<String>,
        /// A remark.
        pub p347: Option<String>,
        /// A remark.
        pub p348: Option<String>,
        /// A remark.
        pub p349: Option<String>,
        /// A remark.
        pub p350: Option<String>,
        /// A remark.
        pub p351: Option<String>,
        /// A remark.
        pub p352: Option<String>,
        /// A remark.
        pub p353: Option<String>,
        /// A remark.
        pub p354: Option<String>,
        /// A remark.
        pub p355: Option<String>,
        /// A remark.
        pub p356: Option<String>,
        /// A remark.
        pub p357: Option<String>,
        /// A remark.
        pub p358: Option<String>,
        /// A remark.
        pub p359: Option<String>,
        /// A remark.
        pub p360: Option<String>,
        /// A remark.
        pub p361: Option<String>,
        /// A remark.
        pub p362: Option<String>,
        /// A remark.
        pub p363: Option<String>,
        /// A remark.
        pub p364: Option<String>,
        /// A remark.
        pub p365: Option<String>,
        /// A remark.
        pub p366: Option<String>,
        /// A remark.
        pub p367: Option<String>,
        /// A remark.
        pub p368: Option<String>,
        /// A remark.
        pub p369: Option<String>,
        /// A remark.
        pub p370: Option<String>,
        /// A remark.
        pub p371: Option<String>,
        /// A remark.
        pub p372: Option<String>,
        /// A remark.
        pub p373: Option<String>,
        /// A remark.
        pub p374: Option<String>,
        /// A remark.
        pub p375: Option<String>,
        /// A remark.
        pub p376: Option<String>,
        /// A remark.
        pub p377: Option<String>,
        /// A remark.
        pub p378: Option<String>,
        /// A remark.
        pub p379: Option<String>,
        /// A remark.
        pub p380: Option<String>,
        /// A remark.
        pub p381: Option<String>,
        /// A remark.
        pub p382: Option<String>,
        /// A remark.
        pub p383: Option<String>,
        /// A remark.
        pub p384: Option<String>,
        /// A remark.
        pub p385: Option<String>,
        /// A remark.
        pub p386: Option<String>,
        /// A remark.
        pub p387: Option<String>,
        /// A remark.
        pub p388: Option<String>,
        /// A remark.
        pub p389: Option<String>,
        /// A remark.
        pub p390: Option<String>,
        /// A remark.
        pub p391: Option<String>,
        /// A remark.
        pub p392: Option<String>,
        /// A remark.
        pub p393: Option<String>,
        /// A remark.
        pub p394: Option<String>,
        /// A remark.
        pub p395: Option<String>,
        /// A remark.
        pub p396: Option<String>,
        /// A remark.
        pub p397: Option<String>,
        /// A remark.
        pub p398: Option<String>,
        /// A remark.
        pub p399: Option<String>,
        received: harvest_runtime::model::Received,
    }
    harvest_runtime::model!(
        Book[id; received] { "id" => id : required, "p0" => p0 : nullable, "p1" => p1 :
        nullable, "p2" => p2 : nullable, "p3" => p3 : nullable, "p4" => p4 : nullable,
        "p5" => p5 : nullable, "p6" => p6 : nullable, "p7" => p7 : nullable, "p8" => p8 :
        nullable, "p9" => p9 : nullable, "p10" => p10 : nullable, "p11" => p11 :
        nullable, "p12" => p12 : nullable, "p13" => p13 : nullable, "p14" => p14 :
        nullable, "p15" => p15 : nullable, "p16" => p16 : nullable, "p17" => p17 :
        nullable, "p18" => p18 : nullable, "p19" => p19 : nullable, "p20" => p20 :
        nullable, "p21" => p21 : nullable, "p22" => p22 : nullable, "p23" => p23 :
        nullable, "p24" => p24 : nullable, "p25" => p25 : nullable, "p26" => p26 :
        nullable, "p27" => p27 : nullable, "p28" => p28 : nullable, "p29" => p29 :
        nullable, "p30" => p30 : nullable, "p31" => p31 : nullable, "p32" => p32 :
        nullable, "p33" => p33 : nullable, "p34" => p34 : nullable, "p35" => p35 :
        nullable, "p36" => p36 : nullable, "p37" => p37 : nullable, "p38" => p38 :
        nullable, "p39" => p39 : nullable, "p40" => p40 : nullable, "p41" => p41 :
        nullable, "p42" => p42 : nullable, "p43" => p43 : nullable, "p44" => p44 :
        nullable, "p45" => p45 : nullable, "p46" => p46 : nullable, "p47" => p47 :
        nullable, "p48" => p48 : nullable, "p49" => p49 : nullable, "p50" => p50 :
        nullable, "p51" => p51 : nullable, "p52" => p52 : nullable, "p53" => p53 :
        nullable, "p54" => p54 : nullable, "p55" => p55 : nullable, "p56" => p56 :
        nullable, "p57" => p57 : nullable, "p58" => p58 : nullable, "p59" => p59 :
        nullable, "p60" => p60 : nullable, "p61" => p61 : nullable, "p62" => p62 :
        nullable, "p63" => p63 : nullable, "p64" => p64 : nullable, "p65" => p65 :
        nullable, "p66" => p66 : nullable, "p67" => p67 : nullable, "p68" => p68 :
        nullable, "p69" => p69 : nullable, "p70" => p70 : nullable, "p71" => p71 :
        nullable, "p72" => p72 : nullable, "p73" => p73 : nullable, "p74" => p74 :
        nullable, "p75" => p75 : nullable, "p76" => p76 : nullable, "p77" => p77 :
        nullable, "p78" => p78 : nullable, "p79" => p79 : nullable, "p80" => p80 :
        nullable, "p81" => p81 : nullable, "p82" => p82 : nullable, "p83" => p83 :
        nullable, "p84" => p84 : nullable, "p85" => p85 : nullable, "p86" => p86 :
        nullable, "p87" => p87 : nullable, "p88" => p88 : nullable, "p89" => p89 :
        nullable, "p90" => p90 : nullable, "p91" => p91 : nullable, "p92" => p92 :
        nullable, "p93" => p93 : nullable, "p94" => p94 : nullable, "p95" => p95 :
        nullable, "p96" => p96 : nullable, "p97" => p97 : nullable, "p98" => p98 :
        nullable, "p99" => p99 : nullable, "p100" => p100 : nullable, "p101" => p101 :
        nullable, "p102" => p102 : nullable, "p103" => p103 : nullable, "p104" => p104 :
        nullable, "p105" => p105 : nullable, "p106" => p106 : nullable, "p107" => p107 :
        nullable, "p108" => p108 : nullable, "p109" => p109 : nullable, "p110" => p110 :
        nullable, "p111" => p111 : nullable, "p112" => p112 : nullable, "p113" => p113 :
        nullable, "p114" => p114 : nullable, "p115" => p115 : nullable, "p116" => p116 :
        nullable, "p117" => p117 : nullable, "p118" => p118 : nullable, "p119" => p119 :
        nullable, "p120" => p120 : nullable, "p121" => p121 : nullable, "p122" => p122 :
        nullable, "p123" => p123 : nullable, "p124" => p124 : nullable, "p125" => p125 :
        nullable, "p126" => p126 : nullable, "p127" => p127 : nullable, "p128" => p128 :
        nullable, "p129" => p129 : nullable, "p130" => p130 : nullable, "p131" => p131 :
        nullable, "p132" => p132 : nullable, "p133" => p133 : nullable, "p134" => p134 :
        nullable, "p135" => p135 : nullable, "p136" => p136 : nullable, "p137" => p137 :
        nullable, "p138" => p138 : nullable, "p139" => p139 : nullable, "p140" => p140 :
        nullable, "p141" => p141 : nullable, "p142" => p142 : nullable, "p143" => p143 :
        nullable, "p144" => p144 : nullable, "p145" => p145 : nullable, "p146" => p146 :
        nullable, "p147" => p147 : nullable, "p148" => p148 : nullable, "p149" => p149 :
        nullable, "p150" => p150 : nullable, "p151" => p151 : nullable, "p152" => p152 :
        nullable, "p153" => p153 : nullable, "p154" => p154 : nullable, "p155" => p155 :
        nullable, "p156" => p156 : nullable, "p157" => p157 : nullable, "p158" => p158 :
        nullable, "p159" => p159 : nullable, "p160" => p160 : nullable, "p161" => p161 :
        nullable, "p162" => p162 : nullable, "p163" => p163 : nullable, "p164" => p164 :
        nullable, "p165" => p165 : nullable, "p166" => p166 : nullable, "p167" => p167 :
        nullable, "p168" => p168 : nullable, "p169" => p169 : nullable, "p170" => p170 :
        nullable, "p171" => p171 : nullable, "p172" => p172 : nullable, "p173" => p173 :
        nullable, "p174" => p174 : nullable, "p175" => p175 : nullable, "p176" => p176 :
        nullable, "p177" => p177 : nullable, "p178" => p178 : nullable, "p179" => p179 :
        nullable, "p180" => p180 : nullable, "p181" => p181 : nullable, "p182" => p182 :
        nullable, "p183" => p183 : nullable, "p184" => p184 : nullable, "p185" => p185 :
        nullable, "p186" => p186 : nullable, "p187" => p187 : nullable, "p188" => p188 :
        nullable, "p189" => p189 : nullable, "p190" => p190 : nullable, "p191" => p191 :
        nullable, "p192" => p192 : nullable, "p193" => p193 : nullable, "p194" => p194 :
        nullable, "p195" => p195 : nullable, "p196" => p196 : nullable, "p197" => p197 :
        nullable, "p198" => p198 : nullable, "p199" => p199 : nullable, "p200" => p200 :
        nullable, "p201" => p201 : nullable, "p202" => p202 : nullable, "p203" => p203 :
        nullable, "p204" => p204 : nullable, "p205" => p205 : nullable, "p206" => p206 :
        nullable, "p207" => p207 : nullable, "p208" => p208 : nullable, "p209" => p209 :
        nullable, "p210" => p210 : nullable, "p211" => p211 : nullable, "p212" => p212 :
        nullable, "p213" => p213 : nullable, "p214" => p214 : nullable, "p215" => p215 :
        nullable, "p216" => p216 : nullable, "p217" => p217 : nullable, "p218" => p218 :
        nullable, "p219" => p219 : nullable, "p220" => p220 : nullable, "p221" => p221 :
        nullable, "p222" => p222 : nullable, "p223" => p223 : nullable, "p224" => p224 :
        nullable, "p225" => p225 : nullable, "p226" => p226 : nullable, "p227" => p227 :
        nullable, "p228" => p228 : nullable, "p229" => p229 : nullable, "p230" => p230 :
        nullable, "p231" => p231 : nullable, "p232" => p232 : nullable, "p233" => p233 :
        nullable, "p234" => p234 : nullable, "p235" => p235 : nullable, "p236" => p236 :
        nullable, "p237" => p237 : nullable, "p238" => p238 : nullable, "p239" => p239 :
        nullable, "p240" => p240 : nullable, "p241" => p241 : nullable, "p242" => p242 :
        nullable, "p243" => p243 : nullable, "p244" => p244 : nullable, "p245" => p245 :
        nullable, "p246" => p246 : nullable, "p247" => p247 : nullable, "p248" => p248 :
        nullable, "p249" => p249 : nullable, "p250" => p250 : nullable, "p251" => p251 :
        nullable, "p252" => p252 : nullable, "p253" => p253 : nullable, "p254" => p254 :
        nullable, "p255" => p255 : nullable, "p256" => p256 : nullable, "p257" => p257 :
        nullable, "p258" => p258 : nullable, "p259" => p259 : nullable, "p260" => p260 :
        nullable, "p261" => p261 : nullable, "p262" => p262 : nullable, "p263" => p263 :
        nullable, "p264" => p264 : nullable, "p265" => p265 : nullable, "p266" => p266 :
        nullable, "p267" => p267 : nullable, "p268" => p268 : nullable, "p269" => p269 :
        nullable, "p270" => p270 : nullable, "p271" => p271 : nullable, "p272" => p272 :
        nullable, "p273" => p273 : nullable, "p274" => p274 : nullable, "p275" => p275 :
        nullable, "p276" => p276 : nullable, "p277" => p277 : nullable, "p278" => p278 :
        nullable, "p279" => p279 : nullable, "p280" => p280 : nullable, "p281" => p281 :
        nullable, "p282" => p282 : nullable, "p283" => p283 : nullable, "p284" => p284 :
        nullable, "p285" => p285 : nullable, "p286" => p286 : nullable, "p287" => p287 :
        nullable, "p288" => p288 : nullable, "p289" => p289 : nullable, "p290" => p290 :
        nullable, "p291" => p291 : nullable, "p292" => p292 : nullable, "p293" => p293 :
        nullable, "p294" => p294 : nullable, "p295" => p295 : nullable, "p296" => p296 :
        nullable, "p297" => p297 : nullable, "p298" => p298 : nullable, "p299" => p299 :
        nullable, "p300" => p300 : nullable, "p301" => p301 : nullable, "p302" => p302 :
        nullable, "p303" => p303 : nullable, "p304" => p304 : nullable, "p305" => p305 :
        nullable, "p306" => p306 : nullable, "p307" => p307 : nullable, "p308" => p308 :
        nullable, "p309" => p309 : nullable, "p310" => p310 : nullable, "p311" => p311 :
        nullable, "p312" => p312 : nullable, "p313" => p313 : nullable, "p314" => p314 :
        nullable, "p315" => p315 : nullable, "p316" => p316 : nullable, "p317" => p317 :
        nullable, "p318" => p318 : nullable, "p319" => p319 : nullable, "p320" => p320 :
        nullable, "p321" => p321 : nullable, "p322" => p322 : nullable, "p323" => p323 :
        nullable, "p324" => p324 : nullable, "p325" => p325 : nullable, "p326" => p326 :
        nullable, "p327" => p327 : nullable, "p328" => p328 : nullable, "p329" => p329 :
        nullable, "p330" => p330 : nullable, "p331" => p331 : nullable, "p332" => p332 :
        nullable, "p333" => p333 : nullable, "p334" => p334 : nullable, "p335" => p335 :
        nullable, "p336" => p336 : nullable, "p337" => p337 : nullable, "p338" => p338 :
        nullable, "p339" => p339 : nullable, "p340" => p340 : nullable, "p341" => p341 :
        nullable, "p342" => p342 : nullable, "p343" => p343 : nullable, "p344" => p344 :
        nullable, "p345" => p345 : nullable, "p346" => p346 : nullable, "p347" => p347 :
        nullable, "p348" => p348 : nullable, "p349" => p349 : nullable, "p350" => p350 :
        nullable, "p351" => p351 : nullable, "p352" => p352 : nullable, "p353" => p353 :
        nullable, "p354" => p354 : nullable, "p355" => p355 : nullable, "p356" => p356 :
        nullable, "p357" => p357 : nullable, "p358" => p358 : nullable, "p359" => p359 :
        nullable, "p360" => p360 : nullable, "p361" => p361 : nullable, "p362" => p362 :
        nullable, "p363" => p363 : nullable, "p364" => p364 : nullable, "p365" => p365 :
        nullable, "p366" => p366 : nullable, "p367" => p367 : nullable, "p368" => p368 :
        nullable, "p369" => p369 : nullable, "p370" => p370 : nullable, "p371" => p371 :
        nullable, "p372" => p372 : nullable, "p373" => p373 : nullable, "p374" => p374 :
        nullable, "p375" => p375 : nullable, "p376" => p376 : nullable, "p377" => p377 :
        nullable, "p378" => p378 : nullable, "p379" => p379 : nullable, "p380" => p380 :
        nullable, "p381" => p381 : nullable, "p382" => p382 : nullable, "p383" => p383 :
        nullable, "p384" => p384 : nullable, "p385" => p385 : nullable, "p386" => p386 :
        nullable, "p387" => p387 : nullable, "p388" => p388 : nullable, "p389" => p389 :
        nullable, "p390" => p390 : nullable, "p391" => p391 : nullable, "p392" => p392 :
        nullable, "p393" => p393 : nullable, "p394" => p394 : nullable, "p395" => p395 :
        nullable, "p396" => p396 : nullable, "p397" => p397 : nullable, "p398" => p398 :
        nullable, "p399" => p399 : nullable, }
    );
    /// The id of a book.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct BookId(pub i64);
    harvest_runtime::id!(BookId);
}
pub mod requests {
    use std::marker::PhantomData;
    use super::{client::*, operations, types};
    impl<M> Client<M> {
        /// Get a book.
        ///
        /// An operation to try something with.
        ///
        /// - Request: `GET /books/{id}`
        /// - Permission that the key needs: `GET: Get a book`
        /// - Success: 200
        /// - Errors described: 401, 403, 404, 429, 500
        ///
        /// [Official documentation](https://bookshop.example/docs#get_book)
        #[doc(alias = "/books/{id}")]
        pub fn get_book(&self, id: impl Into<types::BookId>) -> GetBook<M> {
            let mut request = self.core.request(&operations::GET_BOOK);
            request.path("id", &id.into());
            GetBook {
                request,
                state: PhantomData,
            }
        }
    }
    /// A request that [`Client::get_book`] makes, `GET /books/{id}`.
    #[derive(Debug)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct GetBook<M = harvest_runtime::Async> {
        request: harvest_runtime::Request,
        state: PhantomData<M>,
    }
    impl<M> GetBook<M> {
        /// Time limits, retries and pacing of this call, in place of the client's own.
        pub fn with_options(mut self, options: harvest_runtime::CallOptions) -> Self {
            self.request.set_options(options);
            self
        }
    }
    impl GetBook<harvest_runtime::Async> {
        /// Sends the request.
        pub async fn send(
            self,
        ) -> Result<harvest_runtime::Response<types::Book>, harvest_runtime::Error> {
            self.request.send(harvest_runtime::decode::json).await
        }
    }
    /// `request.await` is `request.send().await`.
    impl IntoFuture for GetBook<harvest_runtime::Async> {
        type Output = Result<
            harvest_runtime::Response<types::Book>,
            harvest_runtime::Error,
        >;
        type IntoFuture = harvest_runtime::Sending<types::Book>;
        fn into_future(self) -> Self::IntoFuture {
            self.request.sending(harvest_runtime::decode::json)
        }
    }
    #[cfg(feature = "blocking")]
    #[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
    impl GetBook<harvest_runtime::Blocking> {
        /// Sends the request, and waits for the answer.
        pub fn send(
            self,
        ) -> Result<harvest_runtime::Response<types::Book>, harvest_runtime::Error> {
            self.request.send_blocking(harvest_runtime::decode::json)
        }
    }
}
pub use requests::*;
