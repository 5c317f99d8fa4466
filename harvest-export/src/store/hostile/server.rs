//! A server that says what a test wants, and counts what of it was taken.

use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use object_store::ClientOptions;
use object_store::aws::AmazonS3Builder;
use object_store::azure::MicrosoftAzureBuilder;
use object_store::gcp::GoogleCloudStorageBuilder;

use crate::store::Store;
use crate::store::address::Address;
use crate::store::connector::{Connector, Opened, azure, google, s3};
use crate::store::pauses::Pauses;

/// What an endless answer ends with, so that a test does, too.
const ENDLESS: usize = 256 * 1024 * 1024;
/// What a sender may have put on its way before it sees that nobody reads.
pub(super) const ON_ITS_WAY: usize = 32 * 1024 * 1024;

/// A store on this computer.
pub(super) struct Server {
    pub address: SocketAddr,
    /// The first lines of all requests.
    pub requests: Arc<Mutex<Vec<String>>>,
    pub sent: Arc<Mutex<usize>>,
}

/// What a server says.
pub(super) enum Said {
    /// All of it.
    Text(String),
    /// A head and the begin of a body, behind which there is more than anybody should read.
    Endless(String, &'static str),
    /// A head, and a byte of the body each second, for a minute.
    Slowly(String),
}

impl Server {
    /// One that answers a request by its first line and its number, from 1.
    pub(super) fn start(answer: impl Fn(&str, usize) -> Said + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let server = Self {
            address,
            requests: Arc::default(),
            sent: Arc::default(),
        };
        let (requests, sent) = (Arc::clone(&server.requests), Arc::clone(&server.sent));
        // It ends with the process of the tests.
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.expect("a connection");
                let Ok(line) = read(&mut stream) else {
                    continue;
                };
                let number = {
                    let mut requests = requests.lock().expect("a lock");
                    requests.push(line.clone());
                    requests.len()
                };
                let mut bytes = 0;
                // Who reads no more has closed the connection.
                let _ = send(&mut stream, &answer(&line, number), &mut bytes);
                *sent.lock().expect("a lock") += bytes;
            }
        });
        server
    }

    pub(super) fn store(&self, max_pause: Duration) -> Store {
        let builder = AmazonS3Builder::new()
            .with_access_key_id("AKIAHUNTER2")
            .with_secret_access_key("hunter2hunter2");
        self.store_by(builder, max_pause)
    }

    pub(super) fn store_by(&self, builder: AmazonS3Builder, max_pause: Duration) -> Store {
        let builder = builder
            .with_endpoint(self.url())
            .with_allow_http(true)
            .with_region("us-east-1");
        let make = |address: &Address, connector| s3(builder, address, connector);
        opened("s3://people/greenhouse", max_pause, make)
    }

    pub(super) fn google(&self, max_pause: Duration) -> Store {
        let key = format!(
            r#"{{"gcs_base_url":"{}","disable_oauth":true,{}}}"#,
            self.url(),
            r#""client_email":"","private_key":"","private_key_id":"""#
        );
        let builder = GoogleCloudStorageBuilder::new().with_service_account_key(key);
        let options = ClientOptions::new().with_allow_http(true);
        let builder = builder.with_client_options(options);
        let make = |address: &Address, connector| google(builder, address, connector);
        opened("gs://people/greenhouse", max_pause, make)
    }

    pub(super) fn azure(&self, max_pause: Duration) -> Store {
        let builder = MicrosoftAzureBuilder::new()
            .with_account("noor")
            .with_access_key("aHVudGVyMg==")
            .with_endpoint(self.url())
            .with_allow_http(true);
        let make = |address: &Address, connector| azure(builder, address, connector);
        opened("az://people/greenhouse", max_pause, make)
    }

    fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(super) fn count(&self) -> usize {
        self.requests.lock().expect("a lock").len()
    }

    #[track_caller]
    pub(super) fn assert_left_alone(&self) {
        let sent = *self.sent.lock().expect("a lock");
        assert!(sent < ON_ITS_WAY, "{sent} bytes were taken");
    }
}

fn opened(
    address: &str,
    max_pause: Duration,
    make: impl FnOnce(&Address, Connector) -> object_store::Result<Opened>,
) -> Store {
    let address = Address::read(address).expect("an address");
    let pauses = Pauses::new(max_pause);
    let connector = Connector::new(&pauses);
    let opened = make(&address, connector).expect("a store");
    Store {
        objects: opened.objects,
        lists: Some(opened.lists),
        address,
        pauses,
    }
}

/// Reads a request, and has its first line.
fn read(stream: &mut TcpStream) -> io::Result<String> {
    let (mut text, mut byte) = (Vec::new(), [0]);
    while !text.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte)?;
        text.push(byte[0]);
    }
    let text = String::from_utf8_lossy(&text).to_ascii_lowercase();
    let length = text.split("content-length: ").nth(1);
    let length = length.and_then(|it| it.split("\r\n").next()?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body)?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

fn send(stream: &mut TcpStream, said: &Said, bytes: &mut usize) -> io::Result<()> {
    match said {
        Said::Text(text) => {
            let (head, body) = text.split_once("\r\n\r\n").unwrap_or((text, ""));
            let text = format!("{head}\r\nConnection: close\r\n\r\n{body}");
            stream.write_all(text.as_bytes())
        }
        Said::Slowly(head) => {
            write!(stream, "{head}Content-Length: 60\r\n\r\n")?;
            for _ in 0..60 {
                stream.write_all(b" ")?;
                std::thread::sleep(Duration::from_secs(1));
            }
            Ok(())
        }
        Said::Endless(head, begin) => {
            write!(
                stream,
                "{head}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
            )?;
            let piece = " ".repeat(64 * 1024);
            let mut next = if begin.is_empty() { &piece } else { *begin };
            while *bytes < ENDLESS {
                write!(stream, "{:x}\r\n{next}\r\n", next.len())?;
                *bytes += next.len();
                next = &piece;
            }
            stream.write_all(b"0\r\n\r\n")
        }
    }
}
