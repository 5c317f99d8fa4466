//! Visibility: which records a user may see.
//!
//! A candidate is seen by site admins unless the candidate is private, by job admins of a job that the candidate applied
//! for, and by the candidate's own recruiter and coordinator. A user who sees a candidate may change the candidate, too. A job
//! is seen by everyone, unless it is confidential: then by those who have a role on it. An application is seen by those who
//! see both its candidate and its jobs, and what belongs to an application by those who see that. An application goes from job
//! to job, and what it has from a job stays that job's: interviews, scorecards and stages are seen by those who see both.
//!
//! Each [`Kind`] declares its owners once; records, lists and answers to writes all go by them. The rule comes in two
//! forms. For a row, it is a condition. A long list leaves out a set of ids, because its pages are cut from what is seen:
//! of a million candidates a site admin sees all but few, so those are selected; what others see are few, so these are.
//! There is a set where columns lead to the owners, each of which has an index.
//!
//! Joins are cross joins where SQLite might otherwise begin with everyone who applied for a job.
//!
//! In the SQL of this module, `:user` is the id of the user; [`bound`] turns it into `?1`.

use crate::refusal::Outcome;
use crate::store::{Actor, Hop, Kind, Owner, Row, Scope, View};

impl Scope {
    fn table(self) -> &'static str {
        match self {
            Self::Candidate => "candidate",
            Self::Application => "application",
            Self::Job => "job",
        }
    }
}

/// The limits of a list for a user.
#[derive(Debug)]
pub(crate) enum Limit {
    Unlimited,
    /// All records but those of which this SQL selects the ids.
    Without(String),
    /// The records for which this SQL condition holds.
    Where(String),
}

/// The visibility of notes and files that are for admins.
pub(super) const ADMIN_ONLY: &str = "admin_only";

/// The jobs that a user manages by a role.
const MANAGED_JOBS: &str = "SELECT job_id FROM job_permission
    JOIN user_role ON user_role.id = job_permission.user_role_id
    WHERE job_permission.user_id = :user AND user_role.type = 'job_admin'";

/// The jobs that a user may not see.
const HIDDEN_JOBS: &str = "SELECT id FROM job WHERE confidential
    AND id NOT IN (SELECT job_id FROM job_permission WHERE user_id = :user)";

/// The applications on jobs that a user may not see.
pub(crate) fn on_hidden_jobs() -> String {
    format!("SELECT application_id FROM application_job WHERE job_id IN ({HIDDEN_JOBS})")
}

/// The candidates of a user: as their recruiter or coordinator, or by a job that the user manages.
fn own_candidates() -> String {
    format!(
        "SELECT id FROM candidate WHERE recruiter_id = :user
         UNION SELECT id FROM candidate WHERE coordinator_id = :user
         UNION SELECT candidate_id FROM application WHERE id IN
             (SELECT application_id FROM application_job WHERE job_id IN ({MANAGED_JOBS}))"
    )
}

/// SQL that holds if the user manages a job that the candidate with this id applied for.
pub(super) fn manages_job_of(candidate_id: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM application AS own CROSS JOIN application_job AS job_of
             WHERE own.candidate_id = {candidate_id} AND job_of.application_id = own.id
             AND job_of.job_id IN ({MANAGED_JOBS}))"
    )
}

/// The candidates that a site admin may not see. The index of those that are private has few of all.
fn hidden_candidates() -> String {
    let own = own_candidates();
    format!("SELECT id FROM candidate WHERE is_private AND id NOT IN ({own})")
}

/// SQL with the id of the user as its first parameter.
pub(crate) fn bound(sql: &str) -> String {
    sql.replace(":user", "?1")
}

impl Actor {
    /// The limits of a list of a kind; `below` says that it is one of few records, which belong to one that was found.
    pub(crate) fn limit(&self, kind: &Kind, below: bool) -> Limit {
        let owners = kind.visibility.owners();
        if owners.is_empty() {
            return Limit::Unlimited;
        }
        let sets = if below { None } else { self.sets(kind) };
        sets.unwrap_or_else(|| Limit::Where(self.condition(kind)))
    }

    /// The limit of a long list, as sets of ids: of a kind whose records have an owner of any scope, and beside it jobs.
    fn sets(&self, kind: &Kind) -> Option<Limit> {
        if self.for_admins(kind).is_some() {
            return None;
        }
        let (first, jobs) = kind.visibility.owners().split_first()?;
        let (hides, ids) = self.set(first.scope());
        let ids = owned(kind.table, first, ids)?;
        let of_jobs = jobs.iter().map(|owner| match owner.scope() {
            Scope::Job => owned(kind.table, owner, HIDDEN_JOBS.to_owned()),
            Scope::Candidate | Scope::Application => None,
        });
        let of_jobs: Vec<String> = of_jobs.collect::<Option<_>>()?;
        Some(if hides {
            let sets: Vec<String> = [ids].into_iter().chain(of_jobs).collect();
            Limit::Without(sets.join(" UNION "))
        } else {
            let hidden = of_jobs.iter().map(|ids| format!(" AND id NOT IN ({ids})"));
            Limit::Where(format!("id IN ({ids}){}", hidden.collect::<String>()))
        })
    }

