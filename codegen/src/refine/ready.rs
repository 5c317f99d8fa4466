//! Polling: methods of the builder that creates a record, and of the one that reads it, which wait until it is ready.

use std::collections::{BTreeMap, BTreeSet};

use heck::{ToPascalCase, ToShoutySnakeCase};
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Ident, Type};

use super::answer::Answer;
use super::split::BuilderPart;
use super::{Error, docs, parameters, paths};
use crate::lower::{OperationFacts, Ready, When};
use crate::markdown;

/// The part of an operation in polling for records that are not ready when they are created.
pub(super) struct Polling {
    /// For an operation that reads such records: the condition under which they are ready.
    polled: Option<When>,
    /// For an operation that creates them.
    created: Option<CreatedRecord>,
}

/// The reading of a record that an operation creates.
struct CreatedRecord {
    /// The constant of the operation that reads it.
    reader: Ident,
    /// The parameter of it that takes the id.
    parameter: String,
    /// The property of the answer to the creation that holds the id.
    id: Ident,
    /// The type of the answer to reading it.
    record: Type,
    /// The condition under which it is ready.
    when: When,
    /// The property of the answer that names it, if it is a job that carries out rows.
    job: Option<String>,
}

impl Polling {
    pub(super) fn of(
        facts: &OperationFacts,
        builders: &BTreeMap<String, BuilderPart>,
    ) -> Result<Self, Error> {
        let created = facts.ready.as_ref();
        Ok(Self {
            polled: facts.polled.clone(),
            created: created
                .map(|ready| CreatedRecord::of(ready, builders))
                .transpose()?,
        })
    }

    /// The models in the results of polling.
    pub(super) fn uses(&self, names: &BTreeSet<String>) -> BTreeSet<String> {
        let created = self.created.as_ref();
        let created = created.filter(|created| created.job.is_none());
        created.map_or_else(BTreeSet::new, |created| paths::uses(&created.record, names))
    }

    /// The methods of a client whose calls are futures.
    pub(super) fn futures(&self, answer: &Answer, bound: &TokenStream) -> TokenStream {
        self.methods(answer, bound, &AsyncFlavor::of_futures())
    }

    /// The methods of a client whose calls block.
    pub(super) fn blocking(&self, answer: &Answer, bound: &TokenStream) -> TokenStream {
        self.methods(answer, bound, &AsyncFlavor::of_blocking())
    }

    fn methods(&self, answer: &Answer, bound: &TokenStream, flavor: &AsyncFlavor) -> TokenStream {
        let waits = self
            .polled
            .as_ref()
            .map(|when| wait_until_ready(when, answer, bound, flavor));
        let sends = self
            .created
            .as_ref()
            .map(|created| created.send_and_wait(answer, bound, flavor));
        quote!(#waits #sends)
    }
}

/// The parts in which the waiting methods of futures and those that block differ.
struct AsyncFlavor {
    asynchronous: TokenStream,
    await_suffix: TokenStream,
    wait_until_ready: TokenStream,
    poll: TokenStream,
    run_job: TokenStream,
}

impl AsyncFlavor {
    fn of_futures() -> Self {
        Self {
            asynchronous: quote!(async),
            await_suffix: quote!(.await),
            wait_until_ready: quote!(wait_until_ready),
            poll: quote!(poll),
            run_job: quote!(run_job),
        }
    }

