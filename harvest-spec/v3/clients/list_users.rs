use openapi::apis::{configuration::Configuration, users_api::list_users};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let configuration = Configuration {
        base_path: std::env::var("HARVEST_URL")?,
        bearer_access_token: Some(std::env::var("HARVEST_ACCESS_TOKEN")?),
        ..Configuration::default()
    };
    // This generator's functions return no headers, and so no cursor of a second page.
    let users = list_users(
        &configuration, Some(500),
            None, None, None, None, None, None, None, None, None, None, None, None,
        None, None, None, None, None,
    )
    .await?;
    for user in &users {
        println!("{}", user.id.ok_or("a user without an id")?);
    }
    Ok(())
}
