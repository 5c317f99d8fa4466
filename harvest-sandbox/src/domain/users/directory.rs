//! The users, as Dev Center lists, shows and makes them.

use rusqlite::{OptionalExtension, Params};

use super::USER;
use super::write::check_email;
use crate::clock::stamp;
use crate::domain::access::{Actor, ClientId};
use crate::domain::jobs::JOB;
use crate::domain::records::user::{Email, User};
use crate::domain::user_permissions::{JOB_PERMISSION, JobPermission};
use crate::domain::user_roles::USER_ROLE;
use crate::json::json;
use crate::refusal::{Outcome, Problems, Rule, UserRule, Why};
use crate::store::{Edit, View};

/// How much a user may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    Basic,
    /// Admin of some jobs.
    JobAdmin,
    SiteAdmin,
}

/// A line of the list.
pub(crate) struct Listed {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) level: Level,
    pub(crate) disabled: bool,
}

/// What is shown of one user.
pub(crate) struct Profile {
    pub(crate) name: String,
    pub(crate) emails: Vec<String>,
    pub(crate) employee_id: Option<String>,
    pub(crate) level: Level,
    pub(crate) disabled: bool,
    pub(crate) sees_salaries: bool,
    pub(crate) created_at: String,
    /// Jobs and what the user is there.
    pub(crate) jobs: Vec<(String, String)>,
}

/// Something that can be chosen: a job, a role.
pub(crate) struct Choice {
    pub(crate) id: i64,
    pub(crate) name: String,
}

/// A user to be made.
pub(crate) struct NewUser<'a> {
    pub(crate) first_name: &'a str,
    pub(crate) last_name: &'a str,
    pub(crate) email: &'a str,
    pub(crate) employee_id: &'a str,
    pub(crate) level: Level,
    /// Of a job admin: what they are, and where.
    pub(crate) role_id: Option<i64>,
    pub(crate) job_ids: Vec<i64>,
}

impl NewUser<'_> {
    pub(crate) fn has_role(&self, id: i64) -> bool {
        self.role_id == Some(id)
    }
}

const NAME: &str =
    "trim(coalesce(state ->> 'first_name', '') || ' ' || coalesce(state ->> 'last_name', ''))";

const JOB_ADMIN: &str = "EXISTS (SELECT 1 FROM job_permission
                                 JOIN user_role ON user_role.id = job_permission.user_role_id
                                 WHERE job_permission.user_id = user.id
                                   AND user_role.type = 'job_admin')";

/// As whom someone who doesn't have to sign in works: the first site admin who is a person. The first of all is the
/// integration that Dev Center is visited for, and one's own profile can't be viewed.
pub(crate) fn administrator(view: &View<'_>) -> Outcome<Option<i64>> {
    let sql = "SELECT id FROM (SELECT id FROM user
                               WHERE site_admin AND NOT disabled AND service_account IS NULL
                                 ORDER BY id LIMIT 2)
               ORDER BY id DESC LIMIT 1";
    view.value(sql, [])
}

/// What a user is called.
pub(crate) fn name(view: &View<'_>, id: i64) -> Outcome<Option<String>> {
    let user: Option<User> = view.find(&USER, id)?;
    Ok(user.map(|user| user.name()))
}

/// How many users have this text in their name or in an address.
pub(crate) fn count(view: &View<'_>, text: &str) -> Outcome<usize> {
    let sql = format!("SELECT count(*) FROM user WHERE {}", matching());
    Ok(view.value(&sql, [text])?.unwrap_or_default())
}

