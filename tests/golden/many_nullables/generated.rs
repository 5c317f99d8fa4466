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
        Book[id; received] { 0 "id" => id : required, 1 "p0" => p0 : nullable, 2 "p1" =>
        p1 : nullable, 3 "p2" => p2 : nullable, 4 "p3" => p3 : nullable, 5 "p4" => p4 :
        nullable, 6 "p5" => p5 : nullable, 7 "p6" => p6 : nullable, 8 "p7" => p7 :
        nullable, 9 "p8" => p8 : nullable, 10 "p9" => p9 : nullable, 11 "p10" => p10 :
        nullable, 12 "p11" => p11 : nullable, 13 "p12" => p12 : nullable, 14 "p13" => p13
        : nullable, 15 "p14" => p14 : nullable, 16 "p15" => p15 : nullable, 17 "p16" =>
        p16 : nullable, 18 "p17" => p17 : nullable, 19 "p18" => p18 : nullable, 20 "p19"
        => p19 : nullable, 21 "p20" => p20 : nullable, 22 "p21" => p21 : nullable, 23
        "p22" => p22 : nullable, 24 "p23" => p23 : nullable, 25 "p24" => p24 : nullable,
        26 "p25" => p25 : nullable, 27 "p26" => p26 : nullable, 28 "p27" => p27 :
        nullable, 29 "p28" => p28 : nullable, 30 "p29" => p29 : nullable, 31 "p30" => p30
        : nullable, 32 "p31" => p31 : nullable, 33 "p32" => p32 : nullable, 34 "p33" =>
        p33 : nullable, 35 "p34" => p34 : nullable, 36 "p35" => p35 : nullable, 37 "p36"
        => p36 : nullable, 38 "p37" => p37 : nullable, 39 "p38" => p38 : nullable, 40
        "p39" => p39 : nullable, 41 "p40" => p40 : nullable, 42 "p41" => p41 : nullable,
        43 "p42" => p42 : nullable, 44 "p43" => p43 : nullable, 45 "p44" => p44 :
        nullable, 46 "p45" => p45 : nullable, 47 "p46" => p46 : nullable, 48 "p47" => p47
        : nullable, 49 "p48" => p48 : nullable, 50 "p49" => p49 : nullable, 51 "p50" =>
        p50 : nullable, 52 "p51" => p51 : nullable, 53 "p52" => p52 : nullable, 54 "p53"
        => p53 : nullable, 55 "p54" => p54 : nullable, 56 "p55" => p55 : nullable, 57
        "p56" => p56 : nullable, 58 "p57" => p57 : nullable, 59 "p58" => p58 : nullable,
        60 "p59" => p59 : nullable, 61 "p60" => p60 : nullable, 62 "p61" => p61 :
        nullable, 63 "p62" => p62 : nullable, 64 "p63" => p63 : nullable, 65 "p64" => p64
        : nullable, 66 "p65" => p65 : nullable, 67 "p66" => p66 : nullable, 68 "p67" =>
        p67 : nullable, 69 "p68" => p68 : nullable, 70 "p69" => p69 : nullable, 71 "p70"
        => p70 : nullable, 72 "p71" => p71 : nullable, 73 "p72" => p72 : nullable, 74
        "p73" => p73 : nullable, 75 "p74" => p74 : nullable, 76 "p75" => p75 : nullable,
        77 "p76" => p76 : nullable, 78 "p77" => p77 : nullable, 79 "p78" => p78 :
        nullable, 80 "p79" => p79 : nullable, 81 "p80" => p80 : nullable, 82 "p81" => p81
        : nullable, 83 "p82" => p82 : nullable, 84 "p83" => p83 : nullable, 85 "p84" =>
        p84 : nullable, 86 "p85" => p85 : nullable, 87 "p86" => p86 : nullable, 88 "p87"
        => p87 : nullable, 89 "p88" => p88 : nullable, 90 "p89" => p89 : nullable, 91
        "p90" => p90 : nullable, 92 "p91" => p91 : nullable, 93 "p92" => p92 : nullable,
        94 "p93" => p93 : nullable, 95 "p94" => p94 : nullable, 96 "p95" => p95 :
        nullable, 97 "p96" => p96 : nullable, 98 "p97" => p97 : nullable, 99 "p98" => p98
        : nullable, 100 "p99" => p99 : nullable, 101 "p100" => p100 : nullable, 102
        "p101" => p101 : nullable, 103 "p102" => p102 : nullable, 104 "p103" => p103 :
        nullable, 105 "p104" => p104 : nullable, 106 "p105" => p105 : nullable, 107
        "p106" => p106 : nullable, 108 "p107" => p107 : nullable, 109 "p108" => p108 :
        nullable, 110 "p109" => p109 : nullable, 111 "p110" => p110 : nullable, 112
        "p111" => p111 : nullable, 113 "p112" => p112 : nullable, 114 "p113" => p113 :
        nullable, 115 "p114" => p114 : nullable, 116 "p115" => p115 : nullable, 117
        "p116" => p116 : nullable, 118 "p117" => p117 : nullable, 119 "p118" => p118 :
        nullable, 120 "p119" => p119 : nullable, 121 "p120" => p120 : nullable, 122
        "p121" => p121 : nullable, 123 "p122" => p122 : nullable, 124 "p123" => p123 :
        nullable, 125 "p124" => p124 : nullable, 126 "p125" => p125 : nullable, 127
        "p126" => p126 : nullable, 128 "p127" => p127 : nullable, 129 "p128" => p128 :
        nullable, 130 "p129" => p129 : nullable, 131 "p130" => p130 : nullable, 132
        "p131" => p131 : nullable, 133 "p132" => p132 : nullable, 134 "p133" => p133 :
        nullable, 135 "p134" => p134 : nullable, 136 "p135" => p135 : nullable, 137
        "p136" => p136 : nullable, 138 "p137" => p137 : nullable, 139 "p138" => p138 :
        nullable, 140 "p139" => p139 : nullable, 141 "p140" => p140 : nullable, 142
        "p141" => p141 : nullable, 143 "p142" => p142 : nullable, 144 "p143" => p143 :
        nullable, 145 "p144" => p144 : nullable, 146 "p145" => p145 : nullable, 147
        "p146" => p146 : nullable, 148 "p147" => p147 : nullable, 149 "p148" => p148 :
        nullable, 150 "p149" => p149 : nullable, 151 "p150" => p150 : nullable, 152
        "p151" => p151 : nullable, 153 "p152" => p152 : nullable, 154 "p153" => p153 :
        nullable, 155 "p154" => p154 : nullable, 156 "p155" => p155 : nullable, 157
        "p156" => p156 : nullable, 158 "p157" => p157 : nullable, 159 "p158" => p158 :
        nullable, 160 "p159" => p159 : nullable, 161 "p160" => p160 : nullable, 162
        "p161" => p161 : nullable, 163 "p162" => p162 : nullable, 164 "p163" => p163 :
        nullable, 165 "p164" => p164 : nullable, 166 "p165" => p165 : nullable, 167
        "p166" => p166 : nullable, 168 "p167" => p167 : nullable, 169 "p168" => p168 :
        nullable, 170 "p169" => p169 : nullable, 171 "p170" => p170 : nullable, 172
        "p171" => p171 : nullable, 173 "p172" => p172 : nullable, 174 "p173" => p173 :
        nullable, 175 "p174" => p174 : nullable, 176 "p175" => p175 : nullable, 177
        "p176" => p176 : nullable, 178 "p177" => p177 : nullable, 179 "p178" => p178 :
        nullable, 180 "p179" => p179 : nullable, 181 "p180" => p180 : nullable, 182
        "p181" => p181 : nullable, 183 "p182" => p182 : nullable, 184 "p183" => p183 :
        nullable, 185 "p184" => p184 : nullable, 186 "p185" => p185 : nullable, 187
        "p186" => p186 : nullable, 188 "p187" => p187 : nullable, 189 "p188" => p188 :
        nullable, 190 "p189" => p189 : nullable, 191 "p190" => p190 : nullable, 192
        "p191" => p191 : nullable, 193 "p192" => p192 : nullable, 194 "p193" => p193 :
        nullable, 195 "p194" => p194 : nullable, 196 "p195" => p195 : nullable, 197
        "p196" => p196 : nullable, 198 "p197" => p197 : nullable, 199 "p198" => p198 :
        nullable, 200 "p199" => p199 : nullable, 201 "p200" => p200 : nullable, 202
        "p201" => p201 : nullable, 203 "p202" => p202 : nullable, 204 "p203" => p203 :
        nullable, 205 "p204" => p204 : nullable, 206 "p205" => p205 : nullable, 207
        "p206" => p206 : nullable, 208 "p207" => p207 : nullable, 209 "p208" => p208 :
        nullable, 210 "p209" => p209 : nullable, 211 "p210" => p210 : nullable, 212
        "p211" => p211 : nullable, 213 "p212" => p212 : nullable, 214 "p213" => p213 :
        nullable, 215 "p214" => p214 : nullable, 216 "p215" => p215 : nullable, 217
        "p216" => p216 : nullable, 218 "p217" => p217 : nullable, 219 "p218" => p218 :
        nullable, 220 "p219" => p219 : nullable, 221 "p220" => p220 : nullable, 222
        "p221" => p221 : nullable, 223 "p222" => p222 : nullable, 224 "p223" => p223 :
        nullable, 225 "p224" => p224 : nullable, 226 "p225" => p225 : nullable, 227
        "p226" => p226 : nullable, 228 "p227" => p227 : nullable, 229 "p228" => p228 :
        nullable, 230 "p229" => p229 : nullable, 231 "p230" => p230 : nullable, 232
        "p231" => p231 : nullable, 233 "p232" => p232 : nullable, 234 "p233" => p233 :
        nullable, 235 "p234" => p234 : nullable, 236 "p235" => p235 : nullable, 237
        "p236" => p236 : nullable, 238 "p237" => p237 : nullable, 239 "p238" => p238 :
        nullable, 240 "p239" => p239 : nullable, 241 "p240" => p240 : nullable, 242
        "p241" => p241 : nullable, 243 "p242" => p242 : nullable, 244 "p243" => p243 :
        nullable, 245 "p244" => p244 : nullable, 246 "p245" => p245 : nullable, 247
        "p246" => p246 : nullable, 248 "p247" => p247 : nullable, 249 "p248" => p248 :
        nullable, 250 "p249" => p249 : nullable, 251 "p250" => p250 : nullable, 252
        "p251" => p251 : nullable, 253 "p252" => p252 : nullable, 254 "p253" => p253 :
        nullable, 255 "p254" => p254 : nullable, 256 "p255" => p255 : nullable, 257
        "p256" => p256 : nullable, 258 "p257" => p257 : nullable, 259 "p258" => p258 :
        nullable, 260 "p259" => p259 : nullable, 261 "p260" => p260 : nullable, 262
        "p261" => p261 : nullable, 263 "p262" => p262 : nullable, 264 "p263" => p263 :
        nullable, 265 "p264" => p264 : nullable, 266 "p265" => p265 : nullable, 267
        "p266" => p266 : nullable, 268 "p267" => p267 : nullable, 269 "p268" => p268 :
        nullable, 270 "p269" => p269 : nullable, 271 "p270" => p270 : nullable, 272
        "p271" => p271 : nullable, 273 "p272" => p272 : nullable, 274 "p273" => p273 :
        nullable, 275 "p274" => p274 : nullable, 276 "p275" => p275 : nullable, 277
        "p276" => p276 : nullable, 278 "p277" => p277 : nullable, 279 "p278" => p278 :
        nullable, 280 "p279" => p279 : nullable, 281 "p280" => p280 : nullable, 282
        "p281" => p281 : nullable, 283 "p282" => p282 : nullable, 284 "p283" => p283 :
        nullable, 285 "p284" => p284 : nullable, 286 "p285" => p285 : nullable, 287
        "p286" => p286 : nullable, 288 "p287" => p287 : nullable, 289 "p288" => p288 :
        nullable, 290 "p289" => p289 : nullable, 291 "p290" => p290 : nullable, 292
        "p291" => p291 : nullable, 293 "p292" => p292 : nullable, 294 "p293" => p293 :
        nullable, 295 "p294" => p294 : nullable, 296 "p295" => p295 : nullable, 297
        "p296" => p296 : nullable, 298 "p297" => p297 : nullable, 299 "p298" => p298 :
        nullable, 300 "p299" => p299 : nullable, 301 "p300" => p300 : nullable, 302
        "p301" => p301 : nullable, 303 "p302" => p302 : nullable, 304 "p303" => p303 :
        nullable, 305 "p304" => p304 : nullable, 306 "p305" => p305 : nullable, 307
        "p306" => p306 : nullable, 308 "p307" => p307 : nullable, 309 "p308" => p308 :
        nullable, 310 "p309" => p309 : nullable, 311 "p310" => p310 : nullable, 312
        "p311" => p311 : nullable, 313 "p312" => p312 : nullable, 314 "p313" => p313 :
        nullable, 315 "p314" => p314 : nullable, 316 "p315" => p315 : nullable, 317
        "p316" => p316 : nullable, 318 "p317" => p317 : nullable, 319 "p318" => p318 :
        nullable, 320 "p319" => p319 : nullable, 321 "p320" => p320 : nullable, 322
        "p321" => p321 : nullable, 323 "p322" => p322 : nullable, 324 "p323" => p323 :
        nullable, 325 "p324" => p324 : nullable, 326 "p325" => p325 : nullable, 327
        "p326" => p326 : nullable, 328 "p327" => p327 : nullable, 329 "p328" => p328 :
        nullable, 330 "p329" => p329 : nullable, 331 "p330" => p330 : nullable, 332
        "p331" => p331 : nullable, 333 "p332" => p332 : nullable, 334 "p333" => p333 :
        nullable, 335 "p334" => p334 : nullable, 336 "p335" => p335 : nullable, 337
        "p336" => p336 : nullable, 338 "p337" => p337 : nullable, 339 "p338" => p338 :
        nullable, 340 "p339" => p339 : nullable, 341 "p340" => p340 : nullable, 342
        "p341" => p341 : nullable, 343 "p342" => p342 : nullable, 344 "p343" => p343 :
        nullable, 345 "p344" => p344 : nullable, 346 "p345" => p345 : nullable, 347
        "p346" => p346 : nullable, 348 "p347" => p347 : nullable, 349 "p348" => p348 :
        nullable, 350 "p349" => p349 : nullable, 351 "p350" => p350 : nullable, 352
        "p351" => p351 : nullable, 353 "p352" => p352 : nullable, 354 "p353" => p353 :
        nullable, 355 "p354" => p354 : nullable, 356 "p355" => p355 : nullable, 357
        "p356" => p356 : nullable, 358 "p357" => p357 : nullable, 359 "p358" => p358 :
        nullable, 360 "p359" => p359 : nullable, 361 "p360" => p360 : nullable, 362
        "p361" => p361 : nullable, 363 "p362" => p362 : nullable, 364 "p363" => p363 :
        nullable, 365 "p364" => p364 : nullable, 366 "p365" => p365 : nullable, 367
        "p366" => p366 : nullable, 368 "p367" => p367 : nullable, 369 "p368" => p368 :
        nullable, 370 "p369" => p369 : nullable, 371 "p370" => p370 : nullable, 372
        "p371" => p371 : nullable, 373 "p372" => p372 : nullable, 374 "p373" => p373 :
        nullable, 375 "p374" => p374 : nullable, 376 "p375" => p375 : nullable, 377
        "p376" => p376 : nullable, 378 "p377" => p377 : nullable, 379 "p378" => p378 :
        nullable, 380 "p379" => p379 : nullable, 381 "p380" => p380 : nullable, 382
        "p381" => p381 : nullable, 383 "p382" => p382 : nullable, 384 "p383" => p383 :
        nullable, 385 "p384" => p384 : nullable, 386 "p385" => p385 : nullable, 387
        "p386" => p386 : nullable, 388 "p387" => p387 : nullable, 389 "p388" => p388 :
        nullable, 390 "p389" => p389 : nullable, 391 "p390" => p390 : nullable, 392
        "p391" => p391 : nullable, 393 "p392" => p392 : nullable, 394 "p393" => p393 :
        nullable, 395 "p394" => p394 : nullable, 396 "p395" => p395 : nullable, 397
        "p396" => p396 : nullable, 398 "p397" => p397 : nullable, 399 "p398" => p398 :
        nullable, 400 "p399" => p399 : nullable, }
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
        pub fn send(self) -> harvest_runtime::Sending<types::Book> {
            self.request.sending(harvest_runtime::decode::json)
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
            self.send()
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
