use openapi::apis::{configuration::Configuration, users_api::list_users};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let configuration = Configuration {
        base_path: std::env::var("HARVEST_URL")?,
        basic_auth: Some((std::env::var("HARVEST_API_KEY")?, Some(String::new()))),
        ..Configuration::default()
    };
    for page in 1.. {
        let users = list_users(
            &configuration, Some(10), Some(page),
            None, None, None, None, None, None, None, None, None,
        )
        .await?;
        for user in &users {
            println!("{}", user.id);
        }
        if users.len() < 10 {
            break;
        }
    }
    Ok(())
}