    /// The records of a scope that the user may not see, or that the user may: whichever are few. Says whether it is the
    /// first.
    fn set(&self, scope: Scope) -> (bool, String) {
        let of = |candidates: &str| {
            format!("SELECT id FROM application WHERE candidate_id IN ({candidates})")
        };
        match scope {
            Scope::Job => (true, HIDDEN_JOBS.to_owned()),
            Scope::Candidate if self.site_admin => (true, hidden_candidates()),
            Scope::Candidate => (false, own_candidates()),
            Scope::Application if self.site_admin => {
                let ids = of(&hidden_candidates());
                (true, format!("{ids} UNION {}", on_hidden_jobs()))
            }
            Scope::Application => {
                let ids = of(&own_candidates());
                (false, format!("{ids} EXCEPT {}", on_hidden_jobs()))
            }
        }
    }

    /// SQL that holds for a row of a kind if the user may see all of its owners, and it is not for others.
    fn condition(&self, kind: &Kind) -> String {
        let table = kind.table;
        let conditions = kind.visibility.owners().iter().map(|owner| match owner {
            Owner::Column(scope, column) => self.may_see(*scope, &format!("{table}.{column}")),
            Owner::Way(scope, hops, column) => {
                self.may_see(*scope, &end_of_way(table, hops, column))
            }
            Owner::Query(scope, sql) => self.may_see(*scope, &format!("({sql})")),
            Owner::Each(scope, sql) => {
                let seen = self.may_see(*scope, "each_owner.id");
                format!("NOT EXISTS (SELECT 1 FROM ({sql}) AS each_owner WHERE NOT {seen})")
            }
        });
        let conditions = conditions.chain(self.for_admins(kind));
        conditions.collect::<Vec<_>>().join(" AND ")
    }

    /// SQL that holds for a row of a kind unless it is for admins and the user is none: an [`Audience`](super::Audience) in
    /// SQL. Site admins are.
    fn for_admins(&self, kind: &Kind) -> Option<String> {
        let candidate = kind.visibility.candidate_of_admins()?;
        let for_admins = format!("{}.state ->> 'visibility' = '{ADMIN_ONLY}'", kind.table);
        let is_admin = manages_job_of(candidate);
        (!self.site_admin).then(|| format!("(NOT coalesce({for_admins}, false) OR {is_admin})"))
    }

