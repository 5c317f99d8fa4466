//! TLS by rustls with ring.

use std::sync::Arc;

use rustls::ClientConfig;
use rustls_platform_verifier::BuilderVerifierExt as _;

use crate::Error;

/// Sets rustls up as reqwest does, but for the provider of cryptography: reqwest takes one that is set for the whole
/// process, which is not for a library to set.
pub(crate) fn with_ring(builder: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(rustls::ConfigBuilder::with_platform_verifier)
        .map_err(|error| Error::configuration(format!("TLS cannot be set up: {error}")))?;
    Ok(builder.tls_backend_preconfigured(config.with_no_client_auth()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reqwest_takes_the_configuration_and_the_process_has_none() {
        let builder = reqwest::Client::builder().https_only(true);
        with_ring(builder).unwrap().build().unwrap();
        assert!(rustls::crypto::CryptoProvider::get_default().is_none());
    }
}
