//! Rules that one resource has, as a closed list. Each face has its own words for them.

/// A rule of the domain that what was sent breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Rule {
    // Applications.
    /// An application that was converted into another does not change.
    Converted,
    /// Only a rejected application has answers to rejection questions.
    NotRejected,
    /// Only the application of a prospect is in a pool.
    NotInPool,
    /// The stage is in another pool than the one that is sent with it.
    OtherPool,
    /// An office that a prospect is considered for needs a department beside it.
    OfficeWithoutDepartment,
    /// The job has no take-home test.
    NoTakeHomeTest,
    /// There is no offer to the candidate.
    NoOffer,
    /// There is no offer letter that is approved and sent.
    NoLetter,
    /// The candidate has no e-mail address.
    NoEmailAddress,
    /// It is a template of one user, where one of the whole organization is needed.
    PersonalTemplate,

    // Candidates and files.
    /// No user has this id or address.
    NoUser,
    /// No user has this: `id`, `email` or `employee id`.
    NoUserWith(&'static str),
    /// It is not one of the things that can be erased.
    NotErasable,
    /// A candidate cannot be merged with itself.
    SameCandidate,
    /// Of a month, number or year is missing, or there is a day beside them: of the `start` or the `end`.
    UnclearMonth(&'static str),
    /// The end is before the start.
    EndsBeforeStart,
    /// The name of a file has more characters than this.
    FilenameTooLong(usize),
    /// Neither the content of a file nor its address was sent.
    NoContent,
    /// It is no address of the web, or has more bytes than this.
    NoWebAddress(usize),
    /// It is not Base64.
    NoBase64,

    // Jobs and openings.
    /// There are not as many names of openings as openings.
    OpeningNames,
    /// There has to be one at least.
    None,
    /// A job can have this many open openings, and has so many.
    TooManyOpen {
        most: usize,
        open: usize,
    },
    /// A reason to close was sent where no open opening is closed.
    ClosesNothing,
    /// An opening that is open, was filled or is in an offer stays.
    OpeningInUse,
    /// A filled opening stays closed.
    OpeningFilled,
    /// The job has no open opening that could be closed.
    NothingToClose,
    /// The user is disabled.
    DisabledUser,
    /// Two users would be responsible for the same candidates: `future`, `active` or `inactive` ones.
    TwoResponsible(&'static str),
    /// A job post that was deleted cannot be published.
    DeletedPost,
    /// A job post can have this many locations.
    TooManyLocations(usize),
    /// The job board takes another form of location.
    LocationForm(LocationForm),

    // Offers and approvals.
    /// The offer of a candidate who was hired does not change.
    HiredOffer,
    /// A version of an offer that another has superseded does not change.
    SupersededOffer,
    /// It is no ISO 8601 date.
    NoDate,
    /// Only a flow for one offer names an offer.
    OfferWithoutFlow,
    /// The offer is on another job.
    OfferOfOtherJob,
    /// A flow that is approved or rejected does not change.
    DecidedFlow,
    /// The approvals were requested already, or there is nothing left to approve.
    NotRequestable(NotRequestable),
    /// More approvals are required than there are approvers.
    TooFewApprovers,
    /// Approvers are active users with access to the job.
    NoAccess,
    /// The group has given its approvals.
    ResolvedGroup,
    /// The user is in the group already.
    AlreadyApprover,

    // Interviews.
    /// The application is not active.
    InactiveApplication,
    /// The interview takes no appointment.
    NoAppointment,
    /// The appointment was not made by the API.
    ForeignInterview,
    /// All scorecards of the interview are in.
    CompleteInterview,
    /// The end is not after the start.
    EndsTooEarly,
    /// It is in the list already.
    ListedTwice,

    // Scorecards.
    /// The answer does not suit the question, which is answered in this way.
    Answer(AnswerForm),
    /// The question takes one option, and one is chosen.
    OneOption,
    /// Neither a rating nor a note was sent.
    NoRating,

    // Values of custom fields.
    /// There is no active field of this type with this id or key.
    NoField(String),
    /// A required field cannot be cleared.
    RequiredField,
    /// The field with this key is required, and has no value.
    MissingField(String),
    /// The value is not of the type of the field.
    Value(ValueForm),

    // What administrators see to.
    /// The definition of a custom field does not allow it.
    Field(FieldRule),
    /// An account, or what it may do.
    User(UserRule),
    /// The place of a department or an office.
    Unit(UnitRule),
    /// A credential of v3.
    Integration(IntegrationRule),
    Webhook(WebhookRule),

    /// The text of the record would be longer than this, in bytes.
    LongRecord(usize),
}

/// Rules of definitions of custom fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FieldRule {
    /// Users have no fields of this type.
    NotOfUsers,
    /// A field of this type needs options.
    NeedsOptions,
    /// A field of this type has no options.
    TakesNoOptions,
    /// This was decided when the field was made.
    Fixed,
    /// A required field stays.
    Required,
    /// Fields of this type of record are not limited to departments and offices.
    Unlimited,
    /// A token is not blank, and has no braces.
    Token,
}

/// Rules of accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UserRule {
    /// Users do not disable themselves.
    Oneself,
    /// An organization keeps a site admin.
    LastSiteAdmin,
    /// Only a site admin can be this.
    NoSiteAdmin,
    /// Permissions on confidential jobs are not given here.
    ConfidentialJob,
    /// It is no e-mail address.
    NoAddress,
}

/// Rules of departments and offices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnitRule {
    /// A unit is not below itself.
    WithinItself,
    /// With those above and below it there would be more levels than this.
    TooDeep(usize),
}

/// Rules of integrations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IntegrationRule {
    /// It has to have a description.
    NoDescription,
    /// The description has more characters than this.
    LongDescription(usize),
    /// The user who consents is not there, or not active.
    NoActiveUser,
    /// A partner is answered at a redirect URI.
    NoRedirectUri,
    /// There are more redirect URIs than this.
    TooManyRedirectUris(usize),
    /// An integration of one's own has none.
    NoPartner,
    /// No browser should be sent there with a code.
    RedirectUri(RedirectUriRule),
}

/// Rules of redirect URIs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RedirectUriRule {
    TooLong,
    Characters,
    Fragment,
    /// HTTP is for this computer.
    Scheme,
    UserName,
    Host,
}

/// Rules of webhooks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WebhookRule {
    NoSecret,
    /// A delivery has from 1 to so many attempts.
    Attempts(i64),
    /// The text has more bytes than this.
    TooLong(usize),
    /// There are as many as this, and no more are kept.
    TooMany(usize),
}

/// The form of location that a job board takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LocationForm {
    Office,
    OwnList,
    Text,
}

/// The reason for which the approvals of a flow cannot be requested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotRequestable {
    Decided,
    Requested,
    NoApprovers,
}

/// The form of answer that a question takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AnswerForm {
    Text,
    Boolean,
    /// The id of one of its options.
    Option,
    Options,
    /// It is a text to read.
    None,
}

/// The form of value that a custom field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ValueForm {
    Text,
    Url,
    Date,
    Boolean,
    Number,
    Option,
    Options,
    User,
    /// A currency code is missing.
    Unit,
    /// Both ends of a range, as numbers.
    Range,
    /// Ends of a range in their order.
    Order,
}