/// The users who have this text in their name or in an address, in pages counted from 0.
pub(crate) fn find(
    view: &View<'_>,
    text: &str,
    page: usize,
    per_page: usize,
) -> Outcome<Vec<Listed>> {
    let sql = format!(
        "SELECT id, {NAME}, coalesce(state ->> '$.emails[0].address', ''), site_admin, {JOB_ADMIN},
          disabled
         FROM user WHERE {} ORDER BY id LIMIT ?2 OFFSET ?3",
        matching()
    );
    let mut statement = view.sql().prepare_cached(&sql)?;
    let skipped = page.saturating_mul(per_page);
    let rows = statement.query_map((text, per_page, skipped), |row| {
        Ok(Listed {
            id: row.get(0)?,
            name: row.get(1)?,
            email: row.get(2)?,
            level: Level::of(row.get(3)?, row.get(4)?),
            disabled: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The condition that `?1` is found, whatever letters of ASCII are large. Service users are not listed.
fn matching() -> String {
    format!(
        "service_account IS NULL AND (instr(lower({NAME}), lower(?1)) > 0 OR EXISTS
          (SELECT 1 FROM user_email
           WHERE user_id = user.id AND instr(lower(address), lower(?1)) > 0))"
    )
}

/// What a viewer is shown of a user, if there is one with this id.
pub(crate) fn profile(view: &View<'_>, viewer: &Actor, id: i64) -> Outcome<Option<Profile>> {
    let Some(user) = view.find::<User>(&USER, id)? else {
        return Ok(None);
    };
    let sql = format!("SELECT {JOB_ADMIN} FROM user WHERE id = ?1");
    let job_admin: Option<bool> = view
        .sql()
        .query_row(&sql, [id], |row| row.get(0))
        .optional()?;
    let sql = "SELECT job.state ->> 'name', user_role.state ->> 'name' FROM job_permission
               JOIN job ON job.id = job_permission.job_id
               JOIN user_role ON user_role.id = job_permission.user_role_id
               WHERE job_permission.user_id = ?1 AND job.id NOT IN (SELECT value FROM json_each(?2))
               ORDER BY job.id LIMIT 100";
    let mut statement = view.sql().prepare_cached(sql)?;
    let hidden = json!(viewer.hidden_jobs(view)?).to_string();
    let jobs = statement.query_map((id, hidden), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Some(Profile {
        name: user.name(),
        emails: user.emails.iter().map(|it| it.address.clone()).collect(),
        level: Level::of(user.site_admin, job_admin.unwrap_or_default()),
        jobs: jobs.collect::<Result<_, _>>()?,
        employee_id: user.employee_id,
        disabled: user.disabled,
        sees_salaries: !user.salaries_hidden,
        created_at: user.created_at,
    }))
}

/// The active users, in their order, but no more than a choice can show.
pub(crate) fn active(view: &View<'_>) -> Outcome<Vec<Choice>> {
    let sql = format!(
        "SELECT id, {NAME} FROM user WHERE NOT disabled AND service_account IS NULL ORDER BY id \
         LIMIT 200"
    );
    choices(view, &sql, [])
}

/// The jobs that someone can be made an admin of by a user, who has to see them: latest first, but no more than a page can
/// show.
pub(crate) fn jobs(view: &View<'_>, actor: &Actor) -> Outcome<Vec<Choice>> {
    let sql = "SELECT id, state ->> 'name' FROM job
               WHERE id NOT IN (SELECT value FROM json_each(?1)) ORDER BY id DESC LIMIT 200";
    choices(view, sql, [json!(actor.hidden_jobs(view)?).to_string()])
}

/// What an admin of a job can be.
pub(crate) fn roles(view: &View<'_>) -> Outcome<Vec<Choice>> {
    choices(
        view,
        "SELECT id, state ->> 'name' FROM user_role WHERE type = 'job_admin' ORDER BY id",
        [],
    )
}

fn choices(view: &View<'_>, sql: &str, of: impl Params) -> Outcome<Vec<Choice>> {
    let mut statement = view.sql().prepare_cached(sql)?;
    let rows = statement.query_map(of, |row| {
        Ok(Choice {
            id: row.get(0)?,
            name: row.get(1)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Makes a user in the name of another, or says everything that is wrong with it.
pub(crate) fn add(edit: &mut Edit<'_>, actor: &Actor, new: &NewUser<'_>) -> Outcome<i64> {
    let mut problems = Problems::default();
    for (field, text) in [("first_name", new.first_name), ("last_name", new.last_name)] {
        if text.is_empty() {
            problems.add(field, Why::Blank);
        }
    }
    if is_address(new.email) {
        check_email(edit, "email", new.email, &mut problems)?;
    } else {
        problems.add("email", Rule::User(UserRule::NoAddress));
    }
    let employee_id = (!new.employee_id.is_empty()).then(|| new.employee_id.to_owned());
    let sql = "SELECT id FROM user WHERE employee_id = ?1";
    if edit.value::<i64>(sql, [&employee_id])?.is_some() {
        problems.taken("employee_id");
    }
    let role = check_role(edit, actor, new, &mut problems)?;
    problems.check()?;
    let user = User {
        first_name: Some(new.first_name.to_owned()),
        last_name: Some(new.last_name.to_owned()),
        emails: vec![Email::new(edit, new.email, true)?],
        employee_id,
        site_admin: new.level == Level::SiteAdmin,
        created_at: stamp(edit.now()),
        updated_at: stamp(edit.now()),
        ..User::default()
    };
    let id = edit.new_id(&USER)?;
    user.save(edit, id)?;
    for job_id in role.iter().flat_map(|_| &new.job_ids) {
        let permission = JobPermission {
            user_id: id,
            job_id: *job_id,
            user_role_id: role.unwrap_or_default(),
        };
        edit.insert(&JOB_PERMISSION, &permission)?;
    }
    Ok(id)
}

/// The role of a job admin, who has to have one, and jobs to have it on.
fn check_role(
    view: &View<'_>,
    actor: &Actor,
    new: &NewUser<'_>,
    problems: &mut Problems,
) -> Outcome<Option<i64>> {
    if new.level != Level::JobAdmin {
        return Ok(None);
    }
    let role = match new.role_id {
        Some(id) if view.exists(&USER_ROLE, id)? => Some(id),
        _ => None,
    };
    if role.is_none() {
        problems.add("role_id", Why::Missing);
    }
    if new.job_ids.is_empty() {
        problems.add("job_ids", Why::Missing);
    }
    for id in &new.job_ids {
        if ClientId::new(*id)
            .seen_by(view, Some(actor), &JOB)?
            .is_none()
        {
            problems.unknown("job_ids", "A job");
        }
    }
    Ok(role)
}

/// Whether mail could be sent there; a spelling mistake is all that is looked for.
fn is_address(text: &str) -> bool {
    text.split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'))
        && !text.contains(char::is_whitespace)
}

impl Level {
    fn of(site_admin: bool, job_admin: bool) -> Self {
        match (site_admin, job_admin) {
            (true, _) => Self::SiteAdmin,
            (false, true) => Self::JobAdmin,
            (false, false) => Self::Basic,
        }
    }

    /// For people.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Basic => "Basic",
            Self::JobAdmin => "Job Admin",
            Self::SiteAdmin => "Site Admin",
        }
    }

    /// In a form.
    pub(crate) fn value(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::JobAdmin => "job_admin",
            Self::SiteAdmin => "site_admin",
        }
    }

    /// Reads what a form sent.
    pub(crate) fn read(value: &str) -> Option<Self> {
        let levels = [Self::Basic, Self::JobAdmin, Self::SiteAdmin];
        levels.into_iter().find(|level| level.value() == value)
    }
}
