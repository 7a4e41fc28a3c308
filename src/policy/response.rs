//! What a severity obliges people to do, by when, and who they are.

use crate::span::{Span, Spanned};

use super::Text;
use super::quantity::Quantity;

/// What must be done about an incident of one severity.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// Who is called, and how loudly.
    pub page: Option<Page>,
    /// The time until somebody says that they have seen it.
    pub ack: Option<Target>,
    /// The time until somebody works on it.
    pub engage: Option<Target>,
    /// The time until users no longer feel it.
    pub mitigate: Option<Target>,
    /// The time until it is over.
    pub resolve: Option<Target>,
    /// How often each audience hears, in the order written; one entry an audience.
    pub updates: Vec<Update>,
    /// The time until the public hears for the first time.
    pub first_public_update: Option<Target>,
    /// Which roles are filled.
    pub roles: Roles,
    /// What may be done without asking.
    pub authority: Option<Text>,
    /// What is done, in order.
    pub actions: Vec<Text>,
    /// Pages to read, relative to the policy file's folder or the content folder, as written.
    pub links: Vec<Text>,
    /// What is learnt afterwards.
    pub review: Option<Review>,
    /// Obligations that are only words, in the order written.
    pub text: Vec<Text>,
    /// The whole entry.
    pub span: Span,
}

/// Who is called, and how loudly.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Responders by id, or other words.
    pub who: Vec<Text>,
    /// How loudly, such as `high`.
    pub urgency: Option<Text>,
    /// When: `always`, or the id of a calendar.
    pub hours: Option<Text>,
    /// The whole entry.
    pub span: Span,
}

/// A time by which something has to happen.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// The time.
    pub time: Spanned<Deadline>,
    /// The calendar whose hours count, by id; `None` where the clock never stops.
    pub calendar: Option<Text>,
    /// The whole entry.
    pub span: Span,
}

/// How much time there is.
#[derive(Clone, Debug, PartialEq)]
pub enum Deadline {
    /// This long at most; always a kind of time.
    Within(Quantity),
    /// The policy says that there is no such target.
    Never,
    /// Words that are no time, such as "best effort".
    Words(String),
}

/// How often one audience hears.
#[derive(Clone, Debug, PartialEq)]
pub struct Update {
    /// The audience, such as `public`.
    pub audience: Text,
    /// The time between two updates.
    pub every: Target,
}

/// Which roles are filled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roles {
    /// Always, by id.
    pub required: Vec<Text>,
    /// Where wanted, by id.
    pub on_demand: Vec<Text>,
}

/// What is learnt afterwards.
#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    /// Whether there has to be one.
    pub required: Option<Spanned<bool>>,
    /// By when.
    pub within: Option<Target>,
    /// The whole entry.
    pub span: Span,
}

/// Somebody who is called.
#[derive(Clone, Debug, PartialEq)]
pub struct Responder {
    /// What the policy calls them.
    pub id: Text,
    /// What people call them.
    pub title: Option<Text>,
    /// The command that pages them.
    pub page: Option<Text>,
    /// A telephone number, for when chat is down.
    pub phone: Option<Text>,
    /// Where to see who it is now.
    pub schedule: Option<Text>,
    /// What they do.
    pub duty: Option<Text>,
    /// The whole entry.
    pub span: Span,
}

impl Response {
    /// A response that asks nothing yet.
    pub fn new(span: Span) -> Self {
        Self {
            page: None,
            ack: None,
            engage: None,
            mitigate: None,
            resolve: None,
            updates: Vec::new(),
            first_public_update: None,
            roles: Roles::default(),
            authority: None,
            actions: Vec::new(),
            links: Vec::new(),
            review: None,
            text: Vec::new(),
            span,
        }
    }

    /// The stated times that only run once, with the words for what they end: ack, engage, mitigate,
    /// resolve, first public update.
    pub fn targets(&self) -> impl Iterator<Item = (&'static str, &Target)> {
        let all = [
            ("ack", &self.ack),
            ("engage", &self.engage),
            ("mitigate", &self.mitigate),
            ("resolve", &self.resolve),
            ("first_public_update", &self.first_public_update),
        ];
        all.into_iter()
            .filter_map(|(name, target)| Some((name, target.as_ref()?)))
    }
}

impl Deadline {
    /// The time, where it is one.
    pub fn quantity(&self) -> Option<&Quantity> {
        match self {
            Self::Within(quantity) => Some(quantity),
            Self::Never | Self::Words(_) => None,
        }
    }
}
