//! Starting a sandbox.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::control::{ClientCredentials, Control, Routes, Start};
use crate::dev_center::{Landing, Site, Welcome};
use crate::domain::access::{Network, check_key};
use crate::faces::token_service::{TOKEN_PATH, TokenService};
use crate::faces::webhooks::deliveries::{Running, Webhooks};
use crate::http::fault::{Faults, Growth};
use crate::http::guard::{Names, Proxies, PublicUrl};
use crate::http::hosts::Hosts;
use crate::http::log::Log;
use crate::openapi::examples::Examples;
use crate::openapi::paging::Cursors;
use crate::pipeline::Pipeline;
use crate::refusal::StartError;
use crate::sandbox::descriptions::{Api, Descriptions};
use crate::sandbox::opened::Opened;
use crate::sandbox::rate_limit::RateLimit;
use crate::sandbox::versions::{embedded, served};
use crate::sandbox::{Builder, Sandbox};
use crate::server;
use crate::server::Shared;

impl Builder {
    /// Reads the document, listens and serves, on the Tokio runtime that this is called on.
    pub async fn start(self) -> Result<Sandbox, StartError> {
        if tokio::runtime::Handle::try_current().is_err() {
            return Err(StartError::NoRuntime {});
        }
        let described = Descriptions::read(&self.api, self.examples)?;
        if let Some(key) = &self.key {
            check_key(key).map_err(|problem| StartError::Key { problem })?;
        }
        self.check_ranges()?;
        let bounds = self.bounds.check();
        bounds.map_err(|problem| StartError::Bounds { problem })?;
        let wants_tokens = described.want_tokens();
        let faults = Faults::new(described.operations());
        for fault in &self.faults {
            let refuse = |source| StartError::Fault { source };
            faults.add(fault.clone()).map_err(refuse)?;
        }
        let (proxies, names) = self.edge()?;
        let log = Log::echoing(self.log);

        let fail = |source| StartError::Address {
            address: self.addr,
            source,
        };
        let listener = TcpListener::bind(self.addr).await.map_err(fail)?;
        let local = listener.local_addr().map_err(fail)?;
        let url = format!("http://{}", reachable(local));

        let Opened {
            mode,
            key,
            client,
            user_id,
            state,
        } = self.open(&described).await?;
        let operations = &described.document.operations;
        let emulated = operations.iter().map(|it| it.id.as_str());
        let emulated =
            emulated.filter(|id| state.as_ref().is_some_and(|it| it.handler(0, id).is_some()));

        let cursors = match &state {
            Some(state) => state.cursors()?,
            None => Cursors::of_this_process()?,
        };
        let cursors = cursors.living(self.cursor_life);
        let store = state.as_ref().map(|state| &state.store);
        let base = self
            .public_urls
            .first()
            .unwrap_or(&url)
            .trim_end_matches('/');
        let hosts = Hosts::new(self.webhook_hosts.clone());
        let webhooks = Webhooks::new(hosts.clone(), store, base);
        let growth = Growth::default();
        let control = Arc::new(Control {
            state: state.clone(),
            faults: faults.clone(),
            growth: growth.clone(),
            log: log.clone(),
            webhooks: webhooks.clone(),
            start: Start {
                faults: self.faults,
                key: key.clone(),
                client: client.clone(),
            },
        });
        let enforced = !matches!(self.rate_limit, RateLimit::Shown);
        let credentials = client.map(ClientCredentials::from);
        let routes = self.control.then(Routes::new).transpose()?;
        let curl = described.curl(&url, &key, credentials.as_ref());
        let welcome = Welcome {
            url: url.clone(),
            curl: curl.clone(),
            has_control: self.control,
        };
        let (dev_center, landing) =
            if let (Some(state), Api::Version(version)) = (&state, &self.api) {
                let site = Site::new(
                    embedded(version)?,
                    served().map(|document| document.json).collect(),
                    state,
                    &self.place,
                    local,
                    &proxies,
                    &names,
                    welcome,
                )?;
                (Some(site), None)
            } else {
                let landing = Landing::new(welcome, key.clone(), operations.len());
                (None, Some(landing))
            };

        let (stop, stopped) = oneshot::channel();
        Ok(Sandbox {
            user_id,
            operations: operations.len(),
            emulated: emulated.map(str::to_owned).collect(),
            curl,
            credentials,
            control: Arc::clone(&control),
            _delivering: Running::start(webhooks),
            dev_center_url: dev_center
                .as_ref()
                .and_then(|site| Some(format!("{url}{}", site.path()?))),
            token_url: wants_tokens.then(|| format!("{url}{TOKEN_PATH}")),
            stop,
            server: server::spawn(
                listener,
                Shared {
                    pipeline: Pipeline {
                        limits: described.limits(self.rate_limit),
                        tolerances: described.tolerances(self.strict),
                        reads_for_all: self.reads_for_all,
                        faces: described.into_faces(),
                        mode,
                        token_service: (state.is_some() && wants_tokens)
                            .then(|| TokenService::new(enforced)),
                        latency: self.latency,
                        examples: Examples {
                            list_len: self.list_len,
                            growth,
                        },
                        hosts,
                        requests: AtomicU64::new(0),
                        cursors,
                    },
                    control,
                    routes,
                    dev_center,
                    landing,
                    names,
                    proxies,
                    bounds: self.bounds,
                },
                stopped,
            ),
            url,
            key,
        })
    }

    /// What was declared about proxies and names.
    fn edge(&self) -> Result<(Proxies, Names), StartError> {
        let proxies = self.trusted_proxies.iter().map(|network| {
            let parsed = network.parse::<Network>();
            let parsed = parsed.and_then(Network::check_proxies);
            parsed.map_err(|problem| StartError::Proxy { problem })
        });
        let names = self.public_urls.iter().map(|url| {
            let parsed = url.parse::<PublicUrl>();
            parsed.map_err(|problem| StartError::PublicUrl { problem })
        });
        Ok((
            Proxies::new(proxies.collect::<Result<_, _>>()?),
            Names::new(names.collect::<Result<_, _>>()?),
        ))
    }
}

/// "All addresses" is a place to listen at, but not one to connect to.
fn reachable(mut addr: SocketAddr) -> SocketAddr {
    if addr.ip().is_unspecified() {
        addr.set_ip(match addr {
            SocketAddr::V4(_) => IpAddr::V4(Ipv4Addr::LOCALHOST),
            SocketAddr::V6(_) => IpAddr::V6(Ipv6Addr::LOCALHOST),
        });
    }
    addr
}