    /// SQL that holds if the user may see the record of a scope with this id, or if the id is null.
    fn may_see(&self, scope: Scope, id: &str) -> String {
        match scope {
            Scope::Job => format!("coalesce({id} NOT IN ({HIDDEN_JOBS}), true)"),
            Scope::Candidate => {
                let open = if self.site_admin {
                    "NOT seen.is_private OR"
                } else {
                    ""
                };
                format!(
                    "({id} IS NULL OR EXISTS (SELECT 1 FROM candidate AS seen WHERE seen.id = {id}
                      AND ({open} seen.recruiter_id = :user OR seen.coordinator_id = :user
                           OR {manages})))",
                    manages = manages_job_of("seen.id"),
                )
            }
            Scope::Application => {
                let candidate = self.may_see(Scope::Candidate, "it.candidate_id");
                format!(
                    "({id} IS NULL OR EXISTS (SELECT 1 FROM application AS it WHERE it.id = {id}
                      AND NOT EXISTS (SELECT 1 FROM application_job AS of_it
                                      WHERE of_it.application_id = it.id
                                        AND of_it.job_id IN ({HIDDEN_JOBS}))
                      AND {candidate}))"
                )
            }
        }
    }

    /// SQL that holds if the user `:user` may see the record of a scope that is named by a column, or if none is.
    pub(crate) fn seeing(&self, scope: Scope, column: &str) -> String {
        self.may_see(scope, column)
    }

    /// Whether the user may see a candidate, an application or a job, of which there is one with this id.
    pub(crate) fn sees(&self, view: &View<'_>, scope: Scope, id: i64) -> Outcome<bool> {
        let condition = bound(&self.may_see(scope, "?2"));
        let seen = view.value(&format!("SELECT {condition}"), (self.id, id))?;
        Ok(seen.unwrap_or_default())
    }

    /// A record as it is kept, if there is one that the user may see.
    pub(crate) fn row(&self, view: &View<'_>, kind: &Kind, id: i64) -> Outcome<Option<Row>> {
        if self.sees_record(view, kind, id)? {
            view.row(kind, id)
        } else {
            Ok(None)
        }
    }

    /// Whether there may be a record with this id for the user: false if the user may not see it.
    pub(crate) fn sees_record(&self, view: &View<'_>, kind: &Kind, id: i64) -> Outcome<bool> {
        let owners = kind.visibility.owners();
        if owners.is_empty() {
            return Ok(true);
        }
        view.answered(kind.table, id, Some(self.id), || {
            let sql = self.record_sql(kind);
            Ok(view.value::<i64>(&sql, (self.id, id))?.is_some())
        })
    }

    /// SQL that selects something if the user `?1` may see record `?2`, and there is one.
    fn record_sql(&self, kind: &Kind) -> String {
        let table = kind.table;
        let condition = bound(&self.condition(kind));
        format!("SELECT 1 FROM {table} WHERE {table}.id = ?2 AND {condition}")
    }

    /// Those of some candidates, applications or jobs that the user may not see. The SQL selects their ids as `id`, and
    /// `?2` is the id of the record that names them.
    pub(crate) fn hidden(
        &self,
        view: &View<'_>,
        scope: Scope,
        named: &str,
        by: i64,
    ) -> Outcome<Vec<i64>> {
        let seen = bound(&self.may_see(scope, "named.id"));
        let sql = format!("SELECT named.id FROM ({named}) AS named WHERE NOT {seen}");
        view.column(&sql, (self.id, by))
    }

    /// Those of some records of a kind that the user may see.
    pub(crate) fn seen_of(&self, view: &View<'_>, kind: &Kind, ids: Vec<i64>) -> Outcome<Vec<i64>> {
        let seen = ids.into_iter().map(|id| {
            let is_seen = self.sees_record(view, kind, id)?;
            Ok(is_seen.then_some(id))
        });
        seen.filter_map(Outcome::transpose).collect()
    }

    /// The jobs that the user may not see.
    pub(crate) fn hidden_jobs(&self, view: &View<'_>) -> Outcome<Vec<i64>> {
        view.column(&bound(HIDDEN_JOBS), [self.id])
    }

    /// The applications of a candidate that the user may not see, for the jobs that they are on.
    pub(crate) fn hidden_applications(
        &self,
        view: &View<'_>,
        candidate_id: i64,
    ) -> Outcome<Vec<i64>> {
        view.column(&hidden_applications(), (self.id, candidate_id))
    }

    /// What is asked about single records, time and again: of such SQL, the plans are tested.
    #[cfg(test)]
    pub(crate) fn asked_by_record(&self, kind: &Kind) -> Vec<String> {
        let mut asked = vec![hidden_applications(), super::audience::is_admin()];
        if !kind.visibility.owners().is_empty() {
            asked.push(self.record_sql(kind));
        }
        asked
    }

    /// The records that a long list is limited by, if they are a set.
    #[cfg(test)]
    pub(crate) fn asked_by_list(&self, kind: &Kind) -> Option<String> {
        match self.limit(kind, false) {
            Limit::Without(ids) => Some(bound(&ids)),
            Limit::Unlimited | Limit::Where(_) => None,
        }
    }
}

/// SQL that selects the records of a table that have an owner among these, if columns lead to it.
fn owned(table: &str, owner: &Owner, owners: String) -> Option<String> {
    let (scope, hops, column) = match owner {
        Owner::Column(scope, column) => (*scope, &[] as &[Hop], *column),
        Owner::Way(scope, hops, column) => (*scope, *hops, *column),
        Owner::Query(..) | Owner::Each(..) => return None,
    };
    if table == scope.table() {
        return Some(owners);
    }
    // From the owner back to the table.
    let mut ids = owners;
    let mut column = column;
    for (from, through) in hops.iter().rev() {
        ids = format!("SELECT id FROM {through} WHERE {column} IN ({ids})");
        column = *from;
    }
    Some(format!("SELECT id FROM {table} WHERE {column} IN ({ids})"))
}

/// SQL for the id of the owner of a row of a table, to which columns lead.
fn end_of_way(table: &str, hops: &[Hop], column: &str) -> String {
    let columns = hops.iter().map(|(column, _)| *column).skip(1);
    let columns = columns.chain([column]);
    let mut id = match hops.first() {
        Some((first, _)) => format!("{table}.{first}"),
        None => return format!("{table}.{column}"),
    };
    for (place, ((_, through), column)) in hops.iter().zip(columns).enumerate() {
        let way = format!("way_{place}");
        id = format!("(SELECT {way}.{column} FROM {through} AS {way} WHERE {way}.id = {id})");
    }
    id
}

/// SQL that selects the applications of candidate `?2` on jobs that user `?1` may not see.
fn hidden_applications() -> String {
    let hidden = bound(HIDDEN_JOBS);
    format!(
        "SELECT DISTINCT application_id FROM application CROSS JOIN application_job
         WHERE application.candidate_id = ?2
         AND application_job.application_id = application.id AND job_id IN ({hidden})"
    )
}