    fn of_blocking() -> Self {
        Self {
            asynchronous: TokenStream::new(),
            await_suffix: TokenStream::new(),
            wait_until_ready: quote!(wait_until_ready_blocking),
            poll: quote!(poll_blocking),
            run_job: quote!(run_job_blocking),
        }
    }
}

/// The condition of polling, as the runtime takes it.
fn condition(when: &When) -> TokenStream {
    match when {
        When::Found => quote!(poll),
        When::Property(name, values) => {
            quote!(poll.until_property(#name, &[#(#values),*]))
        }
    }
}

/// The documentation of polling for the condition.
fn meaning(when: &When) -> TokenStream {
    match when {
        When::Found => quote! {
            /// Sends the request until there is something to read: a record that was just created is answered with 404
            /// before it is ready.
            ///
            /// # Errors
            ///
            /// [`Error::is_not_ready`](harvest_runtime::Error::is_not_ready) if that took too long. Anything but 404 ends it
            /// at once.
        },
        When::Property(name, values) => {
            let values: Vec<_> = values.iter().map(|value| markdown::code(value)).collect();
            let words = docs::lines(&format!(
                "Sends the request until {} of what it answers is {}.",
                markdown::code(name),
                values.join(" or ")
            ));
            quote! {
                #words
                ///
                /// # Errors
                ///
                /// [`Error::is_not_ready`](harvest_runtime::Error::is_not_ready) if that took too long. An answer that is an
                /// error ends it at once.
            }
        }
    }
}

fn wait_until_ready(
    when: &When,
    answer: &Answer,
    bound: &TokenStream,
    flavor: &AsyncFlavor,
) -> TokenStream {
    let (condition, meaning) = (condition(when), meaning(when));
    let Answer {
        success, decode, ..
    } = answer;
    let AsyncFlavor {
        asynchronous,
        await_suffix,
        wait_until_ready,
        ..
    } = flavor;
    quote! {
        #meaning
        pub #asynchronous fn wait_until_ready(
            self,
            poll: harvest_runtime::PollOptions,
        ) -> Result<harvest_runtime::Response<#success>, harvest_runtime::Error>
        #bound
        {
            self.request.#wait_until_ready(#decode, #condition) #await_suffix
        }
    }
}

/// The method that starts jobs and reads the results of their rows.
fn run_job(
    reader: &Ident,
    parameter: &str,
    job: &str,
    state: &TokenStream,
    bound: &TokenStream,
    flavor: &AsyncFlavor,
) -> TokenStream {
    let AsyncFlavor {
        asynchronous,
        await_suffix,
        run_job,
        ..
    } = flavor;
    quote! {
        /// Sends the rows as a job, waits until it ends, and reads what became of each row. A body that is larger than a
        /// request may be becomes several jobs, one after the other.
        ///
        /// A job is started once, whatever happens: where it is not known whether it was, the error says how to find out.
        /// Calls that share a limiter wait for each other when as many jobs are active as may be.
        ///
        /// # Errors
        ///
        /// If no job was started, or the outcome is unknown. What went wrong later is in
        /// [`BulkOutcome::error`](harvest_runtime::BulkOutcome::error), and what became of each row in
        /// [`BulkOutcome::rows`](harvest_runtime::BulkOutcome::rows).
        pub #asynchronous fn send_and_wait(
            self,
            poll: harvest_runtime::PollOptions,
        ) -> Result<harvest_runtime::BulkOutcome, harvest_runtime::Error>
        #bound
        {
            let reader = harvest_runtime::JobReader {
                operation: &operations::#reader,
                parameter: #parameter,
                job: #job,
                state: #state,
            };
            self.request.#run_job(reader, poll) #await_suffix
        }
    }
}

impl CreatedRecord {
    fn of(ready: &Ready, builders: &BTreeMap<String, BuilderPart>) -> Result<Self, Error> {
        let reader = ready.operation.to_pascal_case();
        let part = builders
            .get(&reader)
            .ok_or_else(|| Error::Missing(format!("builder {reader}")))?;
        Ok(Self {
            reader: super::name(&ready.operation.to_shouty_snake_case())?,
            parameter: ready.parameter.clone(),
            id: parameters::ident(&ready.id)?,
            record: paths::take_nulls_in(&part.success),
            when: ready.when.clone(),
            job: ready.has_rows.then(|| ready.id.clone()),
        })
    }

    fn send_and_wait(
        &self,
        answer: &Answer,
        bound: &TokenStream,
        flavor: &AsyncFlavor,
    ) -> TokenStream {
        let Self {
            reader,
            parameter,
            id,
            record,
            when,
            job,
        } = self;
        if let (Some(job), When::Property(state, ends)) = (job, when) {
            let state = quote!((#state, &[#(#ends),*]));
            return run_job(reader, parameter, job, &state, bound, flavor);
        }
        let condition = condition(when);
        let AsyncFlavor {
            asynchronous,
            await_suffix,
            poll,
            ..
        } = flavor;
        let success = &answer.success;
        quote! {
            /// Sends the request, and waits until what it creates can be read. The answer, which may hold no more than ids, is
            /// there in any case.
            ///
            /// # Errors
            ///
            /// If it was not created, or the outcome is unknown. What went wrong later is in
            /// [`Created::ready`](harvest_runtime::Created::ready).
            pub #asynchronous fn send_and_wait(
                self,
                poll: harvest_runtime::PollOptions,
            ) -> Result<harvest_runtime::Created<#success, #record>, harvest_runtime::Error>
            #bound
            {
                let target = self.request.poll_target(&operations::#reader, #parameter);
                let answer = self.send() #await_suffix?;
                let id = harvest_runtime::Param::to_param(&answer.#id).into_owned();
                Ok(target.#poll(answer, id, harvest_runtime::decode::json,
                    #condition) #await_suffix)
            }
        }
    }
}
